import { beforeAll, describe, expect, it } from 'vitest';
import { draft, outgoing } from '../../contracts/entities.ts';
import { listOf } from '../../contracts/rest.ts';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { sharedProduct } from '../support/product.ts';
import { call, person, Wire } from '../support/wire.ts';
import { draftOf } from './letters.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
let db: Db;
beforeAll(async () => {
  const product = await sharedProduct();
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  return () => db.destroy();
});

const sendAt = (heard: Heard): number => Date.parse(String(heard.result.execution_result?.['send_at']));
const deliveryOf = (heard: Heard): string => String(heard.result.execution_result?.['delivery_id']);

/** Lets the delay of a sending pass, for the courier and for undo. */
async function delayPasses(heard: Heard): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  await db('receipts').where({ id: heard.receipt.receipt_id }).update({ undo_until: past });
  await db('deliveries')
    .where({ id: deliveryOf(heard) })
    .update({ not_before: past });
}
const stateOf = async (heard: Heard): Promise<string> =>
  (
    await db('deliveries')
      .where({ id: deliveryOf(heard) })
      .first<{ state: string }>('state')
  ).state;
const outboxOf = (id: string) => db('mail_outbox').where({ delivery_id: id }).select<{ body: string }[]>('*');

/** Somebody with a draft to Ann, whose address is known. */
async function withDraft(): Promise<Talk> {
  const me = await talk(url);
  await me.sayAll("Ann's email is ann@example.com", 'draft an email to Ann about the rent');
  return me;
}

