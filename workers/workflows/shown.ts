import { z } from 'zod';
import { done, type Step, type Work } from './outcome.ts';

/**
 * What exactly a question showed before something is changed, kept with its checkpoint: a yes means just that, whatever
 * else fits by then. It may be a thousand things, so it stands apart from the question, which every turn reads.
 */
const shownMemo = z.object({
  kind: z.enum(['task', 'event', 'reminder']),
  /** Ids; of a day of a series with the start of the day behind a blank. */
  shown: z.array(z.string()),
  /** What each looked like, in the same order; none in questions of earlier versions. */
  looks: z.array(z.string()).default([]),
  /** It has to be asked about again, since some of what was shown with it has changed. */
  again: z.boolean().default(false),
  /** The price as it was told; empty where there was none. */
  price: z.string().default(''),
});
export type Shown = z.infer<typeof shownMemo>;

/** A thing as it is shown: what tells it from all others, and a mark of what it looks like. */
export interface Seen {
  key: string;
  look: string;
}

/** What is kept of things that are shown. */
export const showing = (kind: Shown['kind'], seen: readonly Seen[], price = ''): Shown => ({
  kind,
  shown: seen.map(({ key }) => key),
  looks: seen.map(({ look }) => look),
  again: false,
  price,
});

/** What a memo has of things that were shown; null for one of something else. */
export function readShown(memo: unknown): Shown | null {
  return shownMemo.safeParse(memo).data ?? null;
}

/** What the yes of an act is about; null where nothing was asked, or what was shown is lost and has to be shown again. */
export const shownTo = ({ confirmed, memo }: Pick<Work, 'confirmed' | 'memo'>): Shown | null =>
  confirmed === true ? readShown(memo) : null;

/** Whether what a yes is about may be done: it was shown, and nothing of it has changed since. */
export const isAgreed = (work: Pick<Work, 'confirmed' | 'memo'>): boolean => shownTo(work)?.again === false;

/** Whether it has to be shown once more, however little is left of it. */
export const isShownAgain = (work: Pick<Work, 'confirmed' | 'memo'>): boolean =>
  shownTo(work)?.again === true;

/** Said behind what was done, where less is left of what was shown. */
export function sayMissing(shown: Shown | null, changed: number, gone: string): string {
  const missing = (shown?.shown.length ?? 0) - changed;
  if (!shown || missing <= 0) return '';
  return missing === 1
    ? ` One of the ${shown.shown.length} that I showed is ${gone}.`
    : ` ${missing} of the ${shown.shown.length} that I showed are ${gone}.`;
}

/** An act that knows what exactly it is about, for when it waits for others and is carried out after a yes. */
export const about = (step: Step, memo: Shown): Step =>
  'done' in step ? done({ ...step.done, memo }) : step;
