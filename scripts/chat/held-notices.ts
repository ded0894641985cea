import type { Notice } from '../../contracts/frames.ts';

/**
 * News for the user. What comes while a turn is told would stand inside of it, so it waits for the end; of news on the
 * quota the latest is enough.
 */
export class HeldNotices {
  readonly #print: (text: string) => void;
  #telling = 0;
  #held: Notice[] = [];

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  add(notice: Notice): void {
    if (notice.kind === 'quota') this.#held = this.#held.filter(({ kind }) => kind !== 'quota');
    this.#held.push(notice);
    this.#flush();
  }

  /** Does something that tells a turn; what came meanwhile is printed after it. */
  async during<T>(telling: () => Promise<T>): Promise<T> {
    this.#telling += 1;
    try {
      return await telling();
    } finally {
      this.#telling -= 1;
      this.#flush();
    }
  }

  #flush(): void {
    if (this.#telling > 0) return;
    for (const { text } of this.#held.splice(0)) this.#print(text);
  }
}
