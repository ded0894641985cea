import { timesIn } from '../extract/times.ts';
import { WORK_TIMES } from '../extract/work-hours.ts';
import { repetitionIn } from '../repetition.ts';
import type { Rule } from './rule.ts';

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
/** A day of every week: "fridays", "every friday"; one alone may be just the next one. */
const EACH_DAY = String.raw`(?:(?:${WEEKDAY}|weekend)s|(?:every|each) (?:${WEEKDAY}|weekend)|the weekend)`;
const EACH = String.raw`${EACH_DAY}(?:(?:,| and| or|, and|, or| nor) ${EACH_DAY})*`;
const ANY_DAY = String.raw`(?:${WEEKDAY}s?|weekends?|week ?days?)`;
const SEVERAL = String.raw`${ANY_DAY}(?:,? (?:and|or|to|till|until|through|-) |, |\s?-\s?)${ANY_DAY}(?:(?:,| and|, and) ${ANY_DAY})*`;
const STANDING = String.raw`(?:from now on,? |remember(?: that)? |please |note(?: that)? )*`;
const WORK_DAYS = [
  String.raw`${STANDING}(?:i|we) (?:never|no longer) work (?:on )?(?:${EACH}|${SEVERAL}|${WEEKDAY})(?: any ?more)?`,
  String.raw`${STANDING}(?:i|we) (?:don't|dont|do not|won't) (?:ever )?work (?:on )?${EACH}(?: any ?more| from now on)?`,
  String.raw`${STANDING}(?:i(?:'m| am)|we(?:'re| are)) (?:always |usually )?(?:off|not working) (?:on )?${EACH}`,
  String.raw`${STANDING}(?:i|we) (?:(?:only|also|always) )?work (?:only )?(?:on |from )?(?:${EACH}|${SEVERAL}|every day|each day|week ?days|all week)(?: (?:only|too|also|as well|again))*`,
  String.raw`${STANDING}(?:i|we) work (?:${EACH}|every ?day|each day|(?:on )?(?:all )?week ?days|all week),? (?:except|apart from|other than|but not|but|without) (?:for )?(?:on )?(?:${EACH}|${SEVERAL}|${ANY_DAY})`,
  String.raw`${STANDING}(?:i|we) do work (?:on )?(?:${EACH}|${SEVERAL})(?: (?:after all|again|too|now))*`,
  String.raw`${STANDING}(?:my|our) (?:work(?:ing)?|office) days are (?:on |from )?(?:${EACH}|${SEVERAL})`,
  String.raw`${STANDING}(?:my|our) (?:(?:regular|weekly|usual) )?days? off (?:is|are) (?:always )?(?:on )?(?:${EACH}|${SEVERAL}|${WEEKDAY})`,
  String.raw`${STANDING}(?:${EACH}|${WEEKDAY}) (?:is|are) (?:always )?(?:my|our) (?:(?:regular|weekly|usual) )?days? off`,
  String.raw`${STANDING}(?:i|we) (?:(?:always|usually) )?(?:have|'ve got) ${EACH} off`,
];
/** What can be asked about, as people call it. */
const SETTING =
  '(?:settings?|preferences?|work(?:ing)? ?hours|work(?:ing)? days|days off|working times?|(?:current )?time ?zone|quiet hours|briefing time|(?:email|mail) (?:style|tone)|default (?:duration|length)s?|week start)';
const ASKING = String.raw`(?:what(?:'s| is| are|s)|which|show(?: me)?|list|tell me|see|display|view|read(?: me)?)`;
const STOPS = String.raw`(?:stop|end|cancel|disable|(?:turn|switch|shut) off|no more)`;
const MEMORY = String.raw`(?:(?:the |your |my )?(?:conversation |chat |long[- ]term )?memory)`;
const TALK = String.raw`(?:(?:anything|things|everything)(?: (?:that )?(?:i|we) (?:say|said|tell you|talk about)| about (?:me|us|our (?:conversations|chats)))?|what (?:i|we) (?:say|said|tell you|talk about|write)|(?:our|my|earlier|past|old|previous) (?:conversations?|chats?|messages))`;
const SWITCHES_MEMORY = [
  String.raw`(?:please )?(?:turn|switch) (?:on|off) ${MEMORY}`,
  String.raw`(?:please )?(?:turn|switch) ${MEMORY} (?:on|off|back on|on again|off again)`,
  String.raw`(?:please )?(?:enable|disable|activate|deactivate) ${MEMORY}`,
  String.raw`(?:please )?(?:(?:don't|dont|do not|never|stop|no longer) )(?:remember(?:ing)?|keep(?:ing)? in mind|memoris(?:e|ing)|memoriz(?:e|ing)) ${TALK}(?: any ?more| from now on)?`,
  String.raw`(?:please )?(?:remember|start remembering) ${TALK}(?: again| from now on)`,
];
const ASKS_MEMORY = String.raw`(?:is|are) (?:the |your |my )?(?:conversation |chat )?memory (?:on|off|enabled|disabled|turned on|turned off)|do you (?:still )?remember (?:${TALK})`;
/** Who says this means just that; nothing is left to weigh. */
const sure = /^/;

