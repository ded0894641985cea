import { beforeAll, describe, expect, it } from 'vitest';
import { fact, type Fact } from '../../contracts/entities.ts';
import { effectsResponse, responseOf } from '../../contracts/requests.ts';
import { listOf } from '../../contracts/rest.ts';
import { newId } from '../../core/ids.ts';
import { connect } from '../../db/connect.ts';
import { OnRecord } from '../conversations/on-record.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct } from '../support/product.ts';
import { call, type Answer } from '../support/wire.ts';

const memory = listOf(fact);
const changed = responseOf(fact);
let url: string;
let newPerson: () => Promise<OnRecord>;
beforeAll(async () => {
  const product = await startProduct();
  url = product.url;
  const db = connect(product.database.url, { poolMax: 2, name: 'test' });
  closeAfterFile(() => void db.destroy());
  newPerson = () => OnRecord.new(url, db);
});

const listed = async (who: OnRecord, query = ''): Promise<Fact[]> =>
  memory.parse((await who.api('GET', `/memory${query}`)).body).items;
const valuesOf = async (who: OnRecord, query = ''): Promise<string[]> =>
  (await listed(who, query)).map(({ value }) => value);

async function withFacts(...told: string[]): Promise<OnRecord> {
  const who = await newPerson();
  for (const words of told) await who.me.say(words);
  return who;
}

describe('GET /memory', () => {
  it('has what holds, newest first, page by page, and with past=true what held', async () => {
    const who = await withFacts('my dentist is Dr. Weber', 'my boss is Tom', 'my dentist is Dr. Kim now');
    expect(await valuesOf(who)).toEqual(['Dr. Kim', 'Tom']);
    expect(await valuesOf(who, '?past=true')).toEqual(['Dr. Kim', 'Tom', 'Dr. Weber']);
    const first = memory.parse((await who.api('GET', '/memory?limit=1')).body);
    expect(first.items.map(({ value }) => value)).toEqual(['Dr. Kim']);
    const rest = memory.parse((await who.api('GET', `/memory?limit=1&cursor=${first.next_cursor}`)).body);
    expect([rest.items.map(({ value }) => value), rest.next_cursor]).toEqual([['Tom'], null]);
  });

  it('finds words of what is kept, whatever they are', async () => {
    const who = await withFacts('my dentist is Dr. Weber', 'my boss is Tom', "I'm allergic to nuts");
    expect(await valuesOf(who, '?q=WEB')).toEqual(['Dr. Weber']);
    expect(await valuesOf(who, '?q=allerg')).toEqual(['nuts']);
    expect(await valuesOf(who, '?q=%25')).toEqual([]);
  });

  it('is each person’s own', async () => {
    const [who, other] = [await withFacts('my dentist is Dr. Weber'), await newPerson()];
    const [own] = await listed(who);
    expect(await listed(other)).toEqual([]);
    for (const [method, body] of [['GET'], ['PATCH', { value: 'me' }], ['DELETE']] as const)
      expect(await other.api(method, `/memory/${own?.id}`, body)).toMatchObject({
        status: 404,
        body: { error_code: 'not_found', error: 'There is no such fact.' },
      });
    expect(await valuesOf(who)).toEqual(['Dr. Weber']);
  });
});

