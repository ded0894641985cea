import type {
  MemoryFilter,
  RecallFallback,
  Recollection,
  RememberedAct,
  RememberedTurn,
} from '../../contracts/memory.ts';
import type { Clock } from '../../core/clock.ts';
import { contentWords, sharedWords } from './shared-words.ts';
import {
  bytesOf,
  cosine,
  meanVector,
  signBits,
  storedVector,
  vectorFrom,
  type StoredVector,
} from './vectors.ts';

/** What turns texts into vectors. */
export interface TextVectors {
  /** Vectors of two models are never compared. */
  readonly model: string;
  readonly dimension: number;
  /**
   * @throws an error named `EmptyText` when nothing is left of it, and `EncoderUnavailable` when no vector can be had now
   */
  vectorOf(text: string): Promise<Float32Array>;
}

interface Unencoded {
  userId: string;
  turnId: string;
  sessionId: string;
  message: string;
  response: string;
  isKept: boolean;
}
type Side = { bytes: Buffer; bits: string } | null;
interface Found extends Omit<RememberedTurn, 'acts'> {
  /** The model of its vectors; null for a turn that has none, or none yet. */
  model: string | null;
  messageVector: Uint8Array | null;
  responseVector: Uint8Array | null;
}
interface ModelName {
  name: string;
  dimension: number;
}

/** The record of turns, as far as it is remembered; all of it belongs to one user at a time. */
export interface MemoryRecords {
  unencoded(limit: number): Promise<Unencoded[]>;
  keep(
    model: ModelName,
    turns: readonly { userId: string; turnId: string; message: Side; response: Side }[],
    at: Date,
  ): Promise<void>;
  lastVectors(sessionId: string, model: string, limit: number): Promise<Uint8Array[]>;
  keepSession(sessionId: string, model: ModelName, bytes: Buffer): Promise<void>;
  /** What the latest conversations were about, of one model. */
  sessionVectors(
    userId: string,
    model: string,
    limit: number,
  ): Promise<{ sessionId: string; vector: Uint8Array }[]>;
  recent(userId: string, filter: MemoryFilter, limit: number): Promise<Found[]>;
  /** Brings what was stored into an index that the database may have; the rows that it took, 0 when there are none left. */
  fillIn(limit: number): Promise<number>;
  /** The nearest by whatever the records can tell, to be compared exactly. */
  alike(
    userId: string,
    query: { model: string; bits: string; vector: StoredVector },
    filter: MemoryFilter,
    limit: number,
  ): Promise<Found[]>;
  /** What some turns made that still stands, by their ids. */
  actsOf(userId: string, turnIds: readonly string[]): Promise<ReadonlyMap<string, RememberedAct[]>>;
  withWords(userId: string, terms: readonly string[], filter: MemoryFilter, limit: number): Promise<Found[]>;
}

interface MemorySettings {
  /** Turns that came last. */
  recent: number;
  /** Turns that are like what is asked, however old. */
  semantic: number;
  /** The least likeness of those, −1 to 1; measured for the model, see \`docs/memory.md\`. */
  threshold: number;
}

interface MemoryDeps {
  records: MemoryRecords;
  vectors: TextVectors;
  settings: MemorySettings;
  clock: Clock;
  /** Told of a text that got no vector, by the kind of its error. */
  onFailure(userId: string, errorType: string): void;
}

export interface RecallQuery extends MemoryFilter {
  userId: string;
  /** What the turns are to be like; without it only the recent ones are given. */
  text?: string | undefined;
  /** Whether the user wants to be remembered. */
  isOn: boolean;
  /** Instead of the setting. */
  recent?: number;
  semantic?: number;
  /** A turn that is no memory: the one that asks. */
  except?: string | undefined;
}

/** Turns that are encoded before anybody else has a go. */
const BATCH = 32;
/** One run of the job ends after this time; the next goes on. */
const RUN_MS = 15_000;
/** Turns of which a session's vector is the mean. */
const SESSION_TURNS = 5;
/**
 * Turns that are compared exactly. With fewer than these every turn is. Of the texts that recall is measured with, those
 * whose signs are nearest hold the best three for every query (test/models/recall).
 */
