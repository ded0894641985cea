import type { PlacedFrame } from './session-store.ts';

/**
 * Writes a stream of frames in order, one append at a time: what arrives while one is on its way goes out together with
 * the next. A slow stream is told piece by piece, a fast one costs few trips.
 */
export class FrameWriter {
  private waiting: PlacedFrame[] = [];
  private writing: Promise<void> | null = null;
  private lost = false;
  private fault: unknown = null;

  /** @param append answers false when the attempt is no longer the running one; nothing more is written then */
  constructor(private readonly append: (frames: readonly PlacedFrame[]) => Promise<boolean>) {}

  /** Never waits and never throws; `flush` does. Ordinals must grow. */
  push(frame: PlacedFrame): void {
    if (this.lost) return;
    this.waiting.push(frame);
    this.writing ??= this.write()
      .catch((error: unknown) => {
        this.fault = error;
        this.lost = true;
      })
      .finally(() => {
        this.writing = null;
      });
  }

  /** Resolves when everything pushed so far is written; throws what an append threw. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.fault !== null) throw this.fault;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0 && !this.lost) {
      const batch = this.waiting;
      this.waiting = [];
      this.lost = !(await this.append(batch));
    }
  }
}
