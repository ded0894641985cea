import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { draft } from '../../contracts/entities.ts';
import type { Frame } from '../../contracts/frames.ts';
import { effectsResponse } from '../../contracts/requests.ts';
import { listOf } from '../../contracts/rest.ts';
import { sharedProduct } from '../support/product.ts';
import { call, person, Wire, type Answer, type Person } from '../support/wire.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});
let me: Person;
beforeEach(async () => {
  me = await person();
});

const api = (method: string, path: string, token = me.token): Promise<Answer> =>
  call(url, method, `/api/v1${path}`, { token });
const page = async (path: string) => listOf(draft).parse((await api('GET', path)).body);

type News = Extract<Frame, { type: 'entity.changed' }>;
const isNews = (frame: Frame): frame is News => frame.type === 'entity.changed';

describe('drafts over REST', () => {
  it('are listed page by page, newest first, and read one by one', async () => {
    const device = await Wire.open(url, { token: me.token });
    for (const name of ['Ann', 'Bob', 'Eve']) await device.say(`draft an email to ${name}`);
    const first = await page('/drafts?limit=2');
    expect(first.items.map(({ recipients }) => recipients)).toEqual([['Eve'], ['Bob']]);
    const rest = await page(`/drafts?limit=2&cursor=${first.next_cursor}`);
    expect(rest).toMatchObject({ items: [{ recipients: ['Ann'] }], next_cursor: null });
    const [newest] = first.items;
    expect((await api('GET', `/drafts/${newest?.id}`)).body).toEqual(newest);
    const stranger = await person();
    expect((await api('GET', `/drafts/${newest?.id}`, stranger.token)).status).toBe(404);
    expect((await api('GET', `/drafts/${randomUUID()}`)).status).toBe(404);
    expect((await api('GET', '/drafts', stranger.token)).body).toEqual({ items: [], next_cursor: null });
  });

  it('are taken back and put back by their receipts', async () => {
    const device = await Wire.open(url, { token: me.token });
    const { result } = await device.say('draft an email to Ann about the rent');
    const undo = (receiptId: string | undefined) => api('POST', `/receipts/${receiptId}/undo`);
    const undone = effectsResponse.parse((await undo(result.receipt?.receipt_id)).body);
    expect(undone).toMatchObject({
      item: null,
      receipt: { effects: [{ kind: 'draft', title: 'The rent' }] },
    });
    expect((await page('/drafts')).items).toEqual([]);
    const redone = effectsResponse.parse((await undo(undone.receipt.receipt_id)).body);
    expect(redone.item).toMatchObject({ subject: 'The rent', recipients: ['Ann'], version: 3 });
    expect((await page('/drafts')).items).toEqual([redone.item]);
  });
});

describe('drafts on a second device', () => {
  it('come as they are made and go as they are taken back', async () => {
    const phone = await Wire.open(url, { token: me.token });
    const desk = await Wire.open(url, { token: me.token });
    const { result } = await phone.say('draft an email to Ann');
    const made = await desk.find(isNews);
    const id = String(result.execution_result?.['draft_id']);
    const [kept] = (await page('/drafts')).items;
    expect(made).toMatchObject({ kind: 'draft', op: 'create', id, version: 1, item: kept });
    await phone.say('undo');
    const gone = await desk.find((frame): frame is News => isNews(frame) && frame.op === 'delete');
    expect(gone).toMatchObject({ kind: 'draft', id, version: 2, item: null });
  });
});