describe('sending a draft', () => {
  it('asks for an address once, confirms, waits 20 seconds, and remembers whose it was', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann about the rent');
    const asked = await me.say('send it');
    asked.asks({ slot: 'recipient', words: /^What is Ann's email address\?$/ });
    const confirm = await me.say("it's ann@example.com");
    confirm.asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Send "The rent" to Ann <ann@example\.com>\? It still has .*\[Your name\] in it\.$/,
      choices: ['Send it', 'Not yet'],
    });
    const before = Date.now();
    const heard = await me.tap(confirm, 'Send it');
    heard.says('Sending to Ann <ann@example.com> in 20 seconds. Say "undo" to stop it.');
    heard.understood('send_email');
    expect(sendAt(heard) - before).toBeGreaterThan(19_000);
    expect(sendAt(heard) - before).toBeLessThan(25_000);
    expect(draftOf(heard)).toMatchObject({ status: 'sending', addresses: ['ann@example.com'] });
    expect(heard.receipt.effects.map(({ kind, op }) => `${op} ${kind}`)).toEqual([
      'update draft',
      'create delivery',
      'create contact',
    ]);
    for (const effect of heard.receipt.effects)
      expect(Date.parse(effect.undo?.replace('until ', '') ?? '')).toBe(sendAt(heard));
    (await me.say("what is Ann's address?")).says("Ann's email address is ann@example.com.");
    expect(await outboxOf(deliveryOf(heard))).toEqual([]);
  });

  it('takes a name with its address behind it for both', async () => {
    const me = await talk(url);
    const drafted = await me.say('draft an email to Ann ann@example.com about the rent with a template');
    drafted.says(/Hello Ann,/);
    (await me.say('send it')).asks({ slot: 'target', kind: 'confirm', words: /Ann <ann@example\.com>/ });
  });

  it('keeps the address that was told for it when it is stopped', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann about the rent with a template');
    await me.sayAll('send it', "it's ann@example.com", 'yes');
    (await me.say('undo')).says(/^Stopped\./);
    (await me.say("what is Ann's address?")).says("Ann's email address is ann@example.com.");
    (await me.say('send it')).asks({ slot: 'target', kind: 'confirm', words: /<ann@example\.com>/ });
  });

  it('hands it over once the delay is over, and says so to every device', async () => {
    const me = await withDraft();
    const heard = await me.sayAll('send it', 'yes');
    await delayPasses(heard);
    const news = await eventually('news of the sent draft come', () =>
      me.news.find(
        (one) => one.type === 'entity.changed' && one.kind === 'draft' && one.item?.status === 'sent',
      ),
    );
    expect(news).toMatchObject({
      op: 'update',
      item: { id: draftOf(heard).id, addresses: ['ann@example.com'] },
    });
    const sent = listOf(outgoing).parse(
      await me.client.rest.call({ path: '/outbox', schema: listOf(outgoing) }),
    );
    expect(sent.items).toMatchObject([
      {
        id: deliveryOf(heard),
        message_id: `<${deliveryOf(heard)}@mail.pulseplan>`,
        to: ['ann@example.com'],
        subject: 'The rent',
        text: draftOf(heard).body,
      },
    ]);
    (await me.say('undo')).refused('version_conflict').says('It has been sent already.');
    (await me.undo(heard)).refused('version_conflict').says('It has been sent already.');
    (await me.say('send it')).refused('version_conflict').says('That email has been sent already.');
    (await me.say('make it shorter')).refused('version_conflict').says(/has been sent already/);
    (await me.say('show my sent emails')).says(/^You have 1 sent email:\n1\. "The rent" to Ann, sent /);
  });

  it('that has left is told by an undo of the last changes, and nothing of it is put away', async () => {
    const me = await withDraft();
    const heard = await me.sayAll('send it', 'yes');
    await delayPasses(heard);
    const drafts = async () => (await me.client.rest.call({ path: '/drafts', schema: listOf(draft) })).items;
    await eventually('it is sent', async () => (await drafts()).some(({ status }) => status === 'sent'));
    (await me.say('undo the last two'))
      .refused('version_conflict')
      .says(/^"The rent" has been sent already, and can't be taken back\.$/);
    await me.say('create a task to buy milk');
    const both = await me.say('undo the last three');
    both.says(/^Undone: Added "buy milk"\.\n"The rent" has been sent already, and can't be taken back\.$/);
    expect(await me.titles()).toEqual([]);
    for (const words of ['undo that last change', 'undo the draft'])
      (await me.say(words)).changesNothing().says(/sent already/);
    expect(await drafts()).toMatchObject([{ status: 'sent' }]);
  });

  it('and its writing are taken back together as long as it has not left', async () => {
    const me = await withDraft();
    await me.sayAll('send it', 'yes');
    (await me.say('undo the draft'))
      .changesNothing()
      .says(/^"The rent" is on its way\. Undo the sending first\.$/);
    (await me.say('undo the last two')).says(/^Stopped\. .*\nUndone: /);
    const { items } = await me.client.rest.call({ path: '/drafts', schema: listOf(draft) });
    expect(items).toEqual([]);
  });

  it.each(['undo', 'stop', "don't send it", 'cancel', 'wait, stop sending', 'cancel the email'])(
    'is stopped within the delay by "%s"',
    async (words) => {
      const me = await withDraft();
      const heard = await me.sayAll('send it', 'yes');
      const stopped = await me.say(words);
      stopped.says('Stopped. It was not sent, and is a draft again.');
      expect(draftOf(stopped)).toMatchObject({ status: 'draft', addresses: [], send_at: null });
      await db('deliveries')
        .where({ id: deliveryOf(heard) })
        .update({ not_before: new Date(0) });
      (await me.say('undo that undo')).changesNothing();
      expect(await stateOf(heard)).toBe('planned');
      expect(await outboxOf(deliveryOf(heard))).toEqual([]);
      (await me.say('send it')).asks({ slot: 'target', kind: 'confirm' });
    },
  );

  it('is stopped by the button of its receipt, and then by no other', async () => {
    const me = await withDraft();
    const heard = await me.sayAll('send it', 'yes');
    const stopped = await me.undo(heard);
    stopped.says(/^Stopped\./);
    expect(stopped.receipt.effects.map(({ undo }) => undo)).toEqual([null, null]);
    (await me.undo(heard)).refused('version_conflict').says('That has been undone already.');
    (await me.undo(stopped)).refused('version_conflict').says('That can not be put back. Ask for it again.');
  });

  it('stays a draft after "not yet", and is not sent without a yes', async () => {
    const me = await withDraft();
    (await me.sayAll('send it', 'not yet')).says('All right, it stays a draft.').changesNothing();
    const asked = await me.say('send it');
    (await me.tap(asked, 'Not yet')).says('All right, it stays a draft.').changesNothing();
    expect((await me.client.rest.drafts()).items).toMatchObject([{ status: 'draft' }]);
  });

  it('keeps an address that was told on the way to a "not yet"', async () => {
    const me = await talk(url);
    await me.sayAll('draft an email to Ann', 'send it', "Ann's email is ann@example.com");
    (await me.say('not yet')).says('All right, it stays a draft. I keep the address for the next time.');
    (await me.say('stop')).says(/^That is done already/);
    (await me.say('send it')).asks({ slot: 'target', kind: 'confirm', words: /<ann@example\.com>/ });
  });

  it('says that it knows no set time', async () => {
    const me = await withDraft();
    (await me.say('send it tomorrow at 9')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Send "The rent" to Ann <ann@example\.com>\? .*I can't send at a set time, only now\./,
    });
  });

  it('asks again where the text was changed between the question and the yes', async () => {
    const me = await withDraft();
    const asked = await me.say('send it');
    (await me.say('make it shorter')).says(/^Made it shorter\.[\s\S]*Still open: Send "The rent"/);
    const again = await me.tap(asked, 'Send it');
    again.asks({
      slot: 'target',
      kind: 'confirm',
      words: /^It was changed meanwhile\. Send "The rent" to Ann/,
    });
    (await me.say('yes')).says(/^Sending to Ann/);
  });

  it('goes to whom the draft is for by then', async () => {
    const me = await withDraft();
    await me.say("Bob's email is bob@example.com");
    await me.say('send it');
    (await me.say('make it to Bob')).says(/^It is for Bob now\./);
    (await me.say('yes')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /^It was changed meanwhile\. Send "The rent" to Bob <bob@example\.com>\?/,
    });
  });
});