/** Wordings that leave nothing to weigh, though they speak of days and of briefings as well. They stand first. */
export const PLAIN_PREFERENCE_RULES: readonly Rule[] = [
  {
    // "next friday means the coming one", "when I say next friday I mean that of next week"
    name: 'preferences.next-day',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(
      String.raw`^(?:(?:when|if|whenever) i (?:say|write|type) |by |with |from now on,? )?["']?next (?:${WEEKDAY}|weekday)["']?,? (?:(?:i|we) (?:always )?mean|means|should (?:mean|be)|is always|always means|refers to)\b`,
      'ds',
    ),
  },
  {
    name: 'preferences.asked',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(
      String.raw`^${ASKING}(?: all)?(?: of)?(?: the| my| our)* ${SETTING}(?: set to| now)?$|^(?:when|what time|at what time) (?:do|will) (?:you brief me|i get (?:my|the) (?:daily |morning )?briefing)$|^(?:what(?: time)?|when)(?:'s| is|s) my (?:daily |morning )?briefing(?: time)?$|^when(?:'s| is| are|re) my (?:work(?:ing)? ?hours|working times?|quiet hours|week start)$|^(?:when|what time|at what time) (?:does|do) my (?:work(?:ing)? ?(?:hours|day|times?)|quiet hours) (?:start|begin|end|stop|finish)$|^(?:on )?(?:what|which) (?:week ?)?days (?:do|am) i (?:usually |normally )?(?:work|working|off)$|^(?:when|what)(?:'s| is| are) my days? off$|^(?:what|which) time ?zone am i in$|^what (?:settings |preferences |things )?can i (?:set|change|configure|adjust)$`,
      'ds',
    ),
  },
  {
    // "turn memory off", "don't remember what I say"
    name: 'preferences.memory',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(`^(?:${[...SWITCHES_MEMORY, ASKS_MEMORY].join('|')})$`, 's'),
  },
  {
    name: 'preferences.forgotten',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    // "forget that I work from 8 to 16"
    pattern:
      /^(?:forget|remove|delete|drop|clear)\s+(?:(?:about\s+)?that\s+i\s+(?:(?:start|begin|finish|stop)\s+)?work(?:ing)?\b.{0,40}|(?:about\s+)?that\s+i\s+have\s+quiet\s+hours\b.{0,40}|(?:about\s+)?(?:my|the)\s+(?:work(?:ing)?\s?hours|quiet\s+hours))$/ds,
  },
  {
    name: 'preferences.usual-length',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    // "make my tasks 45 minutes by default"
    pattern:
      /^(?:make|set|let|have)\s+(?:my\s+|all\s+|new\s+)*(?:tasks|to-?dos|meetings|events|calls|appointments)\s+(?:be\s+|to\s+|take\s+|last\s+)?\S.{0,30}\bby\s+default$/ds,
  },
  {
    name: 'preferences.work-times',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(`^${WORK_TIMES}$`),
  },
  {
    // "I never work on fridays", "I work monday to thursday", "fridays are my day off"
    name: 'preferences.work-days',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(`^(?:${WORK_DAYS.join('|')})$`, 's'),
  },
  {
    name: 'preferences.briefed-often',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern:
      /^(?:(?:brief|update) me\b.*|(?:give|send) me (?:an?|my|the) (?:(?:daily|morning|short|quick) )*(?:briefing\b.*|(?:summary|overview|rundown|digest)(?: (?:of|for|about) (?:my|the|today's|what's on) ?(?:day|agenda|schedule|tasks|calendar)?)?)) ?\b(?:every|each) (?:day|morning|evening|night|week ?day|work ?day|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/ds,
  },
  {
    name: 'preferences.briefed-no-more',
    action: 'set_preference',
    confidence: 0.96,
    sure,
    pattern: new RegExp(
      String.raw`^(?:don't|dont|do not|stop) brief(?:ing)? me(?: any ?more| every (?:day|morning))?$|^${STOPS}(?: (?:sending|giving)(?: me)?)?(?: the| my| these| those| that)?(?: daily| morning| standing)? briefings?(?: any ?more| every (?:day|morning))?$`,
      'ds',
    ),
  },
];

export const PREFERENCE_RULES: readonly Rule[] = [
  {
    name: 'preferences.briefing',
    action: 'set_preference',
    confidence: 0.95,
    // One that is wanted again and again, at an hour.
    pattern:
      /^(?:send|give|show|read)\s+(?:me\s+)?(?<body>(?:my|the|an?)\s+(?:daily\s+|morning\s+|weekly\s+)?briefing\s+.*)$/ds,
    sure,
    read: (draft, recognition) =>
      repetitionIn(draft, recognition.body) &&
      timesIn(draft, recognition.body).some(({ hasClock }) => hasClock)
        ? recognition
        : null,
  },
  {
    name: 'preferences.set',
    action: 'set_preference',
    confidence: 0.95,
    pattern:
      /^(?:set|change|update|switch|make|use)\s+(?:my\s+|the\s+)?(?<body>(?:time\s?zone|working hours|work hours|week start|email style|language|briefing time|default (?:priority|list|duration))\b.*)$|^(?:my (?:time\s?zone is|work(?:ing)? hours are)|i (?:live|am|work) in the (?<body2>.+) time\s?zone|start my week on|i work from(?=\s+(?:\d|nine|eight|seven|six|ten|noon|half)))\s*(?<body3>.+)$/ds,
  },
];
