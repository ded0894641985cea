import { z } from 'zod';
import type { Db } from './connect.ts';
import { removeTurns } from './forget-sessions.ts';

/** Facts of one run and transaction. */
const AT_ONCE = 100;

/** Whether a turn `t` of `:user` told nothing that was forgotten since: what was is not found again. */
export const NOT_FORGOTTEN = `t.id <> all(array(
  select f.turn_id from facts f where f.user_id = :user and f.deleted_at is not null and f.turn_id is not null))`;

const fact = z.object({ id: z.string(), user_id: z.string(), value: z.string() });
type Forgotten = z.infer<typeof fact>;

/**
 * Removes facts that were forgotten before an instant, with all that has their words: the messages that told, changed and
 * forgot them with what was answered, their receipts, and the title of a conversation that is one of these words. An event
 * that a birthday has made stays, with its own receipt.
 *
 * A fact stays while one of its messages is worked on or has an open question.
 *
 * @returns facts that went
 */
export async function removeForgottenFacts(db: Db, before: Date, limit: number): Promise<number> {
  return db.transaction(async (trx) => {
    const found = await trx.raw<{ rows: unknown[] }>(
      `select f.id, f.user_id, f.value from facts f where f.deleted_at < :before and not exists (
          select from conversation_turns t where t.user_id = f.user_id and (t.id = f.turn_id or t.id = any(${TURNS_OF}))
            and (t.state in ('queued', 'running') or exists (
              select from clarifications c where c.session_id = t.session_id and c.turn_id = t.id and c.state = 'open')))
        order by f.deleted_at limit :limit for update of f skip locked`,
      { before, limit: Math.min(limit, AT_ONCE) },
    );
    const facts = found.rows.map((row) => fact.parse(row));
    for (const one of facts) await removeFact(trx, one);
    return facts.length;
  });
}

/** Turns that a fact `f` came from or was changed by. */
const TURNS_OF = `array(
  select r.turn_id from receipt_effects e join receipts r on r.id = e.receipt_id
    where e.user_id = f.user_id and e.kind = 'fact' and e.item_id = f.id and r.turn_id is not null)`;

const effect = z.object({ receipt_id: z.string() });
const turns = z.object({ ids: z.array(z.string()), sessions: z.array(z.string()) });

async function removeFact(trx: Db, { id, user_id: user, value }: Forgotten): Promise<void> {
  const known = await trx.raw<{ rows: unknown[] }>(
    `select coalesce(array_agg(t.id), '{}') as ids, coalesce(array_agg(distinct t.session_id), '{}') as sessions
      from facts f join conversation_turns t on t.user_id = f.user_id and (t.id = f.turn_id or t.id = any(${TURNS_OF}))
      where f.id = :id and f.user_id = :user`,
    { id, user },
  );
  const { ids, sessions } = turns.parse(known.rows[0]);
  await trx.raw(
    `update conversation_sessions set title = null, title_rank = 0
      where user_id = :user and id = any(:sessions) and title_rank < 9 and strpos(lower(title), lower(:value)) > 0`,
    { user, sessions, value },
  );
  await trx('clarifications')
    .where({ state: 'closed' })
    .whereIn('turn_id', ids)
    .whereIn('session_id', sessions)
    .delete();
  await removeTurns(trx, user, `t.id = any(:ids)`, { ids });
  const effects: unknown[] = await trx('receipt_effects')
    .where({ user_id: user, kind: 'fact', item_id: id })
    .delete('receipt_id');
  await trx.raw(
    // One receipt may take back another: which it is goes with either of them.
    `with bare as (
        select r.id from receipts r where r.user_id = :user and r.id = any(:receipts)
          and not exists (select from receipt_effects e where e.receipt_id = r.id)
      ), loose as (
        update receipts r set undoes = case when r.undoes in (select id from bare) then null else r.undoes end,
            undone_by = case when r.undone_by in (select id from bare) then null else r.undone_by end
          where r.user_id = :user and (r.undoes in (select id from bare) or r.undone_by in (select id from bare))
            and r.id not in (select id from bare)
      ) delete from receipts r using bare where r.id = bare.id`,
    { user, receipts: effects.map((row) => effect.parse(row).receipt_id) },
  );
  await trx('facts').where({ id, user_id: user }).delete();
}