export const COMPARED = 64;
/** Of the last turns so many may have been said too recently to have vectors; they get theirs while somebody waits. */
const UNSTORED = 3;
/** An answer says much that is no subject ("Added …"): it has to be this much nearer. */
const RESPONSE_WEIGHT = 0.95;
/** Of a long text some are enough to find it by. */
const TERMS_MAX = 12;
/** Conversations whose last turns are compared. */
const SESSIONS_COMPARED = 500;
/** Nobody reads what is shown in a list for something else but its likeness, so it has to be this much nearer. */
const LISTED_MORE = 0.15;
const PROBE = 'hello';
const WORDS_WEIGHT = 0.2;

/**
 * What was said, kept so that it is found again by its meaning. Turns are stored behind the reply, by a job that looks for
 * those without vectors: one that was lost to a crash is found by the next run.
 */
export class Memory {
  constructor(private readonly deps: MemoryDeps) {}

  /**
   * Encodes what has no vectors yet, one text at a time so that a turn that is understood meanwhile never waits for more
   * than one.
   *
   * @returns turns that were stored
   */
  async store(): Promise<number> {
    const until = performance.now() + RUN_MS;
    let stored = 0;
    while (performance.now() < until) {
      const turns = await this.deps.records.unencoded(BATCH);
      if (turns.length === 0) break;
      const done = await this.storeBatch(turns);
      stored += done;
      // The encoder is down: all that is left waits for the next run.
      if (done < turns.length) break;
    }
    while (performance.now() < until && (await this.deps.records.fillIn(BATCH)) > 0);
    return stored;
  }

  private async storeBatch(turns: readonly Unencoded[]): Promise<number> {
    const { records, vectors, clock } = this.deps;
    const kept: Parameters<MemoryRecords['keep']>[1][number][] = [];
    for (const { userId, turnId, message, response, isKept } of turns) {
      const sides = isKept ? [await this.encoded(userId, message), await this.encoded(userId, response)] : [];
      if (sides.includes('down')) break;
      const [said = null, answered = null] = sides.map((side) => (side === 'down' ? null : side));
      kept.push({ userId, turnId, message: said && sideOf(said), response: answered && sideOf(answered) });
    }
    // Known once something was encoded.
    const model = { name: vectors.model, dimension: vectors.dimension };
    await records.keep(model, kept, clock.now());
    const touched = turns.slice(0, kept.length).filter((_, at) => kept[at]?.message);
    for (const sessionId of new Set(touched.map((turn) => turn.sessionId))) {
      const last = (await records.lastVectors(sessionId, model.name, SESSION_TURNS)).map(vectorFrom);
      if (last.length > 0) await records.keepSession(sessionId, model, bytesOf(meanVector(last)));
    }
    return kept.length;
  }

  /** Null for a text that has no vector, whatever is tried. */
  private async encoded(
    userId: string,
    text: string,
    isAgain = false,
  ): Promise<StoredVector | 'down' | null> {
    if (text.trim() === '') return null;
    try {
      return storedVector([await this.deps.vectors.vectorOf(text)]);
    } catch (error) {
      if (isNamed(error, 'EmptyText')) return null;
      const isDown = await this.isDown();
      // It may have failed over this text by chance and be back by now.
      if (!isDown && !isAgain) return this.encoded(userId, text, true);
      this.deps.onFailure(userId, error instanceof Error ? error.name : typeof error);
      // A text that the encoder can't bear must not keep the others waiting for ever.
      return isDown ? 'down' : null;
    }
  }

  private async isDown(): Promise<boolean> {
    try {
      await this.deps.vectors.vectorOf(PROBE);
      return false;
    } catch {
      return true;
    }
  }

  /** The vector of a text, to be compared later; null where there is none or the encoder is down. */
  async vectorOf(text: string): Promise<StoredVector | null> {
    try {
      return text.trim() === '' ? null : storedVector([await this.deps.vectors.vectorOf(text)]);
    } catch {
      return null;
    }
  }

