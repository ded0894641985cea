import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { event } from '../../contracts/entities.ts';
import { responseOf } from '../../contracts/requests.ts';
import { listOf } from '../../contracts/rest.ts';
import { sharedProduct } from '../support/product.ts';
import { at, call, person, type Answer, type Person } from '../support/wire.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});
let me: Person;
beforeEach(async () => {
  me = await person();
});

const api = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, {
    token: me.token,
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
  });
const answer = responseOf(event);
const itemOf = ({ body }: Answer) => answer.parse(body).item;
const receiptOf = ({ body }: Answer): string => answer.parse(body).receipt.receipt_id;
const listed = async (query = ''): Promise<string[]> =>
  listOf(event)
    .parse((await api('GET', `/events${query}`)).body)
    .items.map(({ start, title }) => `${start} ${title}`);

const DEMO = { title: 'demo', start: '2026-11-20T14:00:00+01:00', timezone: 'Europe/Vienna' };

describe('events without words', () => {
  it('are made, changed, deleted and taken back, each with a receipt and its version', async () => {
    const made = await api('POST', '/events', { ...DEMO, participants: ['Ann'], location: 'room 5' });
    expect(made.status).toBe(200);
    const id = itemOf(made)?.id ?? '';
    expect(itemOf(made)).toMatchObject({
      ...DEMO,
      end: '2026-11-20T15:00:00+01:00',
      participants: ['Ann'],
      version: 1,
    });
    const moved = await api(
      'PATCH',
      `/events/${id}`,
      { start: '2026-11-20T16:00:00+01:00' },
      { 'if-match': '"1"' },
    );
    expect(itemOf(moved)).toMatchObject({
      start: '2026-11-20T16:00:00+01:00',
      end: '2026-11-20T17:00:00+01:00',
      version: 2,
    });
    const stale = await api('PATCH', `/events/${id}`, { title: 'show' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 409, body: { error_code: 'version_conflict' } });
    const deleted = await api('DELETE', `/events/${id}`, undefined, { 'if-match': '2' });
    expect(itemOf(deleted)).toBeNull();
    expect((await api('GET', `/events/${id}`)).status).toBe(404);
    expect((await api('POST', `/receipts/${receiptOf(deleted)}/undo`)).status).toBe(200);
    expect((await api('GET', `/events/${id}`)).body).toMatchObject({
      title: 'demo',
      start: '2026-11-20T16:00:00+01:00',
    });
    expect((await api('POST', `/receipts/${receiptOf(deleted)}/undo`)).status).toBe(409);
  });

  it('have no end before their start', async () => {
    const end = '2026-11-20T13:00:00+01:00';
    const made = await api('POST', '/events', { ...DEMO, end });
    expect(made).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
    expect(at(made.body, 'error')).toMatch(/end is before the start/);
    const id = itemOf(await api('POST', '/events', DEMO))?.id ?? '';
    expect((await api('PATCH', `/events/${id}`, { end })).status).toBe(400);
    expect(await listed()).toEqual([`${DEMO.start} demo`]);
  });

  it('of whole days begin and end at midnight of their zone', async () => {
    const made = await api('POST', '/events', { ...DEMO, end: '2026-11-21T09:00:00+01:00', all_day: true });
    expect(itemOf(made)).toMatchObject({
      start: '2026-11-20T00:00:00+01:00',
      end: '2026-11-22T00:00:00+01:00',
    });
    const id = itemOf(made)?.id ?? '';
    const moved = await api('PATCH', `/events/${id}`, { start: '2026-11-25T08:00:00+01:00' });
    expect(itemOf(moved)).toMatchObject({
      start: '2026-11-25T00:00:00+01:00',
      end: '2026-11-27T00:00:00+01:00',
    });
  });

  it('have times with the offset of their zone, whatever zone they were sent in', async () => {
    const sent = { title: 'call', start: '2026-11-20T14:00:00Z', timezone: 'America/New_York' };
    expect(itemOf(await api('POST', '/events', sent))).toMatchObject({ start: '2026-11-20T09:00:00-05:00' });
    expect((await api('POST', '/events', { ...sent, timezone: 'Mars/Olympus' })).status).toBe(400);
  });

  it('that repeat are one row, and each day by itself where days are looked at', async () => {
    const made = await api('POST', '/events', { ...DEMO, recurrence: 'FREQ=DAILY' });
    expect(itemOf(made)).toMatchObject({ recurrence: 'FREQ=DAILY', exceptions: [] });
    expect(await listed()).toHaveLength(1);
    expect(await listed('?from=2026-11-21&to=2026-11-23')).toEqual([
      '2026-11-21T14:00:00+01:00 demo',
      '2026-11-22T14:00:00+01:00 demo',
    ]);
    expect((await api('POST', '/events', { ...DEMO, recurrence: 'every day' })).status).toBe(400);
  });

  it('that repeat keep the clock of a zone, which has to be known', async () => {
    const { timezone, ...nowhere } = { ...DEMO, recurrence: 'FREQ=WEEKLY' };
    const refused = await api('POST', '/events', nowhere);
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
    expect(await listed()).toEqual([]);
    const universal = await api('POST', '/events', { ...nowhere, start: '2026-11-20T13:00:00Z' });
    expect(itemOf(universal)).toMatchObject({ timezone: 'UTC' });
    expect((await api('PUT', '/settings', { timezone })).status).toBe(200);
    expect(itemOf(await api('POST', '/events', nowhere))).toMatchObject({ timezone });
  });

  it.each([
    ['no title', { start: DEMO.start }],
    ['an empty title', { ...DEMO, title: ' ' }],
    ['no start', { title: 'demo' }],
    ['a start that is no date', { ...DEMO, start: 'friday' }],
    ['a day that there is not', { ...DEMO, start: '2026-02-30T14:00:00+01:00' }],
    ['a field that nobody knows', { ...DEMO, colour: 'red' }],
    ['a title of more than 4,000 characters', { ...DEMO, title: 'a'.repeat(4001) }],
    ['nobody as a guest', { ...DEMO, participants: [''] }],
  ])('are refused with %s', async (_, body) => {
    const refused = await api('POST', '/events', body);
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
    expect(await listed()).toEqual([]);
  });

  it('of others are not there', async () => {
    const id = itemOf(await api('POST', '/events', DEMO))?.id ?? '';
    me = await person();
    expect((await api('GET', `/events/${id}`)).status).toBe(404);
    expect((await api('PATCH', `/events/${id}`, { title: 'mine' })).status).toBe(404);
    expect((await api('DELETE', `/events/${id}`)).status).toBe(404);
  });
});
