import { appendFileSync } from 'node:fs';

export interface FaultNote {
  suite: string;
  name: string;
  outcome: string;
  /** From the death to the end of the last turn. */
  backMs: number;
  tookMs: number;
  /** Processes that died for it, where it is not one. */
  kills?: number;
}

/** One line for the table of `npm run chaos`; without its file nothing is noted. */
export function note(line: FaultNote): void {
  const file = process.env['PULSEPLAN_CHAOS_NOTES'];
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
