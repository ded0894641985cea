/** Words for an entry of the task list, as a pattern. */
export const TASK = String.raw`(?:tasks?|to-?\s?dos?|to do(?:'s)?|items?)`;
export const TASK_NOUN = new RegExp(String.raw`\b${TASK}\b`);

/** Words for how urgent something is, as a pattern. */
export const LEVEL = String.raw`(?:highest|high|top|urgent|critical|medium|normal|low|lowest|important)(?:[\s-]+(?:priority|prio))?`;

/** Nouns of the calendar: what they name is moved and cancelled there, not on the task list. */
export const EVENT_NOUN =
  /\b(?:meetings?|appointments?|events?|calls? with|lunch(?:es)?|dinners?|coffee with|stand-?ups?|1:1|one-on-one|interviews?|conferences?|webinars?|workshops?|syncs?|calendar)\b/;

export function isEvent(words: string): boolean {
  return (
    EVENT_NOUN.test(words) &&
    !TASK_NOUN.test(words) &&
    !/\b(?:notes|agenda|prep|slides|report|rooms?)\b/.test(words)
  );
}