describe('a fact by its id', () => {
  const patch = (who: OnRecord, id: string, body: object, headers: Record<string, string>): Promise<Answer> =>
    call(url, 'PATCH', `/api/v1/memory/${id}`, { token: who.token, body, headers });

  it('is changed at its version, which is then another one; the words are no longer those of it', async () => {
    const who = await withFacts('my dentist is Dr. Weber');
    const [own] = await listed(who);
    const id = own?.id ?? '';
    const done = changed.parse((await patch(who, id, { value: 'Dr. Huber' }, { 'if-match': '"1"' })).body);
    expect(done.item).toMatchObject({ value: 'Dr. Huber', version: 2, said: null, turn_id: null });
    expect(done.receipt.effects).toMatchObject([{ kind: 'fact', op: 'update', title: 'your dentist' }]);
    expect(await patch(who, id, { value: 'Dr. Late' }, { 'if-match': '"1"' })).toMatchObject({
      status: 409,
      body: { error_code: 'version_conflict' },
    });
    await who.api('POST', `/receipts/${done.receipt.receipt_id}/undo`);
    expect(await listed(who)).toMatchObject([
      { value: 'Dr. Weber', said: 'my dentist is Dr. Weber', turn_id: own?.turn_id },
    ]);
    await who.isWhole();
  });

  it('ends when it is told to, and not before it begins', async () => {
    const who = await withFacts('my dentist is Dr. Weber');
    const [own] = await listed(who);
    const id = own?.id ?? '';
    expect(await patch(who, id, { valid_until: '2020-01-01T00:00:00Z' }, {})).toMatchObject({ status: 400 });
    await patch(who, id, { valid_until: '2032-01-01T00:00:00Z' }, {});
    expect(await listed(who)).toMatchObject([{ valid_until: '2032-01-01T00:00:00.000Z' }]);
    await patch(who, id, { valid_until: null }, {});
    expect(await listed(who)).toMatchObject([{ valid_until: null }]);
    for (const body of [{}, { value: '' }, { subject: 'Ann' }, { valid_until: 'soon' }])
      expect(await patch(who, id, body, {})).toMatchObject({
        status: 400,
        body: { error_code: 'validation_error' },
      });
  });

  it('is forgotten, told to the devices, and brought back', async () => {
    const who = await withFacts('my dentist is Dr. Weber');
    const [own] = await listed(who);
    const { receipt } = changed.parse((await who.api('DELETE', `/memory/${own?.id}`)).body);
    expect(await listed(who)).toEqual([]);
    (await who.me.say('who is my dentist?')).refused('not_found');
    await eventually('the news of it', () =>
      who.me.news.some(
        (news) =>
          news.type === 'entity.changed' &&
          news.kind === 'fact' &&
          news.id === own?.id &&
          news.op === 'delete' &&
          news.item === null,
      ),
    );
    await who.api('POST', `/receipts/${receipt.receipt_id}/undo`);
    (await who.me.say('who is my dentist?')).says('Dr. Weber');
    await who.isWhole();
  });
});

describe('DELETE /memory', () => {
  it('forgets all of it, what held before as well, once for a key, and can be undone', async () => {
    const who = await withFacts('my dentist is Dr. Weber', 'my dentist is Dr. Kim now', 'my boss is Tom');
    const key = newId();
    const forget = (): Promise<Answer> =>
      call(url, 'DELETE', '/api/v1/memory', {
        token: who.token,
        headers: { 'idempotency-key': key },
      });
    const { item, receipt } = effectsResponse.parse((await forget()).body);
    expect([item, receipt.effects.length]).toEqual([null, 3]);
    expect(effectsResponse.parse((await forget()).body).receipt.receipt_id).toBe(receipt.receipt_id);
    expect(await listed(who, '?past=true')).toEqual([]);
    await who.api('POST', `/receipts/${receipt.receipt_id}/undo`);
    expect(await valuesOf(who, '?past=true')).toEqual(['Tom', 'Dr. Kim', 'Dr. Weber']);
    await who.isWhole();
  });

  it('has nothing to forget where nothing was told', async () => {
    const who = await newPerson();
    expect(await who.api('DELETE', '/memory')).toMatchObject({
      status: 404,
      body: { error: 'There is nothing to forget.' },
    });
  });
});

it('work days are a setting like any other: each once, in the order of the week, one at least', async () => {
  const who = await newPerson();
  const put = (work_days: unknown): Promise<Answer> => who.api('PUT', '/settings', { work_days });
  expect((await put(['friday', 'monday', 'friday'])).body).toMatchObject({ work_days: ['monday', 'friday'] });
  for (const wrong of [[], ['someday'], 'monday', Array<string>(8).fill('monday')])
    expect(await put(wrong)).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
  (await who.me.say('what are my work days?')).says('You work on Monday and Friday.');
});