  /**
   * Earlier turns: those that came last, those that are like a text, each once, the likest first. Where the encoder is
   * down, those that have words of the text stand in for the second; the metadata says so.
   */
  async recall(query: RecallQuery): Promise<Recollection> {
    const { records, settings, vectors } = this.deps;
    const { userId, text, isOn, except, from, to, made } = query;
    const limits = { recent: query.recent ?? settings.recent, semantic: query.semantic ?? settings.semantic };
    const found = { recent: 0, semantic: 0, lexical: 0 };
    const answer = (
      turns: Recollection['turns'],
      model: string | null,
      fallback: RecallFallback | null,
    ): Recollection => ({
      turns,
      metadata: { ...found, threshold: settings.threshold, model, fallback },
    });
    if (!isOn) return answer([], null, 'off');

    const filter = { from, to, made };
    // All that the last turns need is done while the text is encoded and looked for.
    const isAsked = text !== undefined && limits.semantic > 0;
    const [lately, { vector, alike, worded }] = await Promise.all([
      this.lately(userId, filter, limits.recent, isAsked),
      this.like(userId, text, filter, limits.semantic),
    ]);
    const asked = vector && text !== undefined ? sought(text, vector) : null;
    const isDown = text !== undefined && text.trim() !== '' && limits.semantic > 0 && vector === null;
    const near = alike
      .map((turn) => ({ turn, similarity: asked ? likenessTo(asked, turn) : 0 }))
      .filter(({ turn, similarity }) => turn.turnId !== except && similarity >= settings.threshold)
      .toSorted((a, b) => b.similarity - a.similarity || b.turn.at.getTime() - a.turn.at.getTime())
      .slice(0, limits.semantic);
    const byWords = worded.filter(({ turnId }) => turnId !== except).slice(0, limits.semantic);
    const known = new Set([...near.map(({ turn }) => turn), ...byWords].map(({ turnId }) => turnId));
    const others = lately.turns
      .filter(({ turnId }) => turnId !== except && !known.has(turnId))
      .slice(0, limits.recent);
    found.semantic = near.length;
    found.lexical = byWords.length;
    found.recent = others.length;
    const chosen = [
      ...near.map(({ turn, similarity }) => ({ ...plain(turn), similarity })),
      ...byWords.map((turn) => ({ ...plain(turn), similarity: null })),
      ...others.map((turn) => ({
        ...plain(turn),
        similarity: asked && this.likenessLately(asked, turn, lately.vectors.get(turn.turnId)),
      })),
    ];
    const further = chosen.map(({ turnId }) => turnId).filter((id) => !lately.ids.has(id));
    const acts = new Map([
      ...lately.acts,
      ...(further.length > 0 ? await records.actsOf(userId, further) : []),
    ]);
    return answer(
      chosen.map((turn) => ({ ...turn, acts: acts.get(turn.turnId) ?? [] })),
      vector ? vectors.model : null,
      isDown ? 'encoder_down' : null,
    );
  }

  /**
   * Conversations that are about something like a text, the likest first, each with the turn that is likest; null where only
   * the whole of what was said there last is. None where the encoder is down, or the user does not want to be remembered.
   */
  async conversationsLike(query: {
    userId: string;
    text: string;
    isOn: boolean;
    limit: number;
  }): Promise<{ sessionId: string; turnId: string | null }[]> {
    const { records, settings, vectors } = this.deps;
    const { userId, text, isOn, limit } = query;
    const vector = isOn ? await this.vectorOf(text) : null;
    if (!vector) return [];
    const [turns, sessions] = await Promise.all([
      records.alike(userId, { model: vectors.model, bits: signBits(vector), vector }, {}, COMPARED),
      records.sessionVectors(userId, vectors.model, SESSIONS_COMPARED),
    ]);
    const asked = sought(text, vector);
    const best = new Map<string, { turnId: string | null; similarity: number }>();
    const take = (sessionId: string, turnId: string | null, similarity: number): void => {
      if (
        similarity >= settings.threshold + LISTED_MORE &&
        similarity > (best.get(sessionId)?.similarity ?? -1)
      )
        best.set(sessionId, { turnId: turnId ?? best.get(sessionId)?.turnId ?? null, similarity });
    };
    for (const turn of turns) take(turn.sessionId, turn.turnId, likenessTo(asked, turn));
    for (const one of sessions) take(one.sessionId, null, cosine(vector, vectorFrom(one.vector)));
    return [...best]
      .toSorted(([, a], [, b]) => b.similarity - a.similarity)
      .slice(0, limit)
      .map(([sessionId, { turnId }]) => ({ sessionId, turnId }));
  }

