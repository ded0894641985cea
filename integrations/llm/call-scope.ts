/** Why a scope ended before its work did. */
export type ScopeEnd = 'aborted' | 'timeout';

/** The reason of an abort signal that a scope gave. */
class Ended {
  constructor(readonly why: ScopeEnd) {}
}

/** A signal that ends with its parent or when the time is over, and knows which of the two it was. */
export class CallScope {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly follow = (): void => {
    const reason: unknown = this.parent.reason;
    this.end(reason instanceof Ended ? reason.why : 'aborted');
  };

  constructor(private readonly parent: AbortSignal) {
    if (parent.aborted) this.follow();
    else parent.addEventListener('abort', this.follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** null as long as it goes on. */
  get ended(): ScopeEnd | null {
    const reason: unknown = this.signal.reason;
    return reason instanceof Ended ? reason.why : null;
  }

  /** From here on there is so much time, whatever was allowed before. */
  allow(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end('timeout'), ms);
  }

  /** The work is over: nothing ends it any more, and its parent forgets it. */
  release(): void {
    clearTimeout(this.timer);
    this.parent.removeEventListener('abort', this.follow);
  }

  private end(why: ScopeEnd): void {
    this.release();
    this.controller.abort(new Ended(why));
  }
}
