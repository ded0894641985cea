import { z } from 'zod';
import { card, type Card } from '../../../contracts/result.ts';
import { ask, type Step } from '../outcome.ts';

type ScheduleCard = Extract<Card, { kind: 'schedule' }>;
export type Schedule = ScheduleCard['data'];

/** Where a person wants a task of the plan, or all of it: from then on, or some time within. */
const wish = z.object({ task: z.string().nullable(), from: z.string(), to: z.string().nullable() });
export type Wish = z.infer<typeof wish>;

/** What a yes agrees to: just what was shown, as long as what it was planned around is the same. */
const memo = z.object({
  /** Of the calendar. */
  version: z.int(),
  /** Versions of the tasks in the plan, by id. */
  tasks: z.record(z.string(), z.int()),
  card,
  /** The words that asked for it. */
  words: z.string().optional(),
  /** What was said of it since. */
  wishes: z.array(wish).optional(),
});
export interface Preview {
  version: number;
  tasks: Record<string, number>;
  schedule: Schedule;
  words?: string | undefined;
  wishes?: readonly Wish[] | undefined;
}

/** The preview that was answered; null where it is lost. */
export function previewOf(memoOfQuestion: unknown): Preview | null {
  const parsed = memo.safeParse(memoOfQuestion);
  if (!parsed.success || parsed.data.card.kind !== 'schedule') return null;
  const { card: shown, ...rest } = parsed.data;
  return { ...rest, schedule: shown.data };
}

/** A preview as a question keeps it. */
export const keptPreview = ({ schedule, ...rest }: Preview): unknown => ({
  ...rest,
  card: { kind: 'schedule', data: schedule },
});

/** Shows what would be done, and asks whether to do it. */
export function askToAgree(
  preview: Preview,
  { preface, question, yes }: { preface: string; question: string; yes: string },
): Step {
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
    cards: [{ kind: 'schedule', data: preview.schedule }],
    replaces: true,
    memo: keptPreview(preview),
  });
}
