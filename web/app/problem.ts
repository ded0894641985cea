import { describe } from './messages.ts';
import { Store } from './store.ts';

/** Why something could not be read the last time; null once it could. */
export class Problem extends Store<string | null> {
  constructor() {
    super(null);
  }
  is(error: unknown): void {
    this.set(describe(error));
  }
  over(): void {
    if (this.get() !== null) this.set(null);
  }
}
