import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnResult } from '../../contracts/result.ts';
import { connect, type Db } from '../../db/connect.ts';
import { OnRecord } from '../conversations/on-record.ts';
import { NOW, ZONE, type Heard } from '../conversations/talk.ts';
import { startProduct, type Product } from '../support/product.ts';
import { at, Wire } from '../support/wire.ts';

let product: Product;
let db: Db;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
});
afterAll(() => db.destroy());

const somebody = (): Promise<OnRecord> => OnRecord.new(product.url, db);
const idOf = ({ result }: Heard, field = 'task_id'): string => String(result.execution_result?.[field]);
const refusal = (code: string, words: RegExp) => ({
  status: 'refused',
  error_code: code,
  receipt: null,
  reply: expect.stringMatching(words) as unknown,
});

describe('what was changed elsewhere between the question and the answer', () => {
  it('a batch does what it showed: what has gone is left out, what has come stays', async () => {
    const one = await somebody();
    await one.me.say('add a task to buy milk');
    const bread = await one.me.say('add a task to buy bread');
    const asked = await one.me.say('delete all tasks');
    await one.api('DELETE', `/tasks/${idOf(bread)}`);
    await one.api('POST', '/tasks', { title: 'buy cheese' });
    (await one.me.tap(asked, /^Yes/)).says('Deleted "buy milk"');
    expect(await one.there('tasks')).toEqual(['buy cheese']);
    (await one.me.say('undo')).says('Undone');
    expect(await one.there('tasks')).toEqual(['buy cheese', 'buy milk']);
    await one.isWhole();
  });

  it.each<[string, string[], string, string, RegExp]>([
    [
      'a task',
      ['add a task to call Ann Smith', 'add a task to call Ann Jones'],
      'complete call Ann',
      'call Ann Smith',
      /^That task is gone/,
    ],
    [
      'an event that repeats',
      ['meeting every monday at 7am'],
      'cancel the meeting',
      'Only this one',
      /^That event is gone/,
    ],
    [
      'an email',
      ['remember that Ann is ann@example.com', 'write an email to Ann about lunch'],
      'send it',
      'Send it',
      /^That email is gone/,
    ],
  ])('%s that is gone is told to be gone', async (_what, before, ask, button, words) => {
    const one = await somebody();
    let gone = '';
    for (const [index, said] of before.entries()) {
      const heard = await one.me.say(said);
      const made = heard.result.receipt?.effects[0];
      if (made && (index === 0 || made.kind === 'draft')) gone = `/${made.kind}s/${made.id}`;
    }
    const asked = await one.me.say(ask);
    expect((await one.api('DELETE', gone)).status).toBe(200);
    const changes = await one.receipts();
    const answer = await one.me.tap(asked, new RegExp(`^${button}`));
    expect(answer.result).toMatchObject(refusal('not_found', words));
    expect(await one.receipts()).toBe(changes);
    await one.isWhole();
  });

  it('a time that was free when it was offered is asked about again', async () => {
    const one = await somebody();
    await one.me.say('dentist friday at 3pm');
    const asked = await one.me.say('lunch friday at 3pm');
    const start = '2026-11-20T16:00:00+01:00';
    await one.api('POST', '/events', { title: 'visit', start, timezone: ZONE });
    const again = await one.me.tap(asked, '16:00');
    again.asks({ slot: 'start', kind: 'choice', words: /overlaps "visit"/ });
    expect(await one.there('events')).toEqual(['dentist', 'visit']);
    (await one.me.tap(again, /^Keep/)).says('Added "lunch"');
    await one.isWhole();
  });

  it('a plan of the week that does not fit any more is not put into the calendar', async () => {
    const one = await somebody();
    await one.api('POST', '/tasks', { title: 'report', due_date: '2026-11-20', duration_minutes: 120 });
    const asked = await one.me.say('plan my week');
    const [start, end] = ['2026-11-18T00:00:00+01:00', '2026-11-23T00:00:00+01:00'];
    await one.api('POST', '/events', { title: 'trip', start, end, timezone: ZONE });
    (await one.me.tap(asked, /^Yes/)).says(/have changed since I showed you the plan/).changesNothing();
    expect(await one.there('events')).toEqual(['trip']);
    await one.isWhole();
  });
});

