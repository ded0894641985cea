import { beforeAll, describe, expect, it } from 'vitest';
import { addEvent, addTask, calendar } from '../conversations/calendar-of.ts';
import { talk, type Talk } from '../conversations/talk.ts';
import { startProduct } from '../support/product.ts';
import { z } from 'zod';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

/** Another device, without words. */
const elsewhere = (me: Talk, method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown> =>
  me.client.rest.call({ method, path, ...(body !== undefined && { body }), schema: z.unknown() });
const open = async (me: Talk): Promise<string[]> =>
  (await me.tasks())
    .filter(({ status }) => status === 'open')
    .map(({ title }) => title)
    .toSorted();

describe('what another device changes between a question and the yes to it', () => {
  it('one of a batch is gone: the others go', async () => {
    const me = await talk(url);
    const ids = [];
    for (const title of ['milk', 'bread', 'eggs']) ids.push(await addTask(me, title));
    (await me.say('delete all my tasks')).asks({ slot: 'target', kind: 'confirm' });
    await elsewhere(me, 'DELETE', `/tasks/${ids[0]}`);
    const gone = await me.say('yes');
    expect(gone.receipt.effects).toHaveLength(2);
    await me.undo(gone);
    expect(await open(me)).toEqual(['bread', 'eggs']);
  });

  it('all of a batch is gone: nothing is left to do', async () => {
    const me = await talk(url);
    const ids = [];
    for (const title of ['milk', 'bread', 'eggs']) ids.push(await addTask(me, title));
    await me.say('delete all my tasks');
    for (const id of ids) await elsewhere(me, 'DELETE', `/tasks/${id}`);
    (await me.say('yes')).refused('not_found');
  });

  it('one more has come: a yes means those that were shown', async () => {
    const me = await talk(url);
    for (const title of ['milk', 'bread', 'eggs']) await addTask(me, title);
    await me.say('complete all my tasks');
    await addTask(me, 'new one');
    await me.say('yes');
    expect(await open(me)).toEqual(['new one']);
  });

  it('a task is done: it is said so', async () => {
    const me = await talk(url);
    const id = await addTask(me, 'plan the trip');
    await addTask(me, 'book hotel', { parent_id: id });
    (await me.say('complete plan the trip')).asks({ slot: 'target', kind: 'confirm' });
    await elsewhere(me, 'PATCH', `/tasks/${id}`, { status: 'done' });
    (await me.say('yes')).changesNothing().says(/is done already/);
  });

  it('a series is gone: there is nothing to cancel', async () => {
    const me = await talk(url);
    const { event } = await me.say('team standup every weekday at 9:30');
    (await me.say('cancel the standup series')).asks({ slot: 'target', kind: 'confirm' });
    await elsewhere(me, 'DELETE', `/events/${event.id}`);
    (await me.say('yes')).refused('not_found');
  });

  it('an event of a batch that moves is gone: the other moves', async () => {
    const me = await talk(url);
    const lunch = await addEvent(me, 'lunch', '2026-11-19T12:00', '2026-11-19T13:00');
    await addEvent(me, 'dentist', '2026-11-19T15:00', '2026-11-19T16:00');
    (await me.say('move all my events from tomorrow to monday')).asks({ slot: 'target', kind: 'confirm' });
    await elsewhere(me, 'DELETE', `/events/${lunch.id}`);
    await me.say('yes');
    expect(await calendar(me)).toEqual(['dentist 11-23T15:00–16:00']);
  });

  it('a picked time is taken: it is asked about, and never taken twice unnoticed', async () => {
    const me = await talk(url);
    await addEvent(me, 'budget', '2026-11-20T15:00', '2026-11-20T16:00');
    const asked = await me.say('dentist on friday at 3pm');
    asked.asks({ slot: 'start', kind: 'choice', words: /overlaps "budget"/ });
    const [first] = asked.question.choices;
    const hour = first?.label.slice(0, 5) ?? '';
    const end = `${String(Number(hour.slice(0, 2)) + 1).padStart(2, '0')}${hour.slice(2)}`;
    await addEvent(me, 'fire drill', `2026-11-20T${hour}`, `2026-11-20T${end}`);
    const heard = await me.tap(asked, first?.label ?? '');
    heard.asks({ slot: 'start', kind: 'choice', words: /overlaps "fire drill"/ });
  });

  it('the event that is to find a new time has moved: what was shown does not hold any more', async () => {
    const me = await talk(url);
    const dentist = await addEvent(me, 'dentist', '2026-11-20T15:00', '2026-11-20T16:00');
    await me.say('find a new time for the dentist');
    await elsewhere(me, 'PATCH', `/events/${dentist.id}`, { start: '2026-11-20T17:00:00+01:00' });
    (await me.say('yes')).changesNothing();
    expect(await calendar(me)).toEqual(['dentist 11-20T17:00–18:00']);
  });

  it('the calendar has another event: a plan is made anew around it', async () => {
    const me = await talk(url);
    await addTask(me, 'write the report', { duration_minutes: 120, due_date: '2026-11-19' });
    await me.say('plan my week');
    await addEvent(me, 'offsite', '2026-11-18T10:00', '2026-11-19T09:00');
    const again = await me.say('yes');
    again.changesNothing();
    expect(again.result.status).toBe('clarifying');
    await me.say('yes');
    const all = await calendar(me);
    expect(all[0]).toMatch(/^offsite/);
    expect(all[1]).toMatch(/^write the report 11-19T/);
  });

  it('a receipt was taken back: undone once, and said so', async () => {
    const me = await talk(url);
    const made = await me.say('create a task to call Bob');
    await me.client.rest.call({
      method: 'POST',
      path: `/receipts/${made.receipt.receipt_id}/undo`,
      schema: z.unknown(),
    });
    const { result } = await me.undo(made);
    expect(result).toMatchObject({ status: 'refused', error_code: 'version_conflict' });
    expect(await open(me)).toEqual([]);
  });
});
