import { beforeAll, describe, expect, it } from 'vitest';
import { EMAIL_TYPES } from '../../workers/workflows/email/template-shape.ts';
import { salutation } from '../../workers/workflows/email/salutation.ts';
import { fillTemplate } from '../../workers/workflows/email/templates.ts';
import { sharedProduct } from '../support/product.ts';
import { draftOf, tokensUsed } from './letters.ts';
import { talk, type Talk } from './talk.ts';

const TONES = ['neutral', 'formal', 'friendly'] as const;
const KINDS = EMAIL_TYPES.flatMap((type) => TONES.map((tone) => ({ type, tone })));

describe('templates', () => {
  it.each(KINDS)('$type, $tone: reads well with little and with much', ({ type, tone }) => {
    const bare = fillTemplate({ recipients: [], type, tone });
    const full = fillTemplate({
      recipients: ['professor lang'],
      subject: 'the $& report',
      body: 'it costs $1 more',
      type,
      tone,
    });
    expect(full).toEqual(
      fillTemplate({
        recipients: ['professor lang'],
        subject: 'the $& report',
        body: 'it costs $1 more',
        type,
        tone,
      }),
    );
    expect(full.subject).toContain('The $& report');
    expect(full.body).toMatch(/^(?:Dear|Hi) Professor Lang,\n\n/);
    expect(full.body).toContain('the $& report');
    expect(full.body).toContain('\n\nIt costs $1 more.\n\n');
    for (const { subject, body } of [bare, full]) {
      expect(`${subject}\n${body}`).not.toMatch(/[{}]|undefined| {2}| [.,]|\.\.|topic/);
      expect(body).toMatch(/\n\n.+,\n\[Your name\]$/);
      expect(body.split('\n\n').length).toBeGreaterThanOrEqual(4);
    }
  });

  it('no two of them are alike', () => {
    const texts = KINDS.map((kind) => fillTemplate({ recipients: [], ...kind }).body);
    expect(new Set(texts).size).toBe(KINDS.length);
  });

  it.each([
    ['thank_you', 'thank you for your help', 'Thank you for your help', 'Thank you very much for your help.'],
    ['apology', 'the delay', 'Apologies: The delay', 'I am sorry about the delay.'],
    [
      'meeting_request',
      'Meeting about the budget',
      'Meeting about the budget',
      'meet with you about the budget.',
    ],
  ] as const)('%s: "%s" says nothing twice', (type, subject, title, words) => {
    const email = fillTemplate({ recipients: ['Ann'], subject, type, tone: 'neutral' });
    expect(email.subject).toBe(title);
    expect(email.body).toContain(words);
  });

  it('a purpose is nothing to be said', () => {
    const said = {
      recipients: ['Ann'],
      body: 'declining the invitation',
      type: 'decline',
      tone: 'formal',
    } as const;
    expect(fillTemplate(said)).toMatchObject({
      subject: 'Declining the invitation',
      body: expect.stringContaining('I regret that I must decline the invitation.\n\n[The reason') as unknown,
    });
  });

  it.each([
    [['professor lang'], 'neutral', 'Dear Professor Lang,'],
    [['Ann'], 'friendly', 'Hi Ann,'],
    [['Ann', 'Bob', 'dr. Wu'], 'formal', 'Dear Ann, Bob, and Dr. Wu,'],
    [['ann@example.org'], 'neutral', 'Hello,'],
    [['ann@example.org'], 'formal', 'Dear Sir or Madam,'],
    [['my boss'], 'friendly', 'Hi [Name],'],
    [['the team', 'mum'], 'friendly', 'Hi team and Mum,'],
    [['van der Berg'], 'formal', 'Dear van der Berg,'],
    [[], 'friendly', 'Hi there,'],
  ] as const)('greets %j, %s, as "%s"', (recipients, tone, words) => {
    expect(salutation(recipients, tone)).toBe(words);
  });
});