describe('what was taken back already', () => {
  it('is taken back once, from however many devices and by whichever door', async () => {
    const one = await somebody();
    const made = await one.me.say('add a task to buy milk');
    const other = await Wire.open(product.url, {
      token: one.token,
      session_id: one.me.session.getState().sessionId,
    });
    const receipt_id = made.receipt.receipt_id;
    const turns = [randomUUID(), randomUUID()];
    const [byButton, byRest] = await Promise.all([
      Promise.all([
        one.me.undo(made).then(({ result }) => result),
        ...turns.map(async (turn_id): Promise<TurnResult> => {
          await other.send('receipt.undo', { turn_id, receipt_id });
          return (await other.ended(turn_id)).result;
        }),
      ]),
      Promise.all([1, 2].map(() => one.api('POST', `/receipts/${receipt_id}/undo`))),
    ]);
    const done = byButton.filter(({ status }) => status === 'completed').length;
    const held = byRest.filter(({ status }) => status === 200).length;
    expect(done + held).toBe(1);
    const twice = /undone already/;
    for (const result of byButton)
      if (result.status !== 'completed') expect(result).toMatchObject(refusal('version_conflict', twice));
    for (const { status, body } of byRest)
      if (status !== 200) expect([status, at(body, 'error')]).toEqual([409, expect.stringMatching(twice)]);
    expect(await one.there('tasks')).toEqual([]);
    expect(await one.receipts()).toBe(2);
    await one.isWhole();
  });

  it('by words, by name and by redo: each says that there is nothing, and what there is instead', async () => {
    const one = await somebody();
    await one.me.say('add a task to buy milk');
    await one.me.say('add a task to buy bread');
    (await one.me.say('undo the milk')).says('Undone');
    for (const [words, reply] of [
      ['undo the milk', /^I know of no change about "milk" that can be undone\. Say "undo"/],
      ['undo the cheese', /^I know of no change about "cheese"/],
    ] as const)
      (await one.me.say(words)).refused('not_found').says(reply);
    (await one.me.say('redo')).says('Put back');
    (await one.me.say('redo')).refused('not_found').says(/^There is nothing to put back\.$/);
    (await one.me.say('undo the last 50')).says('Undone');
    expect(await one.there('tasks')).toEqual([]);
    (await one.me.say('undo')).refused('not_found').says(/^There is nothing to undo\.$/);
    await one.isWhole();
  });

  it('an undo whose question is answered when the thing has changed again asks no twice and loses nothing', async () => {
    const one = await somebody();
    const id = idOf(await one.me.say('add a task to buy milk'));
    const urgent = await one.me.say('make it urgent');
    await one.api('PATCH', `/tasks/${id}`, { priority: 'low' });
    const asked = await one.me.undo(urgent);
    asked.asks({ slot: 'target', kind: 'confirm', words: /has changed since/ });
    await one.api('DELETE', `/tasks/${id}`);
    const late = await one.me.tap(asked, /^Yes/);
    expect(late.result.receipt === null || late.result.status === 'completed').toBe(true);
    await one.isWhole();
  });
});

