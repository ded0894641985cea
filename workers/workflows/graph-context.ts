import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';

/**
 * The context of a graph's node, for as long as the node runs without waiting. `interrupt` looks for it there, and is
 * called before anything is awaited; all else is handed to nodes as their configuration.
 *
 * LangGraph's main entry would put an AsyncLocalStorage here, whose promise hooks then tax every promise of the
 * process; its entry `web` leaves the place open (docs/decisions/0007-one-superstep.md).
 */
class SynchronousContext {
  private current: unknown = undefined;

  getStore(): unknown {
    return this.current;
  }

  run<T>(context: unknown, work: () => T): T {
    const outer = this.current;
    this.current = context;
    try {
      return work();
    } finally {
      this.current = outer;
    }
  }

  enterWith(context: unknown): void {
    this.current = context;
  }
}

/** To be called before the first graph runs; the first one that is given holds for the process. */
export function provideGraphContext(): void {
  AsyncLocalStorageProviderSingleton.initializeGlobalInstance(new SynchronousContext());
}
