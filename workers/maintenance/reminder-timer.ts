import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { FiredReminder } from '../../db/reminder-firing.ts';

/** As long as it sleeps at most: what is new meanwhile may be due sooner than what it waits for. */
const SLEEP_MAX_MS = 1_000;
/** Told in one transaction. */
const BATCH = 100;
/** Whoever has told something notes it within this time; what is not noted by then is told again. */
const TELL_AGAIN_MS = 15_000;
/** How often it is looked for what somebody else has left untold. */
const SWEEP_EVERY_MS = 5_000;

/** What the timer needs of the records and of the way to people. */
export interface ReminderTimerDeps {
  nextDue(after: Date): Promise<Date | null>;
  fire(now: Date, batch: { limit: number; tellAt: Date }): Promise<{ fired: FiredReminder[]; more: boolean }>;
  /** In the background; never throws. */
  tell(fired: readonly FiredReminder[]): void;
  /** What was written by somebody who did not come to tell it. */
  tellUntold(now: Date, leaseUntil: Date): Promise<void>;
  clock: Clock;
  log: Logger;
}

/**
 * Fires reminders at their moment. The rows in Postgres are all there is: nothing is kept in a queue or in memory, so
 * that a wiped Redis, a restart or a second process changes nothing. Several may run at once.
 */
export class ReminderTimer {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private closed = false;
  private sweptAt = 0;

  constructor(private readonly deps: ReminderTimerDeps) {}

  /** What was due while nobody looked is told at once. */
  start(): void {
    this.wakeIn(0);
  }

  /** Resolves when the look that runs has ended. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private wakeIn(ms: number): void {
    if (this.closed) return;
    this.timer = setTimeout(() => {
      this.running = this.look().then((sleepMs) => this.wakeIn(sleepMs));
    }, ms);
  }

  /** @returns how long to sleep */
  private async look(): Promise<number> {
    const { clock, log } = this.deps;
    try {
      await this.fireAll();
      await this.sweep();
      const now = clock.now();
      const next = await this.deps.nextDue(now);
      return next ? Math.min(SLEEP_MAX_MS, next.getTime() - clock.now().getTime()) : SLEEP_MAX_MS;
    } catch (error) {
      log.warn({ err: error }, 'Reminders could not be looked at; they are told as soon as they can');
      return SLEEP_MAX_MS;
    }
  }

  private async fireAll(): Promise<void> {
    for (;;) {
      const now = this.deps.clock.now();
      const tellAt = new Date(now.getTime() + TELL_AGAIN_MS);
      const { fired, more } = await this.deps.fire(now, { limit: BATCH, tellAt });
      if (fired.length > 0) this.deps.tell(fired);
      if (!more || this.closed) return;
    }
  }

  private async sweep(): Promise<void> {
    const now = this.deps.clock.now();
    if (now.getTime() - this.sweptAt < SWEEP_EVERY_MS) return;
    this.sweptAt = now.getTime();
    await this.deps.tellUntold(now, new Date(now.getTime() + TELL_AGAIN_MS));
  }
}
