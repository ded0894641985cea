import { describe, expect, it } from 'vitest';
import type { Act } from '../../contracts/nlu.ts';
import { chosenAct, doubtAbout, isMereGuess } from '../../workers/workflows/doubted-acts.ts';
import { question } from '../nlu/question.ts';

const act = (changes: Partial<Act> & { verdict?: Act['gate']['verdict'] } = {}): Act => {
  const { verdict = 'ambiguous', ...rest } = changes;
  return {
    intent: 'task_management',
    action: 'create_task',
    confidence: 0.5,
    source: 'classifier',
    span: { start: 0, end: 8 },
    entities: [],
    gate: { verdict, missing: [], alternatives: [] },
    ...rest,
  };
};
const EVENT = { action: 'create_event' as const, confidence: 0.4, slots: { title: 'sam' } };

describe('two readings of what is asked for', () => {
  const doubtful = act({ gate: { verdict: 'ambiguous', missing: [], alternatives: [EVENT] } });

  it('are put as choices, each with the slots read for it', () => {
    expect(doubtAbout(doubtful, { title: 'sam', due_date: '2026-11-27' })).toMatchObject({
      kind: 'choice',
      choices: [
        { choice_id: 'create_task', label: 'Add a task: "sam"' },
        { choice_id: 'create_event', label: 'Add an event: "sam"' },
        { choice_id: 'drop' },
      ],
      choiceSlots: { create_task: { title: 'sam', due_date: '2026-11-27' }, create_event: { title: 'sam' } },
    });
  });

  it('are not offered where the other one is hardly likely, or no request', () => {
    for (const other of [
      { ...EVENT, confidence: 0.1 },
      { ...EVENT, action: 'goodbye' as const },
    ])
      expect(
        doubtAbout(act({ gate: { verdict: 'ambiguous', missing: [], alternatives: [other] } }), {}),
      ).toBeNull();
  });

  it('become the act that was chosen, with what it still lacks', () => {
    const open = question({
      kind: 'choice',
      choices: [
        { choice_id: 'create_task', label: 'Add a task' },
        { choice_id: 'create_event', label: 'Add an event' },
      ],
      choice_slots: { create_task: { title: 'sam' }, create_event: { title: 'sam' } },
    });
    expect(chosenAct(doubtful, open, 'create_event')).toMatchObject({
      intent: 'calendar_event',
      action: 'create_event',
      gate: { verdict: 'incomplete', missing: ['start'] },
    });
    expect(chosenAct(doubtful, open, undefined)).toMatchObject({
      action: 'create_task',
      gate: { verdict: 'pass', missing: [] },
    });
  });
});

describe('one uncertain reading', () => {
  it('is asked about where something would go away or tokens be charged', () => {
    for (const action of ['delete_task', 'draft_email'] as const)
      expect(doubtAbout(act({ action, verdict: 'unsure' }), {})).toMatchObject({
        kind: 'choice',
        choices: [{ choice_id: action }, { choice_id: 'drop' }],
      });
  });

  it('is carried out where it can be taken back', () => {
    expect(doubtAbout(act({ verdict: 'unsure' }), {})).toBeNull();
    expect(doubtAbout(act({ action: 'list_tasks', verdict: 'unsure' }), {})).toBeNull();
  });

  it('is a mere guess below all limits, and then nothing is offered', () => {
    const guessed = act({ action: 'delete_task', confidence: 0.2 });
    expect(isMereGuess(guessed)).toBe(true);
    expect(doubtAbout(guessed, {})).toBeNull();
    expect(isMereGuess(act())).toBe(false);
  });
});