describe('without a language model', () => {
  let url: string;
  beforeAll(async () => {
    ({ url } = await sharedProduct());
  });

  it('drafts come from a template, and it is said why', async () => {
    const me = await talk(url);
    const heard = await me.say('draft an email to Ann');
    heard.says(/^No language model is set up here, so this is from a template\.\n\nSubject: /);
    heard.says(/\n\nKept as a draft\.$/);
    expect(draftOf(heard)).toMatchObject({ method: 'template', recipients: ['Ann'], email_type: 'general' });
    expect(heard.result.execution_result).toMatchObject({ method: 'template', gated: 'no_model' });
    expect(await tokensUsed(me)).toBe(0);
  });

  it('a template that was asked for needs no reason', async () => {
    const heard = await (await talk(url)).say('draft an apology email to Ann from a template');
    heard.says(/^Subject: /);
    expect(draftOf(heard)).toMatchObject({ method: 'template', email_type: 'apology' });
  });

  const takeBacks: [
    string,
    (me: Talk, round: number, last: Awaited<ReturnType<Talk['say']>>) => ReturnType<Talk['say']>,
  ][] = [
    ['by word', (me, round) => me.say(round % 2 === 0 ? 'undo' : 'undo that undo')],
    ['by button', (me, _round, last) => me.undo(last)],
  ];
  it.each(takeBacks)('a draft is taken back and put back, again and again, %s', async (_how, takeBack) => {
    const me = await talk(url);
    const made = await me.say('draft an email to Ann about the rent');
    const { id } = draftOf(made);
    const steps = [
      ['delete', 'deleted', 'Undone: Wrote the email draft "The rent".', 0],
      ['restore', 'restored', 'Put back: Wrote the email draft "The rent".', 1],
    ] as const;
    let last = made;
    for (const [round, [op, change, reply, left]] of [...steps, ...steps].entries()) {
      last = await takeBack(me, round, last);
      expect(last.result.reply).toBe(reply);
      expect(last.result.cards).toMatchObject([
        { kind: 'email', data: { change, draft: { id, version: round + 2 } } },
      ]);
      expect(last.receipt.effects).toMatchObject([{ kind: 'draft', op, id, title: 'The rent' }]);
      expect(last.result.requires_task_card).toBe(false);
      expect((await me.say('show my drafts')).result.execution_result).toMatchObject({ total: left });
    }
  });

  it('"undo the draft" leaves what was done since', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann about the rent');
    await me.say('create a task to buy milk');
    (await me.say('undo the draft')).says(/^Undone: Wrote the email draft/);
    expect(await me.titles()).toEqual(['buy milk']);
  });

  it('"actually 4pm" after a draft changes no task', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to buy milk tomorrow', 'draft an email to Ann');
    await me.say('actually 4pm');
    expect((await me.tasks()).map(({ version }) => version)).toEqual([1]);
  });

  it('drafts are found by recipient and by words, and one that was looked for is shown whole', async () => {
    const me = await talk(url);
    (await me.say('show my drafts')).says(/^You have no drafts yet\./);
    await me.sayAll('draft an email to Ann about the rent', 'draft an apology email to Bob');
    const all = await me.say('show my drafts');
    all.says(/^You have 2 drafts:\n1\. "My apologies" to Bob\n2\. "The rent" to Ann$/).changesNothing();
    expect(all.result.cards.map(({ kind }) => kind)).toEqual(['email', 'email']);
    const one = await me.say('show my drafts to Ann');
    one.says(/^"The rent" to Ann:\n\nSubject: The rent\n\nHello Ann,/);
    expect(draftOf(one).recipients).toEqual(['Ann']);
    expect(draftOf(await me.say('find drafts about the rent')).subject).toBe('The rent');
    (await me.say('show my drafts to Eve')).says(/^No drafts match that\.$/);
    (await me.say('search my emails for rent')).says(/^I can't look into a mailbox yet/);
    const stranger = await talk(url);
    expect((await stranger.say('show my drafts')).result.execution_result).toMatchObject({ total: 0 });
  });
});
