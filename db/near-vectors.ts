import { z } from 'zod';
import type { MemoryFilter } from '../contracts/memory.ts';
import type { Logger } from '../core/logger.ts';
import type { Db } from './connect.ts';
import { bindings, COLUMNS, NO_SEARCH, toFound, type FoundTurn } from './found-turns.ts';
import { sqlState } from './sql-state.ts';

/** While the database has no vectors it is looked again after this time. */
const LOOK_AGAIN_MS = 60_000;
/** What a database answers in which the extension, or something of it, is missing, damaged or too slow. */
const IS_GONE = /^(0A|22|42|57014|58|XX)/;

const decidedRow = z.object({ decided: z.boolean(), id: z.string().nullable() });

/**
 * The vectors that pgvector reads, where the database has it (see `vector-extension.ts`). It may come and go while this
 * process runs: what can't be answered here is left to the bits, and looked for again later.
 */
export class NearVectors {
  private isThere: boolean | undefined;
  /** By a clock that nobody sets. */
  private lookAt = 0;

  constructor(
    private readonly db: Db,
    private readonly log: Pick<Logger, 'info' | 'warn'>,
    private readonly lookAgainMs = LOOK_AGAIN_MS,
  ) {}

  /** Turns whose vectors are nearest; null where the database can't say. */
  async turns(
    userId: string,
    query: { model: string; vector: Int8Array },
    filter: MemoryFilter,
    limit: number,
  ): Promise<FoundTurn[] | null> {
    const { buffer, byteOffset, byteLength } = query.vector;
    return this.withVectors(null, async () => {
      const answer = await this.db.raw<{ rows: unknown[] }>(
        `select near.turns is not null as decided, ${COLUMNS}
          from nearest_turns(:user, :model, :vector, :limit, :from, :to, :made) as near(turns)
          left join conversation_turns t on t.user_id = :user and t.id = any(near.turns) and t.embedding_model = :model
            and ${NO_SEARCH}`,
        {
          ...bindings(filter),
          user: userId,
          model: query.model,
          vector: Buffer.from(buffer, byteOffset, byteLength),
          limit,
        },
      );
      const rows = answer.rows.map((row) => ({ row, ...decidedRow.parse(row) }));
      if (rows.some(({ decided }) => !decided)) return null;
      return rows.filter(({ id }) => id !== null).map(({ row }) => toFound(row));
    });
  }

  /**
   * Fills in what was stored without them, or before the database had them.
   *
   * @returns rows that were filled
   */
  async fillIn(limit: number): Promise<number> {
    return this.withVectors(0, async () => {
      const answer = await this.db.raw<{ rows: unknown[] }>(
        `with gaps as (
          select v.user_id, v.turn_id, v.model, v.side from turn_vectors v
            where v.embedding is null limit :limit for update skip locked
        ), found as (
          select g.*, case g.side when 'message' then t.user_message_embedding else t.response_embedding end as bytes
            from gaps g left join conversation_turns t
              on t.user_id = g.user_id and t.id = g.turn_id and t.embedding_model = g.model
        ), useless as (
          -- Nothing to compare exactly stands behind it.
          delete from turn_vectors v using found f where coalesce(length(f.bytes), 0) not between 1 and 16000
            and (v.user_id, v.turn_id, v.model, v.side) = (f.user_id, f.turn_id, f.model, f.side)
        ), filled as (
          update turn_vectors v set embedding = halves_of(f.bytes) from found f where length(f.bytes) between 1 and 16000
            and (v.user_id, v.turn_id, v.model, v.side) = (f.user_id, f.turn_id, f.model, f.side)
        )
        select count(*) as rows from gaps`,
        { limit },
      );
      return countRow.parse(answer.rows[0]).rows;
    });
  }

  private async withVectors<T>(otherwise: T, ask: () => Promise<T>): Promise<T> {
    if (this.isThere !== true && performance.now() < this.lookAt) return otherwise;
    if (this.isThere !== true && !(await this.look())) {
      this.note(false);
      return otherwise;
    }
    try {
      const answer = await ask();
      this.note(true);
      return answer;
    } catch (error) {
      const code = sqlState(error);
      if (code === undefined || !IS_GONE.test(code)) throw error;
      this.note(false, code);
      return otherwise;
    }
  }

  private async look(): Promise<boolean> {
    const answer = await this.db.raw<{ rows: unknown[] }>(
      `select to_regproc('nearest_turns') is not null and exists (
        select from pg_attribute where attrelid = 'turn_vectors'::regclass and attname = 'embedding' and not attisdropped
      ) as there`,
    );
    return thereRow.parse(answer.rows[0]).there;
  }

  /** Said when it changes, and not again at every look. */
  private note(isThere: boolean, code?: string): void {
    if (!isThere) this.lookAt = performance.now() + this.lookAgainMs;
    if (isThere === this.isThere) return;
    if (isThere) this.log.info('Earlier turns are looked for by pgvector');
    else if (this.isThere === undefined && code === undefined)
      this.log.info('Earlier turns are looked for by their bits: the database has no pgvector');
    else this.log.warn({ code }, 'pgvector does not answer: earlier turns are looked for by their bits');
    this.isThere = isThere;
  }
}

const countRow = z.object({ rows: z.number() });
const thereRow = z.object({ there: z.boolean() });
