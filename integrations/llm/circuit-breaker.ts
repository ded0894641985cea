import type { Clock } from '../../core/clock.ts';

export type CircuitState = 'closed' | 'open' | 'half_open';

/** Leave to make one call; whoever has it says once how the call ended. Anything said later is ignored. */
export interface CircuitPass {
  succeed(): void;
  fail(): void;
  /** The call says nothing about the provider: it was stopped, or the fault was ours. */
  leave(): void;
}

/**
 * Leaves a provider alone that fails again and again.
 *
 * | state     | a call                          | next                                                       |
 * | --------- | ------------------------------- | ---------------------------------------------------------- |
 * | closed    | passes                          | open after `failures` failed calls without a good one      |
 * | open      | is turned away                  | half_open when the cool-down is over                       |
 * | half_open | passes if it is the only one    | closed when it succeeds, open when it fails, else stays    |
 *
 * A call that began before the state changed has no say any more.
 */
export class CircuitBreaker {
  private failed = 0;
  private openedAtMs: number | null = null;
  private probing = false;
  /** Rises with each change of state, so that old calls are known. */
  private period = 0;

  constructor(
    private readonly options: {
      clock: Pick<Clock, 'now'>;
      /** Failed calls in a row that open it. */
      failures: number;
      coolDownMs: number;
      /** Told when it opens, not with each failed probe, and when it has closed again. Must not throw. */
      onChange?: (state: 'open' | 'closed') => void;
    },
  ) {}

  get state(): CircuitState {
    if (this.openedAtMs === null) return 'closed';
    return this.nowMs() - this.openedAtMs < this.options.coolDownMs ? 'open' : 'half_open';
  }

  /** null when the call may not be made. */
  tryPass(): CircuitPass | null {
    const { state } = this;
    if (state === 'open' || (state === 'half_open' && this.probing)) return null;
    this.probing = state === 'half_open';
    const { period } = this;
    let told = false;
    const tell = (act: () => void) => (): void => {
      if (told || period !== this.period) return;
      told = true;
      this.probing = false;
      act();
    };
    return {
      succeed: tell(() => this.close()),
      fail: tell(() => this.countFailure()),
      leave: tell(() => undefined),
    };
  }

  private close(): void {
    this.failed = 0;
    if (this.openedAtMs === null) return;
    this.openedAtMs = null;
    this.period += 1;
    this.options.onChange?.('closed');
  }

  private countFailure(): void {
    this.failed += 1;
    const wasClosed = this.openedAtMs === null;
    if (wasClosed && this.failed < this.options.failures) return;
    this.openedAtMs = this.nowMs();
    this.period += 1;
    if (wasClosed) this.options.onChange?.('open');
  }

  private nowMs(): number {
    return this.options.clock.now().getTime();
  }
}
