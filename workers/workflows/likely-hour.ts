import type { DateTime } from 'luxon';

/** The hour of one on the day of the other. */
export const onDay = (hour: DateTime, day: DateTime): DateTime =>
  day.set({ hour: hour.hour, minute: hour.minute, second: 0, millisecond: 0 });

/** The 15 of "december 15" is no hour. */
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
export const HALF_SAID = new RegExp(
  String.raw`(?:\b|\d)[ap]\.?\s?m\b|\bnoon\b|\bmidnight\b|\bmorning\b|\bafternoon\b|\bevening\b|\bnight\b|\b(?:1[3-9]|2[0-3]|0\d)[:.h]\d\d|(?<!\b${MONTH}\s+)\b(?:1[3-9]|2[0-3])\b(?!\s+(?:of\s+)?${MONTH}\b)`,
  'i',
);
/** When things usually happen; so many minutes from where it was is no other half of the day all the same. */
const [EARLY, LATE] = [7, 22];
const NEAR = 90;

/** "To 10": the half of the day that is nearer to where it was, where none was said. */
export const likelyHour = (said: DateTime, start: DateTime, words: string): DateTime =>
  HALF_SAID.test(words) ? said : nearerHalf(said, start);

export function nearerHalf(said: DateTime, start: DateTime): DateTime {
  const distance = ({ hour, minute }: DateTime): number =>
    Math.abs(hour * 60 + minute - start.hour * 60 - start.minute);
  const both = [said, said.set({ hour: (said.hour + 12) % 24 })].filter(
    (at) => (at.hour >= EARLY && at.hour < LATE) || distance(at) <= NEAR,
  );
  return both.toSorted((a, b) => distance(a) - distance(b))[0] ?? said;
}
