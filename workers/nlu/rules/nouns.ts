/** Words for an entry of the task list, as a pattern. */
export const TASK = String.raw`(?:tasks?|to-?\s?dos?|to do(?:'s)?|items?)`;
export const TASK_NOUN = new RegExp(String.raw`\b${TASK}\b`);

/** Words for how urgent something is, as a pattern. */
export const LEVEL = String.raw`(?:highest|high|top|urgent|critical|medium|normal|low|lowest|important)(?:[\s-]+(?:priority|prio))?`;

/** Nouns of the calendar: what they name is moved and cancelled there, not on the task list. */
export const EVENT_NOUN =
  /\b(?:meetings?|appointments?|events?|calls? with|lunch(?:es)?|dinners?|coffee with|stand-?ups?|1:1|one-on-one|interviews?|conferences?|webinars?|workshops?|syncs?|calendar)\b|\b(?:the|my|our)\s+(?:[a-z-]+\s+)?(?:dentist|physio|haircut|rehearsal|recital|kick-?off|retro|check-?up|sound\s?check|lesson(?=\s*$|\s+(?:to|by|on|at|with|from|until|till)\b))\b|\b(?:the|my|our)\s+(?:[a-z-]+\s+){0,2}call(?=\s*$|\s+(?:to|by|on|at|from|until|till)\b)/;

/** What one does at a time of the week, said without an article: "cancel pilates", "scrap dinner with Ann". */
export const ACTIVITY_NOUN =
  /^(?:lunch|dinner|breakfast|brunch|yoga|pilates|gym|standup|retro|dentist|drinks|coffee|tennis|therapy|football|choir|swimming|rehearsal|practice)\b/;

/** "my 3pm", "the 10 o'clock": nothing but an hour names it. */
const BY_ITS_HOUR = /^(?:my|our|the)\s+\d{1,2}(?::\d\d)?\s*(?:am|pm|o'?clock)\b/;

export function isEvent(words: string): boolean {
  if (BY_ITS_HOUR.test(words)) return true;
  return (
    EVENT_NOUN.test(words) &&
    !TASK_NOUN.test(words) &&
    !/\b(?:notes|agenda|prep|slides|report|rooms?|reminders?|alarms?)\b/.test(words)
  );
}
