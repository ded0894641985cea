import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { connect, type Db } from '../../db/connect.ts';
import { memoryRecords } from '../../db/memory.ts';
import { encoderModel, LOCAL_MODEL } from '../../models/encoder/encoder-model.ts';
import { Encoder } from '../../models/encoder/encoder.ts';
import { RecallVectors } from '../../models/recall/recall-vectors.ts';
import { Memory, type RecallQuery, type TextVectors } from '../../sessions/memory/memory.ts';
import { closeAfterFile } from '../support/after-file.ts';

export const NOW = new Date('2026-11-18T10:00:00Z');

export interface Said {
  id?: string;
  message: string;
  response?: string;
  at?: Date;
  /** The user wanted to be remembered then. */
  kept?: boolean;
  made?: string;
}

let vectors: Promise<RecallVectors> | undefined;

/** Those of the product, made by one encoder for all that the file does. */
export function realVectors(): Promise<RecallVectors> {
  return (vectors ??= Encoder.start({ model: encoderModel(LOCAL_MODEL, '') }).then((encoder) => {
    closeAfterFile(async () => {
      vectors = undefined;
      await encoder.close();
    });
    return RecallVectors.open(encoder);
  }));
}

/** The memory of conversations over one database, and a hand to write its record. */
export class MemoryRoom {
  readonly failures: string[] = [];
  /** What was logged. */
  readonly lines: string[] = [];
  readonly memory: Memory;
  readonly records: Records;

  private constructor(
    readonly db: Db,
    readonly vectors: TextVectors,
    clock: Clock,
    adapt: (records: Records) => Records,
  ) {
    const log: Logger = pino({ level: 'info' }, { write: (line: string) => void this.lines.push(line) });
    this.records = memoryRecords(db, log, 0);
    this.memory = new Memory({
      records: adapt(this.records),
      vectors,
      settings: { recent: 10, semantic: 3, threshold: 0.35 },
      clock,
      onFailure: (_userId, errorType) => void this.failures.push(errorType),
    });
  }

  /** @param options.adapt puts something between the memory and its records, to find fault with it */
  static async open(
    url: string,
    options: {
      poolMax?: number;
      vectors?: TextVectors;
      clock?: Clock;
      adapt?: (records: Records) => Records;
    } = {},
  ): Promise<MemoryRoom> {
    const db = connect(url, { poolMax: options.poolMax ?? 4, name: 'test' });
    closeAfterFile(() => db.destroy());
    return new MemoryRoom(
      db,
      options.vectors ?? (await realVectors()),
      options.clock ?? new Clock(NOW.getTime() - Date.now()),
      options.adapt ?? ((records) => records),
    );
  }

  /** Stores all that there is. */
  async storeAll(): Promise<void> {
    while (await this.db('conversation_turns').whereNull('embedded_at').first('id'))
      await this.memory.store();
    while ((await this.records.fillIn(100)) > 0);
  }

  /** A user with one conversation. */
  async person(id: string = randomUUID(), sessionId: string = randomUUID()): Promise<Person> {
    await this.db('users').insert({ id }).onConflict('id').ignore();
    await this.db('conversation_sessions').insert({ id: sessionId, user_id: id });
    return new Person(this, id, sessionId);
  }
}

type Records = ReturnType<typeof memoryRecords>;

export class Person {
  private turns = 0;

  constructor(
    private readonly room: MemoryRoom,
    readonly id: string,
    readonly sessionId: string,
  ) {}

  /** Turns that have ended, as the record has them. @returns their ids */
  async said(...turns: Said[]): Promise<string[]> {
    const rows = turns.map(({ id = uuid(), message, response = '', at = NOW, kept = true }) => ({
      user_id: this.id,
      id,
      session_id: this.sessionId,
      turn_index: (this.turns += 1),
      kind: 'text',
      user_message: message,
      response,
      request: '{}',
      body_hash: '',
      timezone: 'UTC',
      received_at: at,
      state: 'completed',
      flags: JSON.stringify({ enable_multi_turn_memory: kept }),
    }));
    await this.room.db.batchInsert('conversation_turns', rows, 500);
    const made = turns.flatMap((turn, at) =>
      turn.made ? [{ action: turn.made, turn_id: rows[at]?.id }] : [],
    );
    if (made.length > 0)
      await this.room
        .db('receipts')
        .insert(made.map((receipt) => ({ ...receipt, id: uuid(), user_id: this.id, summary: 'Made' })));
    return rows.map(({ id }) => id);
  }

  recall(text: string, query: Partial<RecallQuery> = {}): ReturnType<Memory['recall']> {
    return this.room.memory.recall({ userId: this.id, text, isOn: true, recent: 0, ...query });
  }
}
