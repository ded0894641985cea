import { DateTime } from 'luxon';
import { cutText } from '../../core/cut-text.ts';

/** A word at the beginning of a sentence. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A sentence as part of another. */
export const lower = (sentence: string): string =>
  /^I\b/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** "Monday 30 November", "Friday 4 December at 15:00"; the year only where it is another one. */
export function sayDate(value: string, zone: string, reference: Date): string {
  const timed = value.length > 10;
  const at = timed ? DateTime.fromISO(value, { setZone: true }) : DateTime.fromISO(value, { zone });
  const today = DateTime.fromJSDate(reference, { zone });
  const day = at.toFormat(at.year === today.year ? 'cccc d LLLL' : 'cccc d LLLL yyyy', { locale: 'en' });
  return timed ? `${day} at ${at.toFormat('HH:mm')}` : day;
}

export const quote = (title: string): string => `"${title.length > 120 ? `${cutText(title, 119)}…` : title}"`;

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** "10,000" */
export const number = (n: number): string => n.toLocaleString('en-US');

/** "45 minutes", "1 hour", "2 hours", "1 hour 30 minutes" */
export function sayLength(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const said = [
    hours > 0 ? `${hours} hour${hours === 1 ? '' : 's'}` : '',
    rest > 0 ? `${rest} minute${rest === 1 ? '' : 's'}` : '',
  ];
  return said.filter(Boolean).join(' ');
}

/** Words that tell how long something takes, whether or not it is a length that there is. */
export const isLength = (words: string): boolean => /^(?:for|lasting|takes?)\s/i.test(words);

/** What looked like a time and is none, told behind what was done. */
export const sayUnread = (words: readonly string[] | undefined): string =>
  (words ?? [])
    .map((one) =>
      PART_OF_DAY.test(one)
        ? ` A task repeats on a day or at an hour, so I left out ${quote(one)}.`
        : ` I could not read ${quote(one)} as a ${kindOf(one)}, so I left it out.`,
    )
    .join('');

const PART_OF_DAY = /^(?:morning|noon|afternoon|evening|night)$/i;

const kindOf = (words: string): string =>
  isLength(words) ? 'length' : /^every\s/i.test(words) ? 'repetition' : 'date or time';
