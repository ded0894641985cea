import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Slots } from '../../contracts/slots.ts';

import { NOW } from './clock.ts';

export const QUESTION_ID = '01890000-0000-7000-8000-000000000001';

/** "What do you want to study?", asked a moment ago. */
export function question(changes: Partial<OpenQuestion> = {}): OpenQuestion {
  const slots: Slots = { title: 'study' };
  return {
    clarification_id: QUESTION_ID,
    slot: 'title',
    kind: 'slot',
    question: 'What do you want to study?',
    choices: [],
    expires_at: '2026-11-24T10:00:00-05:00',
    asked_at: NOW,
    active_until: '2026-11-23T10:10:00-05:00',
    asked_count: 1,
    intent: 'task_management',
    action: 'create_task',
    slots,
    choice_slots: {},
    ...changes,
  };
}
