import type { Draft } from './draft.ts';

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
/** What can be asked about, as people call it. */
const SETTING =
  '(?:settings?|preferences?|work(?:ing)? ?hours|working times?|(?:current )?time ?zone|quiet hours|briefing time|(?:email|mail) (?:style|tone)|default (?:duration|length)s?|week start)';
const ASKING = String.raw`(?:what(?:'s| is| are|s)|which|show(?: me)?|list|tell me|see|display|view|read(?: me)?)`;

/** Wordings that are about how the planner works, and look like a question about the calendar. */
const TALK: readonly RegExp[] = [
  // "next friday means the coming one", "when I say next friday I mean that of next week"
  new RegExp(
    String.raw`^(?:(?:when|if|whenever) i (?:say|write|type) |by |with |from now on,? )?["']?next (?:${WEEKDAY}|weekday)["']?,? (?:(?:i|we) (?:always )?mean|means|should (?:mean|be)|is always|always means|refers to)\b`,
  ),
  new RegExp(String.raw`^${ASKING}(?: all)?(?: of)?(?: the| my| our)* ${SETTING}(?: set to| now)?\s*[?.!]*$`),
  /^(?:when|what time|at what time) (?:do|will) (?:you brief me|i get (?:my|the) (?:daily |morning )?briefing)\s*\??$/,
  /^(?:what(?:'s| is|s)|when(?:'s| is|s)) my briefing time\s*\??$/,
  /^(?:please )?(?:don't|dont|do not|stop) brief(?:ing)? me(?: any ?more| every (?:day|morning))?\s*[.!]*$/,
];

/** What talks of the settings is about them, whichever days and hours it names. */
export function settingsTalk(draft: Draft): Draft {
  const words = draft.folded.trim();
  if (!TALK.some((pattern) => pattern.test(words))) return draft;
  return {
    ...draft,
    recognition: {
      action: 'set_preference',
      confidence: 0.96,
      source: 'rule',
      rule: 'settings.talk',
      sure: true,
      body: { start: 0, end: draft.text.length },
    },
  };
}
