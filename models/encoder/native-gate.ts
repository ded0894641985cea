const FREE = 0;
const INSIDE = 1;
const SHUT = 2;
const WANTED = 3;
/** The two numbers that both threads see. */
const [STATE, LEAVING] = [0, 1];

/**
 * Keeps a thread from being ended while it is inside ONNX Runtime. The binding (1.27) can't report to a thread that is
 * being ended, and aborts the whole process instead: on `terminate` as well as when the process exits.
 *
 *   inside ⇄ free    by the thread, around everything that may call native code; it begins inside, since it has to load
 *   free → shut      by whoever wants to end it; the thread never gets inside again
 *   inside → wanted  by the same, who waits; the thread shuts the gate behind itself
 */
export class NativeGate {
  private readonly seen: Int32Array;

  /** @param memory of the gate at the other side; a new one for the side that starts the thread */
  constructor(readonly memory = startingInside()) {
    this.seen = new Int32Array(memory);
  }

  /** Thread's side. Does not come back when the gate is shut: the thread is about to be ended. */
  enter(): void {
    if (Atomics.compareExchange(this.seen, STATE, FREE, INSIDE) === SHUT)
      Atomics.wait(this.seen, STATE, SHUT);
  }

  /** Thread's side. */
  leave(): void {
    if (Atomics.compareExchange(this.seen, STATE, INSIDE, FREE) === INSIDE) return;
    Atomics.compareExchange(this.seen, STATE, WANTED, SHUT);
    Atomics.notify(this.seen, STATE);
  }

  /** Thread's side: it has been asked to end by itself, and to leave what still waits for it. */
  get mustLeave(): boolean {
    return Atomics.load(this.seen, LEAVING) === 1;
  }

  askToLeave(): void {
    Atomics.store(this.seen, LEAVING, 1);
  }

  /**
   * Whether the thread can be ended now.
   *
   * @param waitMs blocks the caller so long until the thread comes out; only for the end of a process
   */
  shut(waitMs = 0): boolean {
    const isOutside = (): boolean => Atomics.compareExchange(this.seen, STATE, FREE, SHUT) !== INSIDE;
    if (isOutside()) return true;
    if (waitMs > 0 && Atomics.compareExchange(this.seen, STATE, INSIDE, WANTED) === INSIDE)
      Atomics.wait(this.seen, STATE, WANTED, waitMs);
    // As it was, if it has not come out.
    Atomics.compareExchange(this.seen, STATE, WANTED, INSIDE);
    return isOutside();
  }
}

function startingInside(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  new Int32Array(memory)[STATE] = INSIDE;
  return memory;
}
