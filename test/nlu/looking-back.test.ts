import { describe, expect, it } from 'vitest';
import { parseText } from './understand.ts';

/** A Monday. */
const now = '2026-11-23T10:00:00+01:00';
const timezone = 'Europe/Vienna';

describe('what has been is asked for', () => {
  it.each([
    ['what did we talk about on wednesday?', { start: '2026-11-18', end: '2026-11-19' }],
    ['what did I tell you yesterday?', { start: '2026-11-22', end: '2026-11-23' }],
    ['what did I say last week?', { start: '2026-11-16', end: '2026-11-23' }],
    ['what did we discuss today', { start: '2026-11-23', end: '2026-11-24' }],
  ])('all that was said then: %s', async (text, range) => {
    const { act, values } = await parseText(text, { now, timezone });
    expect(act).toMatchObject({ action: 'search', params: { looks_back: 'then' } });
    expect(values).toEqual({ date_range: range });
  });

  it.each([
    'what was the last thing I told you?',
    'what did I just tell you?',
    'what was my last message?',
    'what did we talk about last?',
  ])('what was said last: %s', async (text) => {
    const { act, values } = await parseText(text, { now, timezone });
    expect(act).toMatchObject({ action: 'search', params: { looks_back: 'last' } });
    expect(values).toEqual({});
  });

  it.each([
    ['where was that restaurant we talked about', 'restaurant'],
    ['what was the place that I mentioned?', 'place'],
  ])('a place that was spoken of: %s', async (text, query) => {
    const { act, values } = await parseText(text, { now, timezone });
    expect(act).toMatchObject({ action: 'search', params: { looks_back: 'place' } });
    expect(values).toEqual({ query });
  });

  it.each([
    ['when did I last have supper with Mia?', 'last', 'supper with Mia'],
    ['when was the last time we went to the opera?', 'last', 'opera'],
    ['when was my last haircut?', 'last', 'haircut'],
    ['when do I usually go to the gym?', 'usual', 'gym'],
  ])('an event that has been: %s', async (text, looksBack, query) => {
    const { act, values } = await parseText(text, { now, timezone });
    expect(act).toMatchObject({ action: 'list_events', params: { looks_back: looksBack } });
    expect(values).toEqual({ query });
  });

  it.each([
    ['what did we say about the boiler?', 'search'],
    ['did we talk about the garden?', 'search'],
    ['what did I do on monday?', 'list_tasks'],
    ['when is my next lunch with Mia?', 'list_events'],
    ['when is the last day of the course?', 'list_events'],
  ])('and none of these: %s', async (text, action) => {
    const { act } = await parseText(text, { now, timezone });
    expect(act.action).toBe(action);
    expect(act.params?.looks_back).toBeUndefined();
  });
});

describe('conversations and the data kept', () => {
  it.each([
    ['delete this conversation', 'conversations'],
    ['please rename this chat to garden', 'conversations'],
    ['forget this conversation', 'conversations'],
    ['clear our chat history', 'conversations'],
    ['what data do you have on me?', 'kept'],
    ['how long do you keep my data?', 'kept'],
    ['where are my messages stored?', 'kept'],
  ])('%s', async (text, tell) => {
    const { act } = await parseText(text, { now, timezone });
    expect(act).toMatchObject({ action: 'help', params: { tell } });
  });

  it.each([
    'delete the conversation with Ann',
    'rename the chat with Ben to review',
    'delete this task',
    'how long is the meeting?',
    'add a task to clear the chat logs',
    'delete my last message to Ann',
  ])('and none of these: %s', async (text) => {
    const { act } = await parseText(text, { now, timezone });
    expect(act.params?.tell).toBeUndefined();
  });
});
