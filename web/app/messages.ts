import type { EntityKind } from '../../contracts/entities.ts';
import type { UserNews } from '../../contracts/frames.ts';
import { ClientError, type PulseClient } from '../client/index.ts';
import { Store } from './store.ts';

/** A line about what was just done here. */
export interface Message {
  readonly text: string;
  /** The way back, for as long as the thing is as that change left it. */
  readonly undo: {
    readonly receiptId: string;
    readonly kind: EntityKind;
    readonly id: string;
    readonly version: number;
  } | null;
}

const MESSAGE_MS = 8_000;

/** Ids of receipts. */
class TakenBack extends Store<ReadonlySet<string>> {
  add(id: string): void {
    this.set(new Set([...this.get(), id]));
  }
}

/** What the page says about a change that was made on it by hand; one line at a time. */
export class Messages extends Store<Message | null> {
  /** Receipts that were taken back here by hand, not in a conversation. */
  readonly takenBack = new TakenBack(new Set());
  readonly #client: PulseClient;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PulseClient) {
    super(null);
    this.#client = client;
    client.onNews((news) => this.#onNews(news));
  }

  say(text: string, undo: Message['undo'] = null): void {
    clearTimeout(this.#timer);
    this.set({ text, undo });
    this.#timer = setTimeout(() => this.dismiss(), MESSAGE_MS);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.set(null);
  }

  /** @returns whether it was taken back; why not is said */
  async undo(receiptId: string): Promise<boolean> {
    this.dismiss();
    try {
      await this.#client.rest.undoReceipt(receiptId);
      this.takenBack.add(receiptId);
      return true;
    } catch (error) {
      const overtaken = error instanceof ClientError && error.code === 'version_conflict';
      this.say(overtaken ? 'It has been changed or taken back since then.' : describe(error));
      return false;
    }
  }

  #onNews(news: UserNews): void {
    if (news.type !== 'entity.changed') return;
    const undo = this.get()?.undo;
    if (undo?.kind === news.kind && undo.id === news.id && news.version > undo.version) this.dismiss();
  }
}

/** A fault as a sentence for a person. */
export const describe = (error: unknown): string =>
  error instanceof ClientError ? error.message : 'That did not work.';
