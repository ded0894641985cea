/**
 * The server's time. Tests that move the whole clock pass an offset; production refuses one (see config). Words such
 * as "tomorrow" are read against a turn's own reference, never against this clock directly.
 */
export class Clock {
  constructor(private readonly offsetMs = 0) {}

  /** The instant by the machine's clock, moved by the offset. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }
}
