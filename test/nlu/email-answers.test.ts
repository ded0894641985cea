import { describe, expect, test } from 'vitest';
import type { Slots } from '../../contracts/slots.ts';
import type { NluInput } from '../../workers/nlu/pipeline.ts';
import { QUESTION_ID, question, readAs, understand } from './understand.ts';

const asked = (changes: Parameters<typeof question>[0]): Partial<NluInput> => ({
  questions: [question({ intent: 'email', action: 'draft_email', slots: {}, ...changes })],
});
const WHO = asked({ slot: 'recipient', question: 'Who is it for?' });

describe('"Who is it for?"', () => {
  test.each<[text: string, slots: Slots]>([
    ['professor Lang', { recipient: ['professor Lang'] }],
    ['professor #7', { recipient: ['professor #7'] }],
    ['Ann and Bob', { recipient: ['Ann', 'Bob'] }],
    ['ann, bob & carl', { recipient: ['ann', 'bob', 'carl'] }],
    ['ann@example.org', { recipient: ['ann@example.org'] }],
    ["it's for my boss please", { recipient: ['my boss'] }],
    ['to the landlord', { recipient: ['the landlord'] }],
    ['mom 😊', { recipient: ['mom'] }],
    ['HR', { recipient: ['HR'] }],
    ['April', { recipient: ['April'] }],
    ['Ann, about the trip', { recipient: ['Ann'], subject: 'the trip' }],
    ['my mom and dad', { recipient: ['my mom', 'dad'] }],
    ['the tax office', { recipient: ['the tax office'] }],
    ['Bill Gates', { recipient: ['Bill Gates'] }],
    ['mark twain', { recipient: ['mark twain'] }],
    ['send it to Tom', { recipient: ['Tom'] }],
    ["Bob saying i'm late", { recipient: ['Bob'], body: "i'm late" }],
  ])('%s', async (text, slots) => {
    const { continuation, acts } = await understand(text, WHO);
    expect(continuation).toEqual({ kind: 'answer', clarification_id: QUESTION_ID, slots });
    expect(acts[0]?.action).toBe('draft_email');
    for (const { start, end, text: said } of acts[0]?.entities ?? [])
      expect(text.slice(start, end)).toBe(said);
  });

  test.each([
    ['no', 'drop'],
    ['never mind', 'drop'],
    ['skip', 'skip'],
    ['nobody yet', 'skip'],
    ['leave it blank', 'skip'],
    ['yes', 'return'],
    ['i do not want to tell you', 'reask'],
    ['tomorrow', 'correction'],
    ['what is the weather like?', 'none'],
    ['show my tasks', 'none'],
    ['create a task to buy milk', 'none'],
    ['buy milk tomorrow', 'none'],
    ['buy milk', 'none'],
    ['forward the last mail to Tom', 'none'],
    ['bill the client', 'none'],
    ["what's due today", 'none'],
    ['how many tokens do I have left?', 'none'],
  ])('%s: %s', async (text, kind) => {
    expect((await understand(text, WHO)).continuation.kind).toBe(kind);
  });
});

describe('the free way, said to "Who is it for?"', () => {
  test.each<[text: string, slots: Slots]>([
    ['Bob, with a template', { recipient: ['Bob'] }],
    ['my boss, no ai', { recipient: ['my boss'] }],
    ['use a template', {}],
  ])('%s', async (text, slots) => {
    const { continuation } = await understand(text, WHO);
    expect(continuation).toMatchObject({ kind: 'answer', slots, choice_id: 'template' });
  });
});

describe('other slots of an email', () => {
  test.each([
    ['subject', 'the broken heater', 'the broken heater'],
    ['subject', 'subject: Lunch on friday', 'Lunch on friday'],
    ['subject', "it's about the rent", 'the rent'],
    ['subject', '"Hello there"', 'Hello there'],
    ['body', "say that I'm late", "I'm late"],
    ['body', 'tell her the meeting is moved to 3pm', 'the meeting is moved to 3pm'],
    ['body', 'it should say thanks for everything!', 'thanks for everything!'],
    ['body', 'call me back tomorrow', 'call me back tomorrow'],
    ['body', 'move the meeting to friday', 'move the meeting to friday'],
    ['email_type', 'an apology', 'apology'],
    ['email_type', 'thank you note', 'thank_you'],
    ['email_type', 'follow up', 'follow_up'],
    ['email_type', 'status update', 'status_update'],
  ] as const)('%s: %s', async (slot, text, value) => {
    expect((await understand(text, asked({ slot }))).continuation).toEqual({
      kind: 'answer',
      clarification_id: QUESTION_ID,
      slots: { [slot]: value },
    });
  });

  test.each(['show my tasks', 'create a task to buy milk', 'draft an email to Bob about rent'])(
    'asked what it should say, "%s" is a request',
    async (text) => {
      expect((await understand(text, asked({ slot: 'body' }))).continuation.kind).toBe('none');
    },
  );

  test('a kind that is none does not fit', async () => {
    expect(await readAs('email_type', 'purple')).toBeUndefined();
    expect((await understand('purple', asked({ slot: 'email_type' }))).continuation.kind).toBe('reask');
  });
});

describe('the way that costs nothing', () => {
  const OFFER = asked({
    slot: 'email_type',
    kind: 'choice',
    question: 'Token limit reached. Upgrade to premium.',
    choices: [
      { choice_id: 'template', label: 'Use a template' },
      { choice_id: 'drop', label: 'Never mind' },
    ],
    choice_slots: { template: { email_type: 'general' } },
  });

  test.each([
    'use the template',
    'yes, the template',
    'template please',
    'template',
    'ok use the free one',
    'the free one then',
    'just use a template',
    'Use a template',
    "ok let's go with the template",
    'the first one',
    'sure, go ahead with the free one',
    'the free one please',
  ])('%s', async (text) => {
    const { continuation, acts } = await understand(text, OFFER);
    expect(continuation).toMatchObject({ kind: 'answer', choice_id: 'template' });
    // What kind of email it is was not said by these words.
    expect(acts[0]?.entities).toEqual([]);
  });

  test.each([
    ['no', 'drop'],
    ['neither', 'drop'],
    ['never mind', 'drop'],
    ['upgrade', 'none'],
    ['show my tasks', 'none'],
    ['purple', 'reask'],
  ])('%s: %s', async (text, kind) => {
    expect((await understand(text, OFFER)).continuation.kind).toBe(kind);
  });
});
