/** How long to wait before each try in a row, in ms: at once, then longer and longer, never longer than `maxMs`. */
export class BackOff {
  readonly #stepMs: number;
  readonly #maxMs: number;
  #tries = 0;

  constructor(stepMs: number, maxMs: number) {
    this.#stepMs = stepMs;
    this.#maxMs = maxMs;
  }

  /** Tries since the last success. */
  get tries(): number {
    return this.#tries;
  }
  next(): number {
    const delayMs = Math.min(this.#stepMs * this.#tries, this.#maxMs);
    this.#tries += 1;
    return delayMs;
  }
  reset(): void {
    this.#tries = 0;
  }
}
