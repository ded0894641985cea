import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { LanguageModelFailure } from './language-model.ts';

/** A kind of failure is told once in this time, so that an outage does not fill the log. */
const EVERY_MS = 30_000;

/** Tells whoever runs the product of calls that failed: kinds, numbers and fixed sentences only. */
export class FailureLog {
  private readonly kinds = new Map<LanguageModelFailure, { toldAtMs: number; leftOut: number }>();

  constructor(private readonly deps: { log: Logger; clock: Pick<Clock, 'now'> }) {}

  /** One line for each kind in 30 s; `left_out` counts those of the kind that were not told since its last line. */
  note(kind: LanguageModelFailure, fields: Readonly<Record<string, string | number | null>>): void {
    const nowMs = this.deps.clock.now().getTime();
    const known = this.kinds.get(kind);
    if (known && nowMs - known.toldAtMs < EVERY_MS) {
      known.leftOut += 1;
      return;
    }
    this.kinds.set(kind, { toldAtMs: nowMs, leftOut: 0 });
    this.deps.log.warn(
      { kind, ...fields, left_out: known?.leftOut ?? 0 },
      'A call of the language model failed',
    );
  }
}
