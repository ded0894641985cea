import { z } from 'zod';
import { clarificationAnswer, receiptUndo, turnSubmit } from '../../contracts/events.ts';
import { instant, uuid } from '../../contracts/ids.ts';
import type { Outbox, WaitingTurn } from '../client/index.ts';

const PREFIX = 'pulseplan.waiting';
/** What was to happen "tomorrow" must not be said much later than it was written. */
const KEPT_MS = 24 * 60 * 60_000;

const stored = z.object({
  command: z.discriminatedUnion('event', [
    z.object({ event: z.literal('turn.submit'), payload: turnSubmit }),
    z.object({ event: z.literal('clarification.answer'), payload: clarificationAnswer }),
    z.object({ event: z.literal('receipt.undo'), payload: receiptUndo }),
  ]),
  session_id: uuid.nullable(),
  text: z.string(),
  at: instant,
});

/**
 * What one person said and no server has acknowledged, in this browser's own storage: it outlives the tab by a day.
 * Each turn has an entry of its own, so that tabs don't write over each other's.
 */
export class WaitingTurns implements Outbox {
  readonly #prefix: string;

  constructor(person: string) {
    this.#prefix = prefixOf(person);
    // Whoever was here before may not come back to see to it.
    for (const key of keysWith(PREFIX)) if (!read(key)) window.localStorage.removeItem(key);
  }

  waiting(): readonly WaitingTurn[] {
    return keysWith(this.#prefix)
      .flatMap((key) => read(key) ?? [])
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  keep(turn: WaitingTurn): void {
    try {
      window.localStorage.setItem(this.#prefix + turn.command.payload.turn_id, JSON.stringify(turn));
    } catch {
      // A full storage keeps nothing more; the turn is sent from this tab all the same.
    }
  }

  drop(turnId: string): void {
    window.localStorage.removeItem(this.#prefix + turnId);
  }
}

/** Somebody who signs out leaves nothing behind to be sent. */
export function dropWaitingTurns(person: string): void {
  for (const key of keysWith(prefixOf(person))) window.localStorage.removeItem(key);
}

const prefixOf = (person: string): string => `${PREFIX} ${encodeURIComponent(person)} `;
const keysWith = (prefix: string): string[] =>
  Object.keys(window.localStorage).filter((key) => key.startsWith(prefix));

/** A kept turn; null where it is too old or not to be read. */
function read(key: string): WaitingTurn | null {
  try {
    const turn = stored.parse(JSON.parse(window.localStorage.getItem(key) ?? ''));
    return Date.now() - Date.parse(turn.at) < KEPT_MS ? turn : null;
  } catch {
    return null;
  }
}
