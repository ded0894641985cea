const EVENING =
  /\b(?:dinner|supper|drinks|party|concert|gig|movies?|cinema|theat(?:er|re)|opera|pub|date night|(?:game|quiz|poker|movie|open mic) night|happy hour|(?:having|have|had|come|comes|coming)\s.{1,40}\bover|barbecue|bbq|night out|recital|choir|orchestra|band practice)\b/i;

/** Whether words name what people do in the evening: "at 7" of it is not in the morning, and free time for it is late. */
export const isInTheEvening = (words: string): boolean => EVENING.test(words);

const JOURNEY =
  /\b(?:flight|fly(?:ing)?|plane|train|ferry|(?:night ?|coach |long-distance )bus|departure|take-?off|boarding)\b/i;

/** Whether words name a journey: its hours are those of a timetable. */
export const isJourney = (words: string): boolean => JOURNEY.test(words);

/** When people mostly eat; of the local day. */
const MEALS = {
  breakfast: { start: '07:00', end: '10:30' },
  brunch: { start: '10:00', end: '13:00' },
  lunch: { start: '12:00', end: '14:30' },
} as const;
const MEAL = /\b(?<meal>breakfast|brunch|lunch)\b/i;

/** The hours of the meal that words name, where it is not one of the evening; null where they name none. */
export function mealHours(words: string): { start: string; end: string } | null {
  const meal = MEAL.exec(words)?.groups?.['meal']?.toLowerCase();
  return meal === undefined ? null : MEALS[meal as keyof typeof MEALS];
}
