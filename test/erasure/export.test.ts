import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../db/connect.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';
import { openTruth } from '../faults/ground-truth.ts';
import { startProduct, type Product } from '../support/product.ts';
import { at, call, person, Wire, type Person } from '../support/wire.ts';
import { fillEveryTable } from './everything.ts';

type Line = Record<string, unknown> & { kind: string };

let product: Product;
let db: Db;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_BURST: '10000', RATE_TURNS_PER_MINUTE: '100000' } });
  db = openTruth(product);
});
afterAll(() => db.destroy());

const linesOf = (body: string): Line[] =>
  body
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);

async function exported(who: Person): Promise<Line[]> {
  const answer = await call(product.url, 'GET', '/api/v1/users/me/export', { token: who.token });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="pulseplan.jsonl"');
  return linesOf(String(answer.body));
}

async function calendarOf(who: Person, query = '?format=ics', headers = {}): Promise<ICAL.Component> {
  const answer = await call(product.url, 'GET', `/api/v1/users/me/export${query}`, {
    token: who.token,
    headers,
  });
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  return ICAL.Component.fromString(String(answer.body));
}

async function post(who: Person, path: string, body: object): Promise<string> {
  const answer = await call(product.url, 'POST', `/api/v1${path}`, { token: who.token, body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return String(at(answer.body, 'item', 'id'));
}

describe('an export', () => {
  it('holds a line of everything, with its words, and nothing of anybody else', async () => {
    const [me, other] = [await person(), await person()];
    for (const [who, word] of [
      [me, 'zyxquark'],
      [other, 'mumpitz'],
    ] as const) {
      const wire = await Wire.open(product.url, { token: who.token });
      await wire.say(`create a task to ${word} the boat`);
      await fillEveryTable(db, who.userId, word);
    }
    const lines = await exported(me);
    const [first, last] = [lines.at(0), lines.at(-1)];
    expect(first).toMatchObject({ kind: 'export', version: 1, account: me.userId });
    const counts: Record<string, number> = {};
    for (const { kind } of lines.slice(1, -1)) counts[kind] = (counts[kind] ?? 0) + 1;
    expect(last).toEqual({ kind: 'end', counts });
    const kinds = USER_TABLES.flatMap(({ export: given }) => ('no' in given ? [] : [given.kind]));
    expect(Object.keys(counts).toSorted()).toEqual(kinds.toSorted());
    expect(lines.filter(({ kind }) => kind === 'task').map(({ title }) => title)).toContain(
      'zyxquark the boat',
    );
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`mumpitz|${other.userId}`));
  });

  it('names what it leaves out, and leaves out what is secret', async () => {
    const me = await person();
    await fillEveryTable(db, me.userId, 'zyxquark');
    const lines = await exported(me);
    const leftOut = Object.keys(lines[0]?.['left_out'] as object);
    expect(leftOut).toEqual(
      expect.arrayContaining(['push_browser.auth', 'push_browser.endpoint', 'turn.body_hash', 'write_keys']),
    );
    const browser = lines.find(({ kind }) => kind === 'push_browser');
    expect(Object.keys(browser ?? {}).toSorted()).toEqual(['created_at', 'id', 'kind']);
    expect(
      lines.filter((line) => Object.keys(line).some((name) => /embedding|hash|p256dh/.test(name))),
    ).toEqual([]);
    // Every table is either exported, column by column, or named with the reason why not.
    for (const { table, columns, export: given } of USER_TABLES) {
      if ('no' in given) expect(leftOut).toContain(table);
      else {
        const row = lines.find(({ kind }) => kind === given.kind) ?? {};
        const missing = columns.filter(
          (column) =>
            column !== 'user_id' &&
            !(column in row) &&
            !(column === 'kind' && 'row_kind' in row) &&
            !leftOut.includes(`${given.kind}.${column}`),
        );
        expect(missing, table).toEqual([]);
      }
    }
  });

  it('is read page after page, each row once', async () => {
    const me = await person();
    await exported(me);
    const at_ = new Date();
    const tasks = Array.from({ length: 1_203 }, (_, n) => ({
      id: randomUUID(),
      user_id: me.userId,
      title: `task ${n}`,
      status: 'open',
      priority: 'low',
      tags: [],
      version: 1,
      created_at: at_,
      updated_at: at_,
    }));
    await db.batchInsert('tasks', tasks, 300);
    const ids = (await exported(me)).filter(({ kind }) => kind === 'task').map(({ id }) => String(id));
    expect(ids.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
  });

  it('waits for whoever reads it slowly, and ends when the account goes', async () => {
    const me = await person();
    await exported(me);
    const at_ = new Date();
    // More than sockets hold.
    const filler = 'x'.repeat(4_000);
    const tasks = Array.from({ length: 6_000 }, () => ({
      id: randomUUID(),
      user_id: me.userId,
      title: 'long',
      notes: filler,
      status: 'open',
      priority: 'low',
      tags: [],
      version: 1,
      created_at: at_,
      updated_at: at_,
    }));
    await db.batchInsert('tasks', tasks, 500);
    const response = await fetch(`${product.url}/api/v1/users/me/export`, {
      headers: { authorization: `Bearer ${me.token}` },
    });
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader?.read())?.value, { stream: true });
    expect(text).toContain('"kind":"export"');
    // Unread: the gateway has read a part of the tasks at most.
    await call(product.url, 'DELETE', '/api/v1/users/me', { token: me.token, body: { confirm: 'erase' } });
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      text += decoder.decode(chunk.value, { stream: true });
    }
    const lines = linesOf(text);
    expect(lines.at(-1)).toMatchObject({ kind: 'error', error_code: 'account_erased' });
    expect(lines.length).toBeLessThan(6_000);
  });

  it('of nobody who was seen before is an account and nothing else', async () => {
    const lines = await exported(await person());
    expect(lines.map(({ kind }) => kind)).toEqual(['export', 'account', 'end']);
  });
});

