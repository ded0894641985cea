const EVENING =
  /\b(?:dinner|supper|drinks|party|concert|gig|movies?|cinema|theat(?:er|re)|opera|pub|date night|(?:game|quiz|poker|movie|open mic) night|happy hour|(?:having|have|had|come|comes|coming)\s.{1,40}\bover|barbecue|bbq|night out|recital|choir|orchestra|band practice)\b/i;

/** Whether words name what people do in the evening: "at 7" of it is not in the morning, and free time for it is late. */
export const isInTheEvening = (words: string): boolean => EVENING.test(words);

const JOURNEY =
  /\b(?:flight|fly(?:ing)?|plane|train|ferry|(?:night ?|coach |long-distance )bus|departure|take-?off|boarding)\b/i;

/** Whether words name a journey: its hours are those of a timetable. */
export const isJourney = (words: string): boolean => JOURNEY.test(words);
