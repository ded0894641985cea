import { expect, test } from 'vitest';
import { agrees } from '../../workers/nlu/agreement.ts';
import { withoutCircumstances } from '../../workers/nlu/circumstances.ts';
import { plainText } from '../../workers/nlu/plain-text.ts';
import { understand } from './understand.ts';

const read = (text: string, asked = false): string => withoutCircumstances(plainText(text), asked).text;

test.each([
  ["i'm too tired, move the gym to friday", 'move the gym to friday'],
  ['push it to friday, the printer is late', 'push it to friday'],
  ["move it to monday because i'm ill", 'move it to monday'],
  ['trip is cancelled. undo that', 'undo that'],
  ['something came up, postpone the review to monday', 'postpone the review to monday'],
  ["reschedule the call since she can't make it", 'reschedule the call'],
  ['forget it, delete the draft', 'delete the draft'],
  ['nah, discard it', 'discard it'],
])('a clause that only says how things are: %s', (text, request) => expect(read(text)).toBe(request));

test.each([
  "i can't make it to the dentist tomorrow, move it to friday",
  "move it to friday, it's at 3",
  "move it to friday, it's not urgent",
  "cancel it, i'm ill, and move the gym to friday",
  'the report is done, delete it',
  'i finished the report, delete the other one',
  'move the meeting because of the strike to friday',
  "call mum because she's ill",
  'buy milk, the fridge is empty',
  "I'm sick tomorrow, move everything",
])('says more than how things are, or asks for nothing to be changed: %s', (text) =>
  expect(read(text)).toBe(text),
);

test('what is given up may be what is asked', () =>
  expect(read('forget it, delete the draft', true)).toBe('forget it, delete the draft'));

test.each([
  'yes, looks good',
  'yep, all of them',
  'sure, go for it',
  'ok delete them',
  'yes please delete all of them',
  'that works for me',
  'i know, delete them anyway',
  'great, thanks',
])('agrees: %s', (words) => expect(agrees(words, 'delete_task')).toBe(true));

test.each([
  'yes but not the milk',
  'not all of them',
  'send it',
  'please',
  'only the milk',
  'yes, the milk',
  'hmm',
])('is no agreement: %s', (words) => expect(agrees(words, 'delete_task')).toBe(false));

test('what stands before a request belongs to no value, and spans stay those of the text', async () => {
  const text = 'hmm, oh, move the gym to friday because i am ill';
  const [act] = (await understand(text)).acts;
  expect(act?.span).toEqual({ start: 0, end: text.length });
  for (const entity of act?.entities ?? []) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  expect(act?.entities.map(({ text: words }) => words)).toContain('the gym');
});

test.each([
  ['oops no, put it back', 'undo'],
  ['hm no, undo that', 'undo'],
  ['ok, nah, forget it', 'cancel'],
  ['what did you just undo?', 'help'],
  ['did you undo the meeting?', 'help'],
  ["hang on, what's on my list for today?", 'list_tasks'],
] as const)('%s', async (text, action) => expect((await understand(text)).acts[0]?.action).toBe(action));