  /** The turns that came last, with what they made, and vectors for those that were said too recently to have any. */
  private async lately(
    userId: string,
    filter: MemoryFilter,
    limit: number,
    isAsked: boolean,
  ): Promise<{
    turns: Found[];
    ids: ReadonlySet<string>;
    acts: ReadonlyMap<string, RememberedAct[]>;
    vectors: ReadonlyMap<string, StoredVector | null>;
  }> {
    const { records } = this.deps;
    const turns = limit > 0 ? await records.recent(userId, filter, limit + 1) : [];
    const ids = turns.map(({ turnId }) => turnId);
    const unstored = isAsked ? turns.filter(({ model }) => model === null).slice(0, UNSTORED) : [];
    const [acts, vectors] = await Promise.all([
      turns.length > 0 ? records.actsOf(userId, ids) : new Map<string, RememberedAct[]>(),
      Promise.all(unstored.map(async (turn) => [turn.turnId, await this.vectorOf(turn.message)] as const)),
    ]);
    return { turns, ids: new Set(ids), acts, vectors: new Map(vectors) };
  }

  /** How near a turn is; null for one that can't be compared: its vectors are another model's, or it has none. */
  private likenessLately(asked: Sought, turn: Found, vector: StoredVector | null | undefined): number | null {
    if (turn.model === this.deps.vectors.model) return likenessTo(asked, turn);
    return vector ? likeness(asked, turn.message, vector) : null;
  }

  /** Turns that come into question for a text: by its vector, or where there is none by its words. */
  private async like(
    userId: string,
    text: string | undefined,
    filter: MemoryFilter,
    limit: number,
  ): Promise<{ vector: StoredVector | null; alike: Found[]; worded: Found[] }> {
    const { records, vectors } = this.deps;
    if (text === undefined || limit === 0) return { vector: null, alike: [], worded: [] };
    const vector = await this.vectorOf(text);
    if (!vector) {
      const terms = contentWords(text).slice(0, TERMS_MAX);
      return { vector, alike: [], worded: await records.withWords(userId, terms, filter, limit + 1) };
    }
    const query = { model: vectors.model, bits: signBits(vector), vector };
    return { vector, alike: await records.alike(userId, query, filter, COMPARED), worded: [] };
  }
}

/** A text that is looked for: its vector, and the words that it is about. */
interface Sought {
  vector: StoredVector;
  words: readonly string[];
}

/**
 * How near an earlier text is to one that is looked for: the cosine of their vectors, and for the words that they share.
 * The weight was found on other pairs than those it is measured with.
 */
export const likeness = ({ vector, words }: Sought, text: string, other: StoredVector): number =>
  cosine(vector, other) + WORDS_WEIGHT * sharedWords(words, text);

/** A text as it is looked for. */
export const sought = (text: string, vector: StoredVector): Sought => ({ vector, words: contentWords(text) });

/** @param found a turn with vectors of the same model */
function likenessTo(query: Sought, { message, response, messageVector, responseVector }: Found): number {
  const said = messageVector ? likeness(query, message, vectorFrom(messageVector)) : -1;
  const answered = responseVector ? likeness(query, response, vectorFrom(responseVector)) : -1;
  return Math.max(said, answered * RESPONSE_WEIGHT);
}

const sideOf = (vector: StoredVector): Side => ({ bytes: bytesOf(vector), bits: signBits(vector) });

const plain = ({
  model: _model,
  messageVector: _message,
  responseVector: _response,
  ...turn
}: Found): Omit<RememberedTurn, 'acts'> => turn;

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;
