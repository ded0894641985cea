import { describe, expect, test } from 'vitest';
import { question, understand } from './understand.ts';

const PARKED = '2026-11-23T09:59:00-05:00';
const [STUDY, REPORT, NAMELESS] = ['1', '2', '3'].map((n) => `01890000-0000-7000-8000-00000000000${n}`);

const study = question({ clarification_id: STUDY, active_until: PARKED });
const report = question({
  clarification_id: REPORT,
  active_until: PARKED,
  slot: 'target',
  kind: 'choice',
  action: 'complete_task',
  question: 'Which one do you want to complete?',
  slots: { target: { kind: 'task', query: 'report' } },
  choices: [
    { choice_id: 'anna', label: 'report for Anna' },
    { choice_id: 'ben', label: 'report for Ben' },
  ],
});
const nameless = question({
  clarification_id: NAMELESS,
  active_until: PARKED,
  question: 'What should the task be called?',
  slots: {},
});
const open = { questions: [nameless, report, study] };

describe('naming a parked question answers it', () => {
  test.each([
    'about the study question: physics',
    'the study one: physics',
    'for the study question, physics',
    'study question: physics',
    'study: physics',
    'the study one is physics',
    'ok, as for the study question: physics',
    'study physics',
    'ok back to the study one, physics',
    'back to the study question: physics',
  ])('%s', async (text) => {
    const { continuation, acts } = await understand(text, open);
    expect(continuation).toMatchObject({
      kind: 'answer',
      clarification_id: STUDY,
      slots: { title: 'study physics' },
    });
    for (const entity of acts[0]?.entities ?? [])
      expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  });

  test('a choice, by its words', async () => {
    expect((await understand('about the report question: Anna', open)).continuation).toMatchObject({
      kind: 'answer',
      clarification_id: REPORT,
      choice_id: 'anna',
    });
  });

  test('a question that knows no name yet', async () => {
    expect((await understand('the name question: water the plants', open)).continuation).toMatchObject({
      clarification_id: NAMELESS,
      slots: { title: 'water the plants' },
    });
  });

  test('another question that is active does not get in the way', async () => {
    const call = question({ slots: { title: 'call' }, question: 'What do you want to call?' });
    const questions = [call, ...open.questions];
    const kind = async (text: string) => (await understand(text, { questions })).continuation;
    expect(await kind('about the study question: physics')).toMatchObject({ clarification_id: STUDY });
    expect(await kind('study physics')).toMatchObject({ clarification_id: STUDY });
    expect(await kind('mom')).toMatchObject({ clarification_id: call.clarification_id });
  });
});

describe('moves by name', () => {
  test.each([
    ['drop the study question', 'drop', STUDY],
    ['never mind the report question', 'drop', REPORT],
    ['forget about the study one', 'drop', STUDY],
    ['the study question: never mind', 'drop', STUDY],
    ['skip the study question', 'skip', STUDY],
    ['back to the study question', 'return', STUDY],
    ['what about the report question?', 'return', REPORT],
  ])('%s', async (text, kind, id) => {
    expect((await understand(text, open)).continuation).toEqual({ kind, clarification_id: id });
  });
});

describe('what names no question is a request of its own', () => {
  test.each(['physics', 'buy milk', 'the dentist one: friday', 'note: call mom', 'drop the gym question'])(
    '%s',
    async (text) => {
      expect((await understand(text, open)).continuation.kind).toBe('none');
    },
  );
});

describe('"never mind"', () => {
  test('drops the innermost open question, also a parked one', async () => {
    for (const text of ['never mind', 'cancel', 'forget it'])
      expect((await understand(text, open)).continuation).toEqual({
        kind: 'drop',
        clarification_id: NAMELESS,
      });
    const active = question();
    expect(
      (await understand('never mind', { questions: [...open.questions, active] })).continuation,
    ).toMatchObject({ clarification_id: active.clarification_id });
  });

  test('finds nothing where the day of a question is over', async () => {
    const questions = [question({ active_until: '2026-11-22T09:00:00-05:00' })];
    const { continuation, acts } = await understand('never mind', { questions });
    expect(continuation.kind).toBe('none');
    expect(acts[0]?.action).toBe('cancel');
  });
});

describe('the buttons that every question takes', () => {
  test.each([
    ['drop', study],
    ['skip', study],
    ['drop', report],
    ['drop', question()],
  ])('%s', async (choice_id, asked) => {
    const { clarification_id } = asked;
    const { continuation } = await understand('', {
      questions: [asked],
      answering: { clarification_id, choice_id },
    });
    expect(continuation).toEqual({ kind: choice_id, clarification_id });
  });
});