describe('a calendar', () => {
  it('holds events, tasks and reminders, and says the times of a series in its zone', async () => {
    const me = await person();
    await post(me, '/events', {
      title: 'Standup; with, signs',
      start: '2026-10-21T09:00:00+02:00',
      end: '2026-10-21T09:15:00+02:00',
      timezone: 'Europe/Vienna',
      recurrence: 'FREQ=WEEKLY;BYDAY=WE',
      participants: ['Ann', 'bob@example.com'],
      location: 'Room 1',
    });
    await post(me, '/events', {
      title: 'Fair',
      start: '2026-11-20T00:00:00+01:00',
      end: '2026-11-22T00:00:00+01:00',
      all_day: true,
      timezone: 'Europe/Vienna',
    });
    await post(me, '/events', {
      title: 'Dentist',
      start: '2026-11-20T15:00:00+01:00',
      end: '2026-11-20T16:00:00+01:00',
      timezone: 'Europe/Vienna',
    });
    await post(me, '/tasks', {
      title: 'Offer',
      due_date: '2026-11-30',
      tags: ['work', 'urgent'],
      priority: 'urgent',
    });
    const wire = await Wire.open(product.url, { token: me.token });
    await wire.say('remind me to call mom tomorrow at 5pm', { timezone: 'Europe/Vienna' });

    const calendar = await calendarOf(me);
    // A library that knows of zones what stands in the file: nine o'clock is so in summer and in winter.
    const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? undefined);
    expect(zone.tzid).toBe('Europe/Vienna');
    ICAL.TimezoneService.register(zone);
    const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
    expect(events.map(({ summary }) => summary).toSorted()).toEqual([
      'Dentist',
      'Fair',
      'Standup; with, signs',
    ]);
    const standup = events.find(({ summary }) => summary.startsWith('Standup'));
    const series = standup?.iterator();
    const starts = Array.from({ length: 3 }, () => series?.next().toJSDate().toISOString());
    expect(starts).toEqual([
      '2026-10-21T07:00:00.000Z',
      '2026-10-28T08:00:00.000Z',
      '2026-11-04T08:00:00.000Z',
    ]);
    expect(standup?.attendees.map((one) => [one.getFirstValue(), one.getFirstParameter('cn')])).toEqual([
      ['mailto:unknown@invalid', 'Ann'],
      ['mailto:bob@example.com', undefined],
    ]);
    const fair = events.find(({ summary }) => summary === 'Fair');
    expect([fair?.startDate.toString(), fair?.endDate.toString()]).toEqual(['2026-11-20', '2026-11-22']);
    expect(events.find(({ summary }) => summary === 'Dentist')?.startDate.toString()).toBe(
      '2026-11-20T14:00:00Z',
    );
    const todos = calendar.getAllSubcomponents('vtodo');
    const offer = todos.find((one) => one.getFirstPropertyValue('summary') === 'Offer');
    expect(offer?.getFirstPropertyValue('due')?.toString()).toBe('2026-11-30');
    expect(offer?.getFirstProperty('categories')?.getValues()).toEqual(['work', 'urgent']);
    expect(offer?.getFirstPropertyValue('priority')).toBe(1);
    const call_ = todos.find((one) => one.getFirstPropertyValue('summary') === 'call mom');
    expect(call_?.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')?.toString()).toMatch(
      /T16:00:00Z$/,
    );
  });

  it('comes to whoever accepts nothing else, without what was deleted', async () => {
    const me = await person();
    await fillEveryTable(db, me.userId, 'zyxquark');
    const calendar = await calendarOf(me, '', { accept: 'text/calendar' });
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1);
    expect(calendar.getFirstSubcomponent('vevent')?.getFirstProperty('exdate')?.toICALString()).toBe(
      'EXDATE;TZID=Europe/Vienna:20261125T100000',
    );
    // One of two tasks is deleted; the other vtodo is a reminder.
    expect(calendar.getAllSubcomponents('vtodo')).toHaveLength(2);
  });

  it('is refused in any other format', async () => {
    const me = await person();
    const answer = await call(product.url, 'GET', '/api/v1/users/me/export?format=xml', { token: me.token });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
  });
});
