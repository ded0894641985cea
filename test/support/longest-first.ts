import { sep } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Folders whose files start processes and wait for clocks, longest first. A clone has no times of a run before, and
 * a long file that begins last would leave the other processes without work.
 */
const LONG = ['faults', 'browser', 'processes', 'services', 'gateway', 'flows', 'metering', 'repairs'];

/** Files of long folders first; within a folder as Vitest has them, by their last times or else by their sizes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((folder) => moduleId.includes(`${sep}test${sep}${folder}${sep}`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
