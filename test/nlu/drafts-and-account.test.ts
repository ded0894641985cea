import { describe, expect, test } from 'vitest';
import type { Slots } from '../../contracts/slots.ts';
import { parseText, understand } from './understand.ts';

const SEARCHES: [text: string, slots: Slots][] = [
  ['show my drafts', {}],
  ['list drafts', {}],
  ['drafts', {}],
  ['my drafts pls', {}],
  ['what drafts do I have?', {}],
  ['do i have any drafts', {}],
  ['how many drafts do i have', {}],
  ['open my last draft', {}],
  ['show me that draft again', {}],
  ['show my emails', {}],
  ['check my email', {}],
  ['last draft', {}],
  ['find my draft email to Bob', { recipient: ['Bob'] }],
  ['find the draft to Ann', { recipient: ['Ann'] }],
  ['where is my draft to professor #7', { recipient: ['professor #7'] }],
  ['show the draft for my landlord about the heater', { recipient: ['my landlord'], query: 'the heater' }],
  ['look for drafts to Ann about rent', { recipient: ['Ann'], query: 'rent' }],
  ['drafts about heating', { query: 'heating' }],
  ['find the heating draft', { query: 'heating' }],
  ['find emails from Bob', { recipient: ['Bob'] }],
  ['search my emails for invoice', { query: 'invoice' }],
  ['show emails about the meeting', { query: 'the meeting' }],
  ['drafts i wrote last week', { date_range: { start: '2026-11-16', end: '2026-11-23' } }],
];

describe('a look at drafts and emails', () => {
  test.each(SEARCHES)('%s', async (text, slots) => {
    const { acts } = await understand(text);
    expect(acts[0]).toMatchObject({ action: 'search_email', gate: { verdict: 'pass', missing: [] } });
    const { act, values } = await parseText(text);
    expect(values).toEqual(slots);
    for (const { start, end, text: said } of act.entities) expect(text.slice(start, end)).toBe(said);
  });

  test.each([
    ['review the draft', 'create_task'],
    ['add a task to find the draft by friday', 'create_task'],
    ['add a task to check my email tomorrow', 'create_task'],
    ['show tasks about drafts', 'list_tasks'],
  ])('is not meant by "%s"', async (text, action) => {
    expect((await parseText(text)).act.action).toBe(action);
  });
});

describe('a question about usage', () => {
  test.each([
    'how many tokens do I have left?',
    'how many toekns left 🤔',
    'how much of my quota is used',
    "what's my usage",
    'usage',
    'tokens left',
    'token balance',
    'my quota pls',
    'do i have any tokens left',
    'how much have i used this month',
    'am I close to my limit',
    'am i running low on tokens',
    'did i hit my limit',
    'when does my quota reset',
    'when do my tokens renew',
    'when is the next reset?',
    'how much does a draft cost',
    'how many tokens does a draft cost?',
    'how many drafts can i still make',
    'what are my limits',
    'what did I spend this month',
    'what plan am I on',
    'am I premium',
    'is my account premium',
  ])('%s', async (text) => {
    expect((await understand(text)).acts[0]).toMatchObject({
      action: 'show_usage',
      gate: { verdict: 'pass' },
    });
  });

  test.each([
    ['buy bus tokens', 'create_task'],
    ['add a task to check token usage', 'create_task'],
    ['check token prices tomorrow', 'create_task'],
    ['usage report by friday', 'create_task'],
    ['reset my password', 'create_task'],
    ['how much does milk cost', 'out_of_scope'],
    ["what's my plan for today", 'daily_briefing'],
  ])('is not meant by "%s"', async (text, action) => {
    expect((await parseText(text)).act.action).toBe(action);
  });
});

describe('the wish for more', () => {
  test.each([
    'upgrade',
    'upgrade me please 🙏',
    'upgrade my plan',
    'can i upgrade',
    'how do i upgrade?',
    'go premium',
    "i'd like premium",
    'premium',
    'how much is premium',
    'what does premium cost?',
    'what do i get with premium',
    'I want unlimited tokens',
    'i need more tokens',
    'buy more tokens',
    'subscribe',
  ])('%s', async (text) => {
    expect((await understand(text)).acts[0]).toMatchObject({ action: 'upgrade', gate: { verdict: 'pass' } });
  });

  test.each([
    'upgrade the router firmware',
    'upgrade my phone tomorrow',
    'upgrade to windows 11',
    'subscribe to the newsletter',
    'buy premium coffee',
  ])('"%s" is something to do', async (text) => {
    expect((await parseText(text)).act.action).toBe('create_task');
  });
});
