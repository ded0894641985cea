import { describe, expect, test } from 'vitest';
import { Understander, type IntentClassifier, type NluInput } from '../../workers/nlu/pipeline.ts';
import { NOW, peek, question, understand } from './understand.ts';

const asked = (changes: Parameters<typeof question>[0] = {}): Partial<NluInput> => ({
  questions: [question(changes)],
});

describe('corrections', () => {
  const lastReceipt = {
    action: 'create_task' as const,
    slots: { title: 'swim', due_date: '2026-11-25T15:00:00-05:00' },
    at: '2026-11-23T09:58:00-05:00',
  };
  test.each([
    ['actually 4pm', { due_date: '2026-11-25T16:00:00-05:00' }],
    ['no, friday', { due_date: '2026-11-27T15:00:00-05:00' }],
    ['friday instead', { due_date: '2026-11-27T15:00:00-05:00' }],
    ['not tomorrow, friday', { due_date: '2026-11-27T15:00:00-05:00' }],
    ['make it high priority', { priority: 'high' }],
    ['actually make it urgent', { priority: 'urgent' }],
    ['make it 2 hours', { duration_minutes: 120 }],
    ['sorry, I meant tomorrow at noon', { due_date: '2026-11-24T12:00:00-05:00' }],
  ])('%s', async (text, slots) => {
    const { continuation, acts } = await understand(text, { lastReceipt });
    expect(continuation).toEqual({ kind: 'correction', slots });
    expect(acts[0]).toMatchObject({ action: 'update_task', source: 'rule' });
    expect(acts[0]?.entities.find(({ slot }) => slot === 'target')?.value).toEqual({
      kind: 'task',
      reference: 'last',
    });
  });

  test.each(['buy milk', 'no', 'actually', 'actually buy bread', 'thanks', 'call mom tomorrow'])(
    '%s corrects nothing',
    async (text) => {
      expect((await understand(text, { lastReceipt })).continuation.kind).toBe('none');
    },
  );

  test('after ten minutes it is an ordinary request', async () => {
    const old = { ...lastReceipt, at: '2026-11-23T09:40:00-05:00' };
    const { continuation, acts } = await understand('make it high priority', { lastReceipt: old });
    expect(continuation.kind).toBe('none');
    expect(acts[0]?.action).toBe('update_task');
  });

  test('an open question is corrected before it is answered', async () => {
    expect((await understand('actually make it urgent', asked())).continuation).toEqual({
      kind: 'correction',
      slots: { priority: 'urgent' },
    });
  });
});

describe('a look at a waiting text', () => {
  test.each([
    ['stop', 'buy milk tomorrow', { verdict: 'cancel', slots: {} }],
    [
      'actually 4pm',
      'buy milk tomorrow at 3pm',
      { verdict: 'correction', slots: { due_date: '2026-11-24T16:00:00-05:00' } },
    ],
    [
      'no, friday',
      'add a task to buy milk tomorrow',
      { verdict: 'correction', slots: { due_date: '2026-11-27' } },
    ],
    ['call mom', 'buy milk', { verdict: 'queue', slots: {} }],
    ['actually 4pm', 'show my tasks', { verdict: 'queue', slots: {} }],
  ])('%s while "%s" runs', async (waiting, running, expected) => {
    expect(await peek(waiting, running)).toEqual(expected);
  });
  test.each([
    ['no, to Bob', { recipient: ['Bob'] }],
    ['No, Bob', { recipient: ['Bob'] }],
    ['I meant to Tim', { recipient: ['Tim'] }],
    ['actually, make it to Tim', { recipient: ['Tim'] }],
    ['send it to Tim instead', { recipient: ['Tim'] }],
    ['not Carl, Tim', { recipient: ['Tim'] }],
    ['no, about the exam', { subject: 'the exam' }],
    ['wait, to Tim about the exam', { recipient: ['Tim'], subject: 'the exam' }],
    ["no, say I'm late", { body: "I'm late" }],
    ['no, draft an email to Tim', { recipient: ['Tim'] }],
  ])('%s while a draft is made', async (waiting, slots) => {
    expect(await peek(waiting, 'draft an email to Carl about tea')).toEqual({ verdict: 'correction', slots });
  });
  test.each([
    'draft an email to Tim',
    'ok, draft another email to Tim',
    'actually, buy milk',
    'I meant to buy milk',
    'no, tomorrow',
    'actually 4pm',
    'make it shorter',
    'no, shorter',
    'no',
    'no, thanks',
    'buy milk tomorrow',
    'actually, show my tasks',
    'no, delete the milk task',
  ])('%s while a draft is made is no correction of it', async (waiting) => {
    const { verdict } = await peek(waiting, 'draft an email to Carl about tea');
    expect(verdict).toBe('queue');
  });
  test('an answer to an open question', async () => {
    expect(await peek('physics', 'show my tasks', [question()])).toEqual({
      verdict: 'answer',
      slots: { title: 'study physics' },
    });
  });
  test.each([false, true])(
    'is taken with the classifier that decides (the one before: %s)',
    async (usesPrevious) => {
      const asked: string[] = [];
      const stub = (version: string): IntentClassifier => ({
        version,
        floor: 0.5,
        margin: 0.1,
        outweighsFrom: () => 1,
        classify: () => {
          asked.push(version);
          return Promise.resolve([{ action: 'list_tasks', confidence: 0.9 }]);
        },
      });
      const own = new Understander({ classifier: stub('current'), previousClassifier: stub('previous') });
      await own.peek({
        waitingText: 'blue nine',
        runningText: 'blue seven',
        questions: [],
        timezone: 'America/New_York',
        now: new Date(NOW),
        previousClassifier: usesPrevious,
      });
      expect(new Set(asked)).toEqual(new Set([usesPrevious ? 'previous' : 'current']));
      expect(own.version(true)).not.toBe(own.version());
    },
  );
  test('the clock of the test is the one of the phrases', () => {
    expect(new Date(NOW).toISOString()).toBe('2026-11-23T15:00:00.000Z');
  });
});
