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
  /** The price as it was told; empty where there was none. */
  price: z.string().default(''),
});
export type Shown = z.infer<typeof shownMemo>;

/** What is kept of things that are shown. */
export const showing = (kind: Shown['kind'], shown: readonly string[], price = ''): Shown => ({
  kind,
  shown: [...shown],
  price,
});

/** What a memo has of things that were shown; null for one of something else. */
export function readShown(memo: unknown): Shown | null {
  return shownMemo.safeParse(memo).data ?? null;
}

/** What the yes of an act is about; null where nothing was asked, or what was shown is lost and has to be shown again. */
export const shownTo = ({ confirmed, memo }: Pick<Work, 'confirmed' | 'memo'>): Shown | null =>
  confirmed === true ? readShown(memo) : null;

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
