import { describe, expect, it } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { NOW, question, understand } from './understand.ts';

const spokenOf = (...names: string[]) => ({ lastPeople: { names, at: NOW } });

describe('whoever was spoken of last', () => {
  it.each([
    ['could you write her an email asking for friday off', ['Nora']],
    ['please write her an email that Paul is ill', ['Nora']],
    ['write an email to her saying that Paul is ill', ['Nora']],
    ["email her that I'm late", ['Nora']],
    ['write her that i cant come', ['Nora']],
    ['id like to send them a short email about friday', ['Nora']],
    ['drop him a line about the party', ['Nora']],
    ['ok, and now send her another email about the rent', ['Nora']],
    ['tell him that I am ill and ask for a new date', ['Nora']],
    ["tell her I'll be late", ['Nora']],
    ['let her know that the dinner is off', ['Nora']],
    ['could you tell her about the new flat', ['Nora']],
    ['please inform them that we have moved', ['Nora']],
  ])('"%s"', async (text, recipient) => {
    const { acts } = await understand(text, spokenOf('Nora'));
    expect(acts.map(({ action }) => action)).toEqual(['draft_email']);
    expect(slotsOf(acts[0]?.entities ?? []).recipient).toEqual(recipient);
    // The words of the entity are those that were said.
    expect(text).toContain(acts[0]?.entities.find(({ slot }) => slot === 'recipient')?.text);
  });

  it('is whose address the message begins with', async () => {
    const text = "Nora's address is nora@example.com, could you write her an email about friday";
    const { acts } = await understand(text, spokenOf('Zoe'));
    expect(acts[0]?.params?.contact).toMatchObject({ name: 'Nora', address: 'nora@example.com' });
    expect(slotsOf(acts[1]?.entities ?? [])).toMatchObject({ recipient: ['Nora'] });
    expect(acts[1]?.entities.find(({ slot }) => slot === 'recipient')?.text).toBe('her');
  });

  it('is several', async () => {
    const { acts } = await understand('write them an email about the party', spokenOf('Ann', 'Bob'));
    expect(slotsOf(acts[0]?.entities ?? []).recipient).toEqual(['Ann', 'Bob']);
    const one = await understand('write her an email about the party', spokenOf('Ann', 'Bob'));
    expect(slotsOf(one.acts[0]?.entities ?? []).recipient).not.toEqual(['Ann', 'Bob']);
  });

  it('is who gets what was asked to be sent, and who it is for', async () => {
    const sent = await understand('send it to her', {
      ...spokenOf('Nora'),
      lastReceipt: { action: 'draft_email', kind: 'draft', slots: {}, at: NOW },
    });
    expect(slotsOf(sent.acts[0]?.entities ?? []).recipient).toEqual(['Nora']);
    const { continuation } = await understand('to her', {
      ...spokenOf('Nora'),
      questions: [question({ slot: 'recipient', action: 'draft_email', slots: {} })],
    });
    expect(continuation).toMatchObject({ kind: 'answer', slots: { recipient: ['Nora'] } });
  });

  it('is told in the email that is being written, where there is one', async () => {
    const { acts } = await understand('tell her that I am ill', {
      ...spokenOf('Nora'),
      lastReceipt: { action: 'draft_email', kind: 'draft', slots: {}, at: NOW },
    });
    expect(acts).toMatchObject([{ action: 'draft_email', params: { edit: { add: 'I am ill' } } }]);
  });

  it.each(['remind me to tell her that I am ill', 'tell her boss that I am late', 'add tell her the news'])(
    'gets no email by "%s"',
    async (text) => {
      const { acts } = await understand(text, spokenOf('Nora'));
      expect(slotsOf(acts[0]?.entities ?? []).recipient ?? []).not.toContain('Nora');
    },
  );

  it.each([
    ['email Bob that I sent her a letter', ['Bob']],
    ['email her boss that I am late', undefined],
    ['send Bob an email to thank him', ['Bob']],
  ])('not in "%s"', async (text, recipient) => {
    const { acts } = await understand(text, spokenOf('Nora'));
    const said = slotsOf(acts[0]?.entities ?? []).recipient;
    expect(said).not.toEqual(['Nora']);
    if (recipient) expect(said).toEqual(recipient);
  });

  it('is nobody after ten minutes', async () => {
    const at = new Date(Date.parse(NOW) - 11 * 60_000).toISOString();
    const { acts } = await understand('write her an email about friday', {
      lastPeople: { names: ['Nora'], at },
    });
    expect(slotsOf(acts[0]?.entities ?? []).recipient ?? []).not.toContain('Nora');
  });
});

describe('an address that is told without a name', () => {
  it.each([
    'zoe@example.com',
    "it's zoe@example.com",
    'its zoe@example.com',
    'her address is zoe@example.com',
    'her adress is zoe@example.com',
    'sorry, the email is zoe@example.com',
    'his email: zoe@example.com',
    'email address: zoe@example.com',
    "she's at zoe@example.com",
    'zoe@example.com is her email',
    'you can reach her at zoe@example.com',
    'save zoe@example.com as her address',
    'use zoe@example.com please',
  ])('is of whom was spoken of last: "%s"', async (text) => {
    const drafted = {
      lastReceipt: { action: 'draft_email' as const, kind: 'draft', slots: {}, at: NOW },
    };
    const contact = async (around: object) =>
      (await understand(text, { ...drafted, ...around })).acts[0]?.params?.contact;
    const address = 'zoe@example.com';
    expect(await contact(spokenOf('Zoe'))).toEqual({ move: 'save', name: 'Zoe', address });
    expect(await contact(spokenOf('Zoe', 'Tom'))).toEqual({ move: 'save', address });
  });

  it('is a receiver of an email to nobody by name', async () => {
    const { acts } = await understand('ann@example.com', {
      ...spokenOf('office@example.org'),
      lastReceipt: { action: 'draft_email', kind: 'draft', slots: {}, at: NOW },
    });
    expect(acts[0]?.params?.edit).toMatchObject({ to: 'set' });
    expect(slotsOf(acts[0]?.entities ?? []).recipient).toEqual(['ann@example.com']);
  });

  it('answers the question that is open', async () => {
    const { continuation } = await understand('her address is zoe@example.com', {
      ...spokenOf('Zoe'),
      questions: [question({ slot: 'recipient', action: 'send_email', slots: {} })],
    });
    expect(continuation).toMatchObject({ kind: 'answer', slots: { recipient: ['zoe@example.com'] } });
  });
});