describe('what comes twice', () => {
  it('the same message is done once, however often it is sent at once', async () => {
    const one = await somebody();
    const wire = await Wire.open(product.url, { token: one.token });
    const turn_id = randomUUID();
    const query = 'add a task to buy milk';
    const acks = await Promise.all(
      Array.from({ length: 5 }, () => wire.submit(query, { turn_id, reference_time: NOW })),
    );
    expect(acks.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    await wire.ended(turn_id);
    expect(await one.there('tasks')).toEqual(['buy milk']);
    for (const text of ['add a task to buy bread', 'undo'])
      expect(await wire.submit(text, { turn_id })).toMatchObject({
        ok: false,
        error: { code: 'turn_id_conflict', retryable: false },
      });
    expect(await one.api('POST', '/agent/query', { query: 'undo', turn_id })).toMatchObject({ status: 409 });
    expect(await one.receipts()).toBe(1);
    await one.isWhole();
  });

  it('a button of a question that is over changes nothing and says what became of it', async () => {
    const one = await somebody();
    await one.me.say('add a task to buy milk');
    await one.me.say('add a task to buy bread');
    const asked = await one.me.say('delete all tasks');
    (await one.me.tap(asked, /^No/)).changesNothing();
    for (const button of [/^Yes/, /^No/])
      expect((await one.me.tap(asked, button)).result).toMatchObject(
        refusal('already_answered', /answered already/),
      );
    const dropped = await one.me.say('delete all tasks');
    await one.me.say('never mind');
    expect((await one.me.tap(dropped, /^Yes/)).result.receipt).toBeNull();
    expect(await one.there('tasks')).toEqual(['buy bread', 'buy milk']);
    await one.isWhole();
  });
});

describe('texts as nobody wants them', () => {
  const LONG = 'pay '.repeat(1_000).trim().slice(0, 3_985);
  it.each<[string, string, string[]]>([
    ['a title of 4,000 characters', `add a task to ${LONG}`, [LONG]],
    ['zero-width signs inside', 'add a task to \u200bbuy\u200d milk\ufeff', ['buy milk']],
    ['zero-width signs alone', '\u200b\u200b\u2060', []],
    ['a direction turned around', '\u202eadd a task to buy milk', ['buy milk']],
    ['letters from right to left', 'add a task to قراءة الكتاب tomorrow', ['قراءة الكتاب']],
    ['pictures alone', '🎉🎉👩‍👩‍👧‍👦', []],
    ['a picture as a title', 'add a task to 🎉', ['🎉']],
    ['quotes of quotes', `add a task to read ${'"'.repeat(400)}`, []],
    ['a page of brackets', '('.repeat(3_000), []],
    ['a script', 'add a task to <script>alert(1)</script>', ['<script>alert(1)</script>']],
    ['words that a database might run', "add a task to ' or '1'='1", ["' or '1'='1"]],
    ['names that a program might trip over', 'add a task to __proto__', ['__proto__']],
    ['signs one on top of the other', `add a task to z${'\u0301'.repeat(500)}`, [`z${'\u0301'.repeat(500)}`]],
  ])('%s: answered, and kept as typed or not at all', async (_what, text, titles) => {
    const one = await somebody();
    const { result } = await one.me.say(text);
    expect(result.reply).not.toBe('');
    expect(result.reply.length).toBeLessThan(1_500);
    expect(await one.there('tasks')).toEqual(titles);
    if (titles.length > 0) {
      expect((await one.me.say('undo')).result.status).toBe('completed');
      expect(await one.there('tasks')).toEqual([]);
    }
    await one.isWhole();
  });

  it('of many acts each is done or told, and one undo takes all of it back', async () => {
    const one = await somebody();
    const text = Array.from({ length: 30 }, (_, n) => `add a task to buy thing ${n + 1}`).join(', ');
    const { result } = await one.me.say(text);
    const made = await one.there('tasks');
    expect(made.length).toBeGreaterThan(1);
    // None of them is lost: what was not read as an act of its own still stands in a title.
    for (let n = 1; n <= 30; n += 1) expect(made.join(' ')).toMatch(new RegExp(`thing ${n}\\b`));
    expect(result.reply).not.toBe('');
    (await one.me.say('undo all of that')).says('Undone');
    expect(await one.there('tasks')).toEqual([]);
    await one.isWhole();
  });
});
