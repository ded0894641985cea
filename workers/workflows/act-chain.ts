import type { SessionContext } from '../../contracts/context.ts';
import type { Action } from '../../contracts/intents.ts';
import { newId } from '../../core/ids.ts';
import type { WorkSetting } from './define-workflow.ts';
import { readsWhatIs } from './policy.ts';
import type { Ports } from './ports.ts';
import { spokenOf } from './spoken-of.ts';
import type { ActRun } from './turn-run.ts';

/** Begins an act on what those before it in the same message will have changed. */
export function afterRuns(
  runs: readonly ActRun[],
  setting: WorkSetting,
  action: Action,
  begin: (ports: Ports) => Promise<ActRun[]>,
): Promise<ActRun[]> {
  const before = runs.flatMap((run) => (run.kind === 'done' ? run.outcome.effects : []));
  return before.length > 0 && readsWhatIs(action) ? setting.ports.after(before, begin) : begin(setting.ports);
}

/** What is remembered once the acts before have been carried out: "it" is what the one before was about. */
export function contextAfter(context: SessionContext, runs: readonly ActRun[], now: Date): SessionContext {
  return runs.reduce((known, run) => {
    if (run.kind !== 'done') return known;
    const { item, shown, effects } = run.outcome;
    const spoken = item && effects.length > 0 ? spokenOf(run, item, newId(), now) : known.last_receipt;
    return { ...known, last_receipt: spoken, shown: shown.length > 0 ? shown : known.shown };
  }, context);
}
