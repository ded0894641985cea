import { z } from 'zod';
import { card, type Card } from '../../../contracts/result.ts';
import { ask, type Step } from '../outcome.ts';

type ScheduleCard = Extract<Card, { kind: 'schedule' }>;
export type Schedule = ScheduleCard['data'];

/** What a yes agrees to: just what was shown, as long as what it was planned around is the same. */
const memo = z.object({
  /** Of the calendar. */
  version: z.int(),
  /** Versions of the tasks in the plan, by id. */
  tasks: z.record(z.string(), z.int()),
  card,
});
export interface Preview {
  version: number;
  tasks: Record<string, number>;
  schedule: Schedule;
}

/** The preview that was answered; null where it is lost. */
export function previewOf(kept: unknown): Preview | null {
  const parsed = memo.safeParse(kept);
  if (!parsed.success || parsed.data.card.kind !== 'schedule') return null;
  const { version, tasks, card: shown } = parsed.data;
  return { version, tasks, schedule: shown.data };
}

/** Shows what would be done, and asks whether to do it. */
export function askToAgree(
  preview: Preview,
  { preface, question, yes }: { preface: string; question: string; yes: string },
): Step {
  const shown: ScheduleCard = { kind: 'schedule', data: preview.schedule };
  return ask({
    slot: 'date_range',
    kind: 'confirm',
    preface,
    question,
    choices: [
      { choice_id: 'yes', label: yes },
      { choice_id: 'no', label: 'No' },
    ],
    choiceSlots: { yes: {}, no: {} },
    cards: [shown],
    replaces: true,
    memo: { version: preview.version, tasks: preview.tasks, card: shown },
  });
}