describe('who it goes to', () => {
  it('is asked with buttons where several are called so', async () => {
    const me = await talk(url);
    await me.sayAll(
      "Bob Miller's email is miller@example.com",
      "Bob Smith's email is smith@example.com",
      'draft an email to Bob saying I am late',
    );
    const asked = await me.say('send it');
    asked.asks({
      slot: 'recipient',
      kind: 'choice',
      words: /^Which Bob do you mean\?$/,
      choices: [/^Bob \w+ <\w+@example\.com>$/, /^Bob \w+ <\w+@example\.com>$/],
    });
    const confirm = await me.tap(asked, /Miller/);
    confirm.asks({ slot: 'target', kind: 'confirm', words: /to Bob Miller <miller@example\.com>\?/ });
    const heard = await me.say('send it');
    expect(draftOf(heard)).toMatchObject({ recipients: ['Bob Miller'], addresses: ['miller@example.com'] });
    expect(heard.receipt.effects.map(({ kind }) => kind)).toEqual(['draft', 'delivery']);
  });

  it('is asked one after the other where several are unknown', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann and Eve about the party');
    (await me.say('send it')).asks({ slot: 'recipient', words: /Ann's/ });
    (await me.say('ann@example.com')).asks({ slot: 'recipient', words: /Eve's/ });
    const heard = await me.sayAll('eve@example.com', 'yes');
    heard.says('Sending to Ann <ann@example.com> and Eve <eve@example.com> in 20 seconds.');
    expect(draftOf(heard).addresses).toEqual(['ann@example.com', 'eve@example.com']);
    const names = (await me.say('show my contacts')).result.cards.flatMap((card) =>
      card.kind === 'contact' ? [card.data.contact.name] : [],
    );
    expect(names).toEqual(['Ann', 'Eve']);
  });

  it('is asked again where an answer is no address', async () => {
    const me = await talk(url);
    await me.sayAll('draft an email to Ann', 'send it');
    (await me.say('my boss')).asks({
      slot: 'recipient',
      words: /^I need an address such as ann@example\.com\./,
    });
    (await me.say('ann@example')).asks({ slot: 'recipient', words: /^"ann@example" is no email address\./ });
    (await me.say('ann@example.com')).asks({ slot: 'target', kind: 'confirm', words: /<ann@example\.com>/ });
  });

  it('is only who is named, where the draft is for more', async () => {
    const me = await talk(url);
    await me.sayAll("Ann's email is ann@example.com", 'draft an email to Ann and Bob about the trip');
    (await me.say('send it to Ann')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /to Ann <ann@example\.com>\?/,
    });
    await me.say('no');
    (await me.say('send the email to Ann')).asks({ slot: 'recipient', words: /^What is Bob's/ });
  });

  it('can be an address in place of the name, or somebody else, or more', async () => {
    const me = await withDraft();
    (await me.say('send it to ann@work.example')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /to Ann <ann@work\.example>\?/,
    });
    await me.say('no');
    (await me.say('send it to eve@example.com and bob@example.com')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /to eve@example\.com and bob@example\.com\?/,
    });
    await me.say('no');
    (await me.say('also send it to Bob')).says(/^It is for Ann and Bob now\./);
    (await me.say('send it')).asks({ slot: 'recipient', words: /^What is Bob's email address\?$/ });
    (await me.say('skip')).says(/It stays a draft\.$/).changesNothing();
  });
});

describe('which draft', () => {
  it('is found by place, by receiver and by topic', async () => {
    const me = await talk(url);
    await me.sayAll(
      'draft an email to Ann about the rent',
      'draft an email to Bob about the party',
      'draft an email to Eve about the car',
      'show my drafts',
    );
    const subjects: readonly [string, RegExp][] = [
      ['send the second one', /Bob's/],
      ['send the first draft', /Eve's/],
      ['send the email to Ann', /Ann's/],
      ['send the email about the party', /Bob's/],
      ['send the rent email', /Ann's/],
      ['send the car draft', /Eve's/],
      ['send it', /Eve's/],
    ];
    for (const [words, name] of subjects) {
      (await me.say(words)).asks({ slot: 'recipient', words: name });
      await me.say('never mind');
    }
    (await me.say('send the email about the dog')).refused('not_found');
  });

  it('is asked where two fit', async () => {
    const me = await talk(url);
    await me.sayAll('draft an email to Ann about the rent', 'draft an email to Ann about the party');
    const asked = await me.say('send the email to Ann');
    asked.asks({ slot: 'target', kind: 'choice', choices: ['"The party" to Ann', '"The rent" to Ann'] });
    (await me.tap(asked, /rent/)).asks({ slot: 'recipient', words: /Ann's/ });
  });

  it('is the one just written where both are said at once', async () => {
    const me = await talk(url);
    await me.say("Ann's email is ann@example.com");
    const heard = await me.say("write an email to Ann saying I'm late and send it");
    expect(heard.result.acts.map(({ action }) => action)).toEqual(['draft_email', 'send_email']);
    expect(heard.result.status).toBe('clarifying');
    expect(heard.result.reply).toMatch(/I'm late\.\n[\s\S]*Send ".*" to Ann <ann@example\.com>\?/);
    (await me.say('yes')).says(/^Sending to Ann/);
  });

  it('is none where there is none', async () => {
    const me = await talk(url);
    (await me.say('send it')).changesNothing();
    expect((await me.say('send my draft')).result.status).not.toBe('completed');
  });
});

describe('sending over REST', () => {
  it('is confirmed by the call, guarded by the version, and undone until it leaves', async () => {
    const { token } = await person();
    const wire = await Wire.open(url, { token });
    const api = (method: string, path: string, body?: object, headers?: Record<string, string>) =>
      call(url, method, `/api/v1${path}`, { token, ...(body && { body }), ...(headers && { headers }) });
    await wire.say('draft an email to Ann about the rent');
    const [kept] = listOf(draft).parse((await api('GET', '/drafts')).body).items;
    const id = kept?.id ?? '';
    const send = (headers?: Record<string, string>) => api('POST', `/drafts/${id}/send`, {}, headers);
    expect(await send()).toMatchObject({ status: 400, body: { error_code: 'validation_error' } });
    expect((await api('POST', '/contacts', { name: 'Ann', address: 'ann@example.com' })).status).toBe(200);
    expect(await api('POST', '/contacts', { name: 'ann', address: 'Ann@example.com' })).toMatchObject({
      status: 409,
      body: { error: '"ann" is in your contacts already.' },
    });
    expect(await send({ 'if-match': '"7"' })).toMatchObject({ status: 409 });
    const sending = await send();
    expect(sending).toMatchObject({
      status: 200,
      body: { item: { status: 'sending', addresses: ['ann@example.com'] } },
    });
    expect(await api('PATCH', `/drafts/${id}`, { subject: 'Hi' })).toMatchObject({
      status: 409,
      body: { error: 'That email is on its way. Undo the sending first.' },
    });
    expect((await api('DELETE', `/drafts/${id}`)).status).toBe(409);
    expect(await send()).toMatchObject({ status: 409, body: { error_code: 'version_conflict' } });
    expect((await api('GET', '/drafts?status=sending')).body).toMatchObject({ items: [{ id }] });
    const { receipt_id: receiptId } = (sending.body as { receipt: { receipt_id: string } }).receipt;
    expect(await api('POST', `/receipts/${receiptId}/undo`)).toMatchObject({ status: 200 });
    expect((await api('GET', '/drafts?status=draft')).body).toMatchObject({ items: [{ id, addresses: [] }] });

    const again = await send();
    const later = (again.body as { receipt: { receipt_id: string; effects: { kind: string; id: string }[] } })
      .receipt;
    const delivery = later.effects.find(({ kind }) => kind === 'delivery')?.id;
    const past = new Date(Date.now() - 1_000);
    await db('receipts').where({ id: later.receipt_id }).update({ undo_until: past });
    await db('deliveries').where({ id: delivery }).update({ not_before: past });
    await eventually('it is sent', async () => {
      const { body } = await api('GET', '/drafts?status=sent');
      return listOf(draft).parse(body).items.length === 1;
    });
    expect(await api('POST', `/receipts/${later.receipt_id}/undo`)).toMatchObject({
      status: 409,
      body: { error: 'It has been sent already.' },
    });
    expect(await api('PATCH', `/drafts/${id}`, { subject: 'Hi' })).toMatchObject({
      status: 409,
      body: { error: 'That email has been sent already.' },
    });
    expect((await api('DELETE', `/drafts/${id}`)).status).toBe(200);
  });
});
