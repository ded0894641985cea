import type { TurnBody } from '../../contracts/context.ts';
import type { FrameDraft } from '../../contracts/frames.ts';
import type { Clock } from '../../core/clock.ts';
import { FrameWriter } from '../../sessions/frame-writer.ts';
import { frameHead } from '../../sessions/results.ts';
import { ORDINALS, type PlacedFrame } from '../../sessions/session-store.ts';

/** Pieces of text that come within this time go out as one frame. */
const COALESCE_MS = 40;

/**
 * What a turn says while it still works: text as it is worded, and names of steps. Its end comes after it, by its
 * commit.
 */
export class ReplyStream {
  /** Everything said so far. */
  text = '';
  /** What is on screen already of a text that is said once more. */
  private repeated = '';
  private waiting = '';
  private timer: NodeJS.Timeout | undefined;
  private ordinal = ORDINALS.act;
  private readonly writer: FrameWriter;
  private wasShown = false;
  private shownListeners: { from: number; listener: () => void }[] = [];

  /** @param emit answers false when the attempt is no longer the running one */
  constructor(
    private readonly body: TurnBody,
    private readonly clock: Clock,
    emit: (frames: readonly PlacedFrame[]) => Promise<boolean>,
  ) {
    this.writer = new FrameWriter(async (frames) => {
      const held = await emit(frames);
      const shown = frames.findLast(({ frame }) => frame.type === 'reply.delta');
      if (held && shown) this.markShown(shown.ordinal);
      return held;
    });
  }

  say(piece: string): void {
    this.text += piece;
    const shown = this.repeated.startsWith(piece) ? piece.length : 0;
    this.repeated = this.repeated.slice(shown);
    if (shown > 0) return;
    const rest =
      this.repeated !== '' && piece.startsWith(this.repeated) ? piece.slice(this.repeated.length) : piece;
    this.repeated = '';
    this.waiting += rest;
    this.timer ??= setTimeout(() => this.send(), COALESCE_MS);
  }

  /** The turn is planned anew; what it says again stays where it is. */
  again(): void {
    this.repeated = this.text;
    this.text = '';
  }

  progress(stage: string, label: string): void {
    this.push({ type: 'turn.progress', ...frameHead(this.body, this.clock), stage, label });
  }

  /** Called once, as soon as the user has something of the text from here on, or at once of one that is said again. */
  onShown(listener: () => void): void {
    this.send();
    if (this.wasShown && this.repeated !== '') listener();
    else this.shownListeners.push({ from: this.ordinal, listener });
  }

  /** Everything is written when it resolves. @returns the ordinal for whatever comes next */
  async flush(): Promise<number> {
    this.send();
    await this.writer.flush();
    return this.ordinal;
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting === '') return;
    const text = this.waiting;
    this.waiting = '';
    this.push({ type: 'reply.delta', ...frameHead(this.body, this.clock), text });
  }

  private push(frame: FrameDraft): void {
    this.writer.push({ ordinal: this.ordinal, frame });
    this.ordinal += 1;
  }

  private markShown(ordinal: number): void {
    this.wasShown = true;
    const due = this.shownListeners.filter(({ from }) => from <= ordinal);
    this.shownListeners = this.shownListeners.filter(({ from }) => from > ordinal);
    for (const { listener } of due) listener();
  }
}
