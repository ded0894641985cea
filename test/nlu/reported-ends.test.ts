import { expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { question, understand } from './understand.ts';

const AT = '2026-11-23T09:58:00-05:00';
/** Another event was made last, so that a mere "it" would be that one. */
const lastReceipt = {
  action: 'create_event' as const,
  kind: 'event' as const,
  title: 'gala',
  slots: {},
  at: AT,
};

test.each([
  ['the vendor call is off, take it out of my calendar', 'cancel_event', 'vendor call'],
  ['ok the board meeting is cancelled, so please remove it', 'cancel_event', 'board meeting'],
  ["yoga isn't happening, delete it", 'cancel_event', 'yoga'],
  ['the interview fell through - cancel it please', 'cancel_event', 'interview'],
  ["i'm done with the report, tick it off", 'complete_task', 'report'],
  ['the tax return is done, mark it as done', 'complete_task', 'tax return'],
])('%s: "it" is what the clause before names', async (text, action, query) => {
  const { acts } = await understand(text, { lastReceipt });
  expect(acts).toHaveLength(1);
  expect(acts[0]?.action).toBe(action);
  expect(slotsOf(acts[0]?.entities ?? []).target).toMatchObject({ query });
  for (const entity of acts[0]?.entities ?? [])
    expect(text.slice(entity.start, entity.end)).toBe(entity.text);
});

const moved = question({
  slot: 'start',
  action: 'update_event',
  intent: 'calendar_event',
  question: 'What should change about it?',
  slots: { target: { kind: 'event', query: 'design sync' } },
});

test.each([
  'to 4pm, same day',
  'same day but 4pm',
  'at 4pm on the same day',
  '4pm, keep the same day',
  '4pm',
])('%s: an hour alone keeps the day of what moves', async (text) => {
  const { acts, continuation } = await understand(text, { questions: [moved] });
  const { start } = slotsOf(acts[0]?.entities ?? []);
  expect(continuation).toMatchObject({ kind: 'correction', slots: { start } });
  expect(start).toContain('T16:00');
  expect(acts[0]?.params?.day_kept).toBe(start);
});

const titled = question({ question: 'What do you want to write?', slots: { title: 'write' } });

test.each([
  'ok back to the task',
  'back to my task',
  'where were we with the task?',
  'so, back to the question',
])('%s: the newest question of that kind is asked again', async (text) => {
  const { continuation } = await understand(text, { questions: [titled] });
  expect(continuation).toMatchObject({ kind: 'return', clarification_id: titled.clarification_id });
});
