import { DateTime } from 'luxon';
import type { Fact } from '../../../contracts/entities.ts';
import { sayFact } from '../../../contracts/fact-words.ts';
import type { Card } from '../../../contracts/result.ts';
import { cutText } from '../../../core/cut-text.ts';
import { inZone } from '../../../db/events.ts';
import type { Outcome, Work } from '../outcome.ts';
import { capital, sayDate } from '../sentences.ts';

type Here = Pick<Work, 'timezone' | 'reference'>;

const dayOf = (instant: string, { timezone, reference }: Here): string =>
  sayDate(inZone(new Date(instant), timezone).slice(0, 10), timezone, reference);

/** What is told on a day that words count from is told then, whatever the clock shows. */
export const saidOn = ({ valid_from: from, created_at: at }: Fact, here: Here): string =>
  dayOf(from < at ? from : at, here);

/** "Your dentist is Dr. Weber until Sunday 28 February" */
export function sayWhole(fact: Fact, here: Here): string {
  const { valid_from: from, valid_until: until } = fact;
  const starts = Date.parse(from) > here.reference.getTime() ? ` from ${dayOf(from, here)}` : '';
  // Until march is to its eve; an end within a day is that day's.
  const last = until && new Date(Date.parse(until) - 1).toISOString();
  return `${capital(sayFact(fact))}${starts}${last ? ` until ${dayOf(last, here)}` : ''}`;
}

/** When a day of every year comes next: ", which is a Monday in 3 days"; empty where no day is told. */
export function sayNext({ value, value_kind: kind }: Fact, { timezone: zone, reference }: Here): string {
  if (kind !== 'date') return '';
  const day = ['d LLLL yyyy', 'd LLLL']
    .map((format) => DateTime.fromFormat(value, format, { zone, locale: 'en' }))
    .find(({ isValid }) => isValid);
  if (!day) return '';
  const today = DateTime.fromJSDate(reference, { zone }).startOf('day');
  const [first, second] = [today.year, today.year + 1].map((year) => day.set({ year }));
  const next = first && first >= today ? first : second;
  if (!next) return '';
  const days = Math.round(next.diff(today, 'days').days);
  return days === 0
    ? ', which is today'
    : ` (${next.toFormat('cccc', { locale: 'en' })}, in ${days === 1 ? '1 day' : `${days} days`})`;
}

export const factCard = (fact: Fact, change: Extract<Card, { kind: 'fact' }>['data']['change']): Card => ({
  kind: 'fact',
  data: { fact, change },
});

/** What the reply is about, for "forget that". No words are its title: "it" stays the task or event spoken of before. */
export const openedOf = (fact: Fact): NonNullable<Outcome['opened']> => ({
  kind: 'fact',
  id: fact.id,
  title: fact.id,
});

export const whyOf = ({ words }: Pick<Work, 'words'>): string => `you said: "${cutText(words, 300)}"`;
