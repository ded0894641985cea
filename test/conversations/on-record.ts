import { expect } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { call, type Answer } from '../support/wire.ts';
import type { Talk } from './talk.ts';
import { person } from './with-rest.ts';

/** Somebody who talks and writes without words, and what the record then has of them. */
export class OnRecord {
  private constructor(
    private readonly url: string,
    private readonly db: Db,
    readonly me: Talk,
    readonly id: string,
    readonly token: string,
  ) {}

  /** A new person in a new conversation. */
  static async new(url: string, db: Db): Promise<OnRecord> {
    const { me, userId, token } = await person(url);
    return new OnRecord(url, db, me, userId, token);
  }

  api(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(this.url, method, `/api/v1${path}`, { token: this.token, ...(body ? { body } : {}) });
  }

  /** What is there, by its titles. */
  async there(table: 'tasks' | 'events' | 'reminders'): Promise<string[]> {
    const rows = await this.db(table).where({ user_id: this.id }).whereNull('deleted_at').orderBy('title');
    return rows.map(({ title }: { title: string }) => title);
  }

  /** How many changes the record has. */
  async receipts(): Promise<number> {
    const [row] = await this.db('receipts').where({ user_id: this.id }).count<{ count: string }[]>();
    return Number(row?.count);
  }

  /** Nothing half done: each row is what its receipts made of it, and each turn has come to its end. */
  async isWhole(): Promise<void> {
    for (const [table, kind] of [
      ['tasks', 'task'],
      ['events', 'event'],
      ['reminders', 'reminder'],
      ['drafts', 'draft'],
      ['contacts', 'contact'],
      ['facts', 'fact'],
    ] as const) {
      const { rows } = await this.db.raw<{ rows: unknown[] }>(
        `select r.id, r.version, count(e.*) as effects from ${table} r
           left join receipt_effects e on e.item_id = r.id and e.kind = ?
          where r.user_id = ? group by r.id, r.version having count(e.*) <> r.version`,
        [kind, this.id],
      );
      expect(rows, `${table} that their receipts do not tell of`).toEqual([]);
    }
    const backwards = await this.db('events').where({ user_id: this.id }).whereRaw('end_at < start_at');
    expect(backwards, 'events that end before they begin').toEqual([]);
    const open = await this.db('conversation_turns')
      .join('conversation_sessions as s', 's.id', 'conversation_turns.session_id')
      .where('s.user_id', this.id)
      .whereNotIn('conversation_turns.state', ['completed', 'cancelled'])
      .select('conversation_turns.state');
    expect(open, 'turns that failed or never ended').toEqual([]);
  }
}
