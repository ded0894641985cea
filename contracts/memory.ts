import { z } from 'zod';
import { instant, uuid } from './ids.ts';
import type { Action } from './intents.ts';
import type { Slots } from './slots.ts';

/** What an earlier turn made and that still stands, as it was asked for. */
export interface RememberedAct {
  action: Action;
  slots: Slots;
  /** What was made by it. */
  item: { kind: string; id: string } | null;
}

/** An earlier turn of the same user, of any of their conversations. */
export interface RememberedTurn {
  turnId: string;
  sessionId: string;
  /** When it was said. */
  at: Date;
  message: string;
  response: string;
  acts: RememberedAct[];
}

/** Which earlier turns come into question; what is not given does not narrow. */
export interface MemoryFilter {
  /** Instants; `to` is exclusive. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** One of these made something that has not been taken back. */
  made?: readonly Action[] | undefined;
}

/** Why the semantic part of a recall is missing. */
export type RecallFallback = 'off' | 'encoder_down';

/** Some earlier turns for one that is to be answered, the best first, each once. */
export interface Recollection {
  turns: (RememberedTurn & {
    /** −1 to 1: how alike it is to what was asked; null where it came by its words or its time. */
    similarity: number | null;
  })[];
  metadata: {
    /** Turns of each origin. */
    recent: number;
    semantic: number;
    /** Found by its words, where the encoder could not be asked. */
    lexical: number;
    threshold: number;
    /** The encoder's name; null where it was not asked. */
    model: string | null;
    fallback: RecallFallback | null;
  };
}

/** An earlier turn as a workflow gets it, for what it may say of it or look up in it. */
export const recalledTurn = z.object({
  turn_id: uuid,
  session_id: uuid,
  at: instant,
  /** What was said, as much of it as is to be shown. */
  message: z.string(),
  /** What was made by it. */
  items: z.array(z.object({ kind: z.string(), id: uuid })),
  similarity: z.number().nullable(),
});
export type RecalledTurn = z.infer<typeof recalledTurn>;
