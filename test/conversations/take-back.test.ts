import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const GONE = null;
type State = { status: string; priority: string } | typeof GONE;
const OPEN: State = { status: 'open', priority: 'medium' };
const URGENT: State = { status: 'open', priority: 'urgent' };
const DONE: State = { status: 'done', priority: 'medium' };

/** What a step is recorded and shown as, what is said, and the task after it. */
type Step = [op: string, change: string, reply: RegExp, state: State];

const MATRIX: [what: string, words: string, undo: Step, redo: Step][] = [
  [
    'create',
    '',
    ['delete', 'deleted', /^Undone: Added "call Bob"\.$/, GONE],
    ['restore', 'restored', /^Put back: Added "call Bob"\.$/, OPEN],
  ],
  [
    'update',
    'make it urgent',
    ['update', 'updated', /^Undone: Changed "call Bob": urgent priority\.$/, OPEN],
    ['update', 'updated', /^Put back: Changed "call Bob": urgent priority\.$/, URGENT],
  ],
  [
    'complete',
    'complete the task call Bob',
    ['update', 'reopened', /^Undone: Completed "call Bob"\.$/, OPEN],
    ['update', 'completed', /^Put back: Completed "call Bob"\.$/, DONE],
  ],
  [
    'delete',
    'delete the task call Bob',
    ['restore', 'restored', /^Undone: Deleted "call Bob"\.$/, OPEN],
    ['delete', 'deleted', /^Put back: Deleted "call Bob"\.$/, GONE],
  ],
];

describe.each(MATRIX)('%s, taken back and put back, again and again', (_what, words, undo, redo) => {
  it.each([
    [
      'by word',
      (me: Talk, _last: Awaited<ReturnType<Talk['say']>>, round: number) =>
        me.say(round % 2 === 0 ? 'undo' : 'undo that undo'),
    ],
    ['by button', (me: Talk, last: Awaited<ReturnType<Talk['say']>>) => me.undo(last)],
  ])('%s', async (_how, takeBack) => {
    const me = await talk(url);
    const added = await me.say('create a task to call Bob');
    let last = words === '' ? added : await me.say(words);
    for (const [round, [op, change, reply, state]] of [undo, redo, undo, redo].entries()) {
      const news = me.news.length;
      last = await takeBack(me, last, round);
      last.says(reply);
      expect(last.receipt.effects).toMatchObject([{ op, id: added.task.id, title: 'call Bob' }]);
      expect(last.result.cards).toMatchObject([{ kind: 'task', data: { change } }]);
      expect(last.result.requires_task_card).toBe(true);
      expect(await me.tasks()).toMatchObject(state === GONE ? [] : [state]);
      await expect.poll(() => me.news.length).toBeGreaterThan(news);
      expect(me.news.at(-1)).toMatchObject({ type: 'entity.changed', op, id: added.task.id });
      expect(me.news.at(-1)).toMatchObject(state === GONE ? { item: null } : { item: state });
    }
  });
});

describe('redo', () => {
  it('puts back what was undone, once for each undo', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to buy milk', 'undo');
    (await me.say('redo')).did('restored', { title: 'buy milk' });
    (await me.say('redo')).refused('not_found');
    (await me.say('undo')).did('deleted', { title: 'buy milk' });
  });
});

describe('"put it back" by its name', () => {
  it('leaves what was only added', async () => {
    const me = await talk(url);
    await me.say('buy bread');
    (await me.say('put the bread back')).refused('not_found').says(/nothing to put back/);
    expect(await me.titles()).toEqual(['buy bread']);
    await me.say('delete bread');
    await me.say('put the bread back');
    expect(await me.titles()).toEqual(['buy bread']);
  });
});
