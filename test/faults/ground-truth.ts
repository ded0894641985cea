import { expect } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import type { Product } from '../support/product.ts';
import type { Recorder } from '../support/recorder.ts';

export function openTruth(product: Product): Db {
  return connect(product.database.ownerUrl, { poolMax: 2, name: 'truth' });
}

/**
 * What must hold whatever died: every acknowledged turn has exactly one end and exactly one set of effects, in order.
 *
 * @param titles the tasks that the turns asked for, in order
 */
export async function expectWhole(
  db: Db,
  recorder: Recorder,
  turnIds: readonly string[],
  titles: readonly string[],
): Promise<void> {
  const sessionId = recorder.sessionId ?? '';
  const turns = await db('conversation_turns')
    .where({ session_id: sessionId })
    .orderBy('turn_index')
    .select<{ id: string; state: string; turn_index: number }[]>('id', 'state', 'turn_index');
  expect(turns.map((turn) => turn.id)).toEqual([...turnIds]);
  expect(turns.map((turn) => turn.state)).toEqual(turnIds.map(() => 'completed'));

  const results = await db('turn_results')
    .where({ session_id: sessionId })
    .orderBy('finished_at')
    .orderBy('turn_index')
    .select<{ turn_id: string }[]>('turn_id');
  expect(results.map((result) => result.turn_id)).toEqual([...turnIds]);

  const receipts = await db('receipts')
    .where({ session_id: sessionId })
    .select<{ turn_id: string }[]>('turn_id');
  expect(receipts.map((receipt) => receipt.turn_id).toSorted()).toEqual(turnIds.toSorted());
  const made = await db('receipt_effects as e')
    .join('receipts as r', 'r.id', 'e.receipt_id')
    .join('conversation_turns as t', (on) => on.on('t.user_id', 'r.user_id').andOn('t.id', 'r.turn_id'))
    .where({ 'r.session_id': sessionId })
    .orderBy('t.turn_index')
    .select<{ title: string }[]>(db.raw(`e.after->>'title' as title`));
  expect(made.map((effect) => effect.title)).toEqual([...titles]);
  const stored = await db('tasks').whereIn(
    'id',
    db('receipt_effects as e')
      .join('receipts as r', 'r.id', 'e.receipt_id')
      .where({ 'r.session_id': sessionId })
      .select('e.item_id'),
  );
  expect(stored).toHaveLength(titles.length);

  // News come from whoever publishes, which after a death is the sweeper.
  await eventually('every task was told', async () => (await untold(db, recorder)).length === 0).catch(
    async () => expect(await untold(db, recorder), 'tasks of which the user was not told').toEqual([]),
  );

  expect(recorder.faults).toEqual([]);
  for (const id of turnIds) expect(recorder.has(id)).toBe(true);
  const ends = recorder.frames
    .filter((frame) => frame.type === 'turn.completed')
    .map((frame) => frame.turn_id);
  expect(ends, 'ends in order').toEqual(turnIds.filter((id) => ends.includes(id)));
}

/**
 * Tasks of a session that its user was neither told of nor can have read: news are not kept for who is away, who reads
 * the lists again when it is back.
 */
async function untold(db: Db, recorder: Recorder): Promise<string[]> {
  const told = new Set(recorder.news.flatMap((news) => (news.type === 'entity.changed' ? [news.id] : [])));
  const effects = await db('receipt_effects as e')
    .join('receipts as r', 'r.id', 'e.receipt_id')
    .where({ 'r.session_id': recorder.sessionId ?? '' })
    .select<{ item_id: string; created_at: Date }[]>('e.item_id', 'r.created_at');
  return effects
    .filter(({ item_id: id, created_at: at }) => !told.has(id) && at.getTime() >= recorder.upToDateAt)
    .map(({ item_id: id }) => id);
}
