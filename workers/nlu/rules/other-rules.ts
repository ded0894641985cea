import { slotsOf } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import { entityAt } from '../draft.ts';
import { targetEntity } from '../extract/target.ts';
import { coversRange, timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import { ACCOUNT_RULES } from './account-rules.ts';
import { EMAIL_RULES } from './email-rules.ts';
import { PREFERENCE_RULES } from './preference-rules.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { coreOf, foldedSlice } from './rule.ts';
import { looksLikeActivity } from './statement-rules.ts';

/** Nothing is named: what was told last. */
const NO_ITEM = { reference: 'last' } as const;
const THIS_ONE: Target = { kind: 'event', reference: 'last', scope: 'this' };

const GUESTS =
  /^\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?(?:(?:\s*,\s*|\s+)(?:and\s+|&\s+)?\p{Lu}[\p{L}'’-]+)*(?:\s+(?:too|also|as\s+well|along|to\s+it))?[\s.!]*$/u;

/** Requests of the other workflows, recognised where a cheap sign is strong. Stand before the rules for tasks. */
export const OTHER_RULES: readonly Rule[] = [
  {
    name: 'reminder.set',
    action: 'set_reminder',
    confidence: 0.97,
    pattern:
      /^(?:remind\s+me(?!\s+(?:of|what|which)\b)|(?:set|create|add|make|give me|i need)\s+(?:up\s+)?(?:an?\s+|me a\s+)?(?:new\s+)?reminder|ping me|nudge me|alert me|notify me)(?:\s+|$)(?<body>.*)$/ds,
    // "remind me at 6 rather than 7" changes one that there is.
    sure: /^(?:remind me|set (?:me )?an? (?:new )?reminder)\s+(?:to|about|that|at|in|on|by|tomorrow|tonight|today|every|next|before|after|for)\s(?!.*\b(?:rather|instead|than)\b)/s,
  },
  {
    name: 'reminder.of-that',
    action: 'set_reminder',
    confidence: 0.97,
    sure: /^/,
    // "the rent, remind me on friday"
    pattern:
      /^(?<body>(?:the|my|our)\s+(?:(?!is\b|are\b|was\b|were\b|has\b|have\b|will\b)[\p{L}\p{N}'’-]+\s+){0,5}?[\p{L}\p{N}'’-]+\s*(?:,|\s[-–—])\s*remind\s+me\s+(?!(?:to|of|about|that|what|which|when|before|after)\b)\S.*)$/dsu,
    // "the call on monday at 9, remind me at 8" is of what takes place then.
    read: (draft, recognition) => {
      const call = draft.folded.search(/(?:,|\s[-–—])\s*remind\s/);
      const { start, end } = recognition.body;
      return timesIn(draft, { start, end: call }).length === 0 &&
        timesIn(draft, { start: call, end }).length > 0
        ? recognition
        : null;
    },
  },
  {
    name: 'reminder.label',
    action: 'set_reminder',
    confidence: 0.97,
    pattern: /^reminder\s*:\s*(?<body>\S.*)$/ds,
  },
  {
    // A deed, or an hour, is to be told; a mere thing is put down, see `create.remember`.
    name: 'reminder.not-forget',
    action: 'set_reminder',
    confidence: 0.97,
    sure: /^/,
    pattern:
      /^(?:(?:don't|do not|dont|never)\s+(?:you\s+)?|(?:you\s+)?(?:mustn't|must not|can't|cannot|shouldn't)\s+)let\s+me\s+forget\s+(?<deed>to\s+|that\s+(?:i\s+(?:have|need)\s+to|i\s+must)\s+)?(?<body>\S.*)$/ds,
    read: (draft, recognition, groups) =>
      groups['deed'] !== undefined || timesIn(draft, recognition.body).some(({ hasClock }) => hasClock)
        ? recognition
        : null,
  },
  {
    name: 'reminder.again',
    action: 'set_reminder',
    confidence: 0.9,
    sure: /^/,
    // Said of what was told just now. A "later" that takes leave has a name or a mark beside it.
    pattern: /^(?:(?:not\s+(?:right\s+)?now|maybe|a\s+bit|a\s+little)[\s,]+)?(?<title>later)(?:\s+on)?$/ds,
    read: (draft, { title, ...recognition }) =>
      title
        ? {
            ...recognition,
            implied: [
              entityAt(draft, 'title', title, draft.text.slice(title.start, title.end), 'what was told last'),
            ],
          }
        : null,
  },
  {
    name: 'reminder.stop',
    action: 'delete_task',
    confidence: 0.96,
    sure: /^/,
    pattern:
      /^(?:(?:don't|do not|dont|never|no longer|stop|quit)\s+(?:ever\s+)?|(?:there's\s+|there is\s+)?no\s+need\s+(?:for you\s+)?to\s+|(?:you\s+)?(?:don't|do not|dont|needn't|need not)\s+(?:(?:have|need)\s+to\s+)?|you\s+can\s+stop\s+)(?:keep\s+)?remind(?:ing)?\s+me(?:\s+(?:about|of|to|that)\s+(?<target>\S.*?))?(?:\s+(?:any\s?more|any\s+longer|again|ever))*$/ds,
    read: (draft, { target, ...recognition }) => {
      // "don't remind me about work after 8": a wish for every day.
      if (target && timesIn(draft, target).some(({ hasClock }) => hasClock)) return null;
      const named = target && targetEntity(draft, target);
      const { body } = recognition;
      const item = named ? slotsOf([named]).target : NO_ITEM;
      const meant: Target = { ...item, kind: 'reminder' };
      return {
        ...recognition,
        implied: [entityAt(draft, 'target', named ?? body, meant, 'the reminder that is told no more')],
      };
    },
  },
  {
    // "Delete the dentist reminder" leaves the dentist where it is.
    name: 'reminder.delete',
    action: 'delete_task',
    confidence: 0.97,
    sure: /^/,
    pattern:
      /^(?:cancel|delete|remove|stop|kill|drop|scrap|turn\s+off|switch\s+off|get\s+rid\s+of|dismiss)\s+(?:the|my|that|this)\s+(?<target>(?:(?!and\b|then\b)\S+\s+){1,4}?(?:reminder|alarm|timer))$|^(?:cancel|delete|remove|stop|kill|drop|scrap|turn\s+off|switch\s+off|get\s+rid\s+of)\s+(?:the|my)\s+(?:reminder|alarm|timer)\s+(?:about|for|to|of|on|at)\s+(?:(?:the|my|our)\s+)?(?<target2>\S[^,;]*)$|^(?:(?:cancel|delete|remove|kill|drop)(?=\s+th(?:at|is)\s)|stop|end|turn\s+off|switch\s+off)\s+(?<target3>(?:the|my|that|this)\s+(?:reminder|alarm|timer))$|^(?:turn|switch)\s+(?<target4>(?:the|my|that|this)\s+(?:\S+\s+){0,3}(?:reminder|alarm|timer))\s+off$/ds,
    read: (draft, { target, ...recognition }) => {
      if (!target) return null;
      const query = draft.text
        .slice(target.start, target.end)
        .replace(/(?:^(?:the|my|that|this)\s+|\s+|^)(?:reminder|alarm|timer)$|^(?:the|my|that|this)\s+/gi, '')
        .trim();
      const meant: Target =
        query === '' ? { kind: 'reminder', reference: 'last' } : { kind: 'reminder', query };
      return {
        ...recognition,
        implied: [entityAt(draft, 'target', target, meant, 'what the reminder is about')],
      };
    },
  },
  {
    name: 'reminder.list',
    action: 'list_reminders',
    confidence: 0.97,
    pattern:
      /^(?:(?:show|list|what are|view|see|display|any|do i have any)\s+)?(?:me\s+)?(?:my\s+|all\s+|the\s+)*(?<body>reminders\b.*)$|^(?:what|which)\s+reminders\s+(?:do\s+(?:i|we)\s+(?:still\s+)?have|are\s+(?:there|set|left|open|coming\s+up)|have\s+(?:i|we)\s+got)(?:\s+(?:left|open|set|pending|coming\s+up))?(?<body2>(?:\s+(?:for|on|this|next|today|tomorrow)\b.*)?)$/ds,
  },
  // Whole sentences: "how many drafts are left" asks for a number, not for the drafts.
  ...ACCOUNT_RULES,
  ...EMAIL_RULES,
  ...PREFERENCE_RULES,
  {
    name: 'briefing.weekly',
    action: 'weekly_briefing',
    confidence: 0.96,
    pattern:
      /^(?<asked>give me\s+|show me\s+|show\s+|send me\s+|prepare\s+)?(?:my\s+|the\s+|an?\s+)?(?:weekly (?:briefing|summary|overview|(?<meeting>review))|(?:briefing|summary|overview) (?:for|of) (?:the|this|my|next) week|what does my week look like|how does my week look|what'?s my week like)\b(?<body>.*)$/ds,
    sure: /^(?:(?:give|show|send)\s+me\s+|(?:what|how)\s+does\s+my\s+week\s+look(?:\s+like)?$)/,
    // "weekly review every friday at 4pm" names what takes place then, unless somebody is told to give it.
    read: (draft, recognition, groups) =>
      groups['meeting'] !== undefined &&
      groups['asked'] === undefined &&
      (repetitionIn(draft, recognition.body) ||
        timesIn(draft, recognition.body).some(({ hasClock }) => hasClock))
        ? null
        : recognition,
  },
  {
    name: 'briefing.daily',
    action: 'daily_briefing',
    confidence: 0.96,
    sure: /^(?:(?:give|show|send)\s+me\s+(?:my|the|a)\s+(?:daily\s+|morning\s+|today's\s+)?briefing|brief\s+me)(?:\s+(?:for|on)\s+(?:today|tomorrow))?$/,
    pattern:
      /^(?:give me\s+|show me\s+|show\s+|send me\s+|prepare\s+|what'?s\s+|what is\s+)?(?:my\s+|the\s+|an?\s+)?(?:(?:daily |morning |today's )?briefing(?!\s+(?:with|notes?|room|pack|paper|slides)\b)|daily (?:summary|overview)|(?:summary|overview) (?:for|of) (?:today|my day|the day|tomorrow)|brief me|what does my day look like|how does my day look|day look like|what'?s my day like|catch me up)\b(?<body>.*)$/ds,
  },
  {
    name: 'events.cancel',
    action: 'cancel_event',
    confidence: 0.95,
    pattern: /^(?:call\s+off|scrub|nix|axe?|ditch)\s+(?<target>\S.*)$/ds,
    // "call it off and set a new date" is looking for another time.
    sure: /^(?!.*\b(?:new|another)\s+(?:date|day|time)\b)/s,
    read: (draft, recognition) =>
      recognition.target && isEvent(foldedSlice(draft, recognition.target)) ? recognition : null,
  },
  {
    name: 'events.skip-one',
    action: 'cancel_event',
    confidence: 0.95,
    sure: /^/,
    // Of a series that was just spoken of, one day is left out.
    pattern:
      /^(?:skip|leave\s+out|miss\s+out|leave(?=.*\sout\b))\s+(?:just\s+|only\s+)?(?:(?:this|that|the\s+next)\s+one(?:\s+out)?(?:\s+(?:only|time|alone))?|(?:this|next)\s+week's(?:\s+one)?|(?:today|tomorrow)'s(?:\s+one)?|(?:it|that)\s+(?:this\s+(?:time|once|week|month)|just\s+(?:this\s+)?once)|(?:this|that)\s+(?:time|once))(?:[\s,]+(?:but\s+)?keep\s+(?:the\s+(?:others?|rest)|all\s+(?:the\s+)?others))?$/ds,
    read: (draft, recognition) => ({
      ...recognition,
      implied: [entityAt(draft, 'target', recognition.body, THIS_ONE, 'the day of a series spoken of last')],
    }),
  },
  {
    name: 'events.list',
    action: 'list_events',
    confidence: 0.96,
    pattern:
      /^(?:(?:show|list|what'?s|what is|what are|view|check|see|display|when(?:'s| is| are)|do i have|have i got|any|are there any|what)\s+)(?:me\s+)?(?<body>(?:.{0,40}\b)?(?:calendar|agenda|schedule|events?|meetings?|appointments?)\b.*)$|^(?:am i|are we)\s+(?:free|busy|available)\b(?<body2>.*)$|^is\s+(?<body4>(?:(?:this|next|the)\s+)?(?:today|tomorrow|tonight|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|afternoon|evening))?\s+(?:still\s+)?(?:free|open|busy|full))$|^what(?:'?s|\s+is)\s+(?:the|my|our)\s+plan\s+(?<body5>(?:for|on)\s+(?:(?:the|this|next)\s+)?(?:weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:\s+(?:morning|afternoon|evening))?)$|^(?:my\s+)?(?<body3>(?:calendar|agenda|meetings|appointments|events)(?:\s+(?:for|today|tomorrow|this|next|on).*)?)$/ds,
    sure: /^(?:is\s|what(?:'?s|\s+is)\s+(?:the|my|our)\s+plan\s|(?:am i|are we)\s+(?:free|busy|available)\b|(?:what'?s|what is|show me what'?s)\s+on my (?:calendar|agenda|schedule)\b|(?:show|view)\s+(?:me\s+)?my\s+(?:calendar|agenda|schedule|events|meetings|appointments)\b)/,
    read: (draft, recognition) =>
      TASK_NOUN.test(foldedSlice(draft, recognition.body)) || /\bfind\b/.test(draft.folded)
        ? null
        : recognition,
  },
  {
    name: 'events.begins',
    action: 'update_event',
    confidence: 0.95,
    // "it starts at 10", "end it at 4": of the event spoken of
    pattern:
      /^(?<target>(?:(?:let|make|have)\s+)?it(?:\s+(?:actually|really|only|already|now))*\s+(?:starts?|begins?|ends?|finish(?:es)?|stops?)|(?:start|begin|end|finish|stop)\s+it)(?:\s+(?:only|already|actually))*\s+(?<change>at\s+\S.*)$/ds,
    sure: /^/,
    read: (draft, recognition) => {
      const { change, target } = recognition;
      if (!target || !change || /\?\s*$/.test(draft.folded)) return null;
      const times = timesIn(draft, change);
      const value: Target = { kind: 'event', reference: 'last' };
      return times.length === 1 && times[0]?.hasClock
        ? { ...recognition, implied: [entityAt(draft, 'target', target, value, 'the event spoken of last')] }
        : null;
    },
  },
  {
    name: 'events.guest',
    action: 'update_event',
    confidence: 0.96,
    pattern: /^add\s+(?<body>\S.*?\s+to\s+\S.*)$|^(?:take|remove)\s+(?<body2>\S.*?\s+(?:off|from)\s+\S.*)$/ds,
    // "add Joan to sunday lunch", "take Ben off the retro": somebody, and something that is no list.
    read: (draft, recognition) => {
      const [who = '', what = ''] = foldedSlice(draft, recognition.body).split(/\s+(?:to|off|from)\s+/);
      const words = what.replace(/^(?:the|my|our)\s+/, '').split(/\s+/);
      const named = /^\p{Lu}\p{Ll}/u.test(draft.text.slice(recognition.body.start));
      const happens = isEvent(what) || words.some((word) => ACTIVITY_NOUN.test(word));
      return named && who.split(/\s+/).length <= 4 && happens && !/\blist\b/.test(what) ? recognition : null;
    },
  },
  {
    name: 'events.invite',
    action: 'update_event',
    confidence: 0.96,
    sure: /^/,
    // "invite Ann": to what was spoken of.
    pattern: /^invite\s+(?<body>\S.*)$/ds,
    read: (draft, recognition) =>
      GUESTS.test(draft.text.slice(recognition.body.start, recognition.body.end)) ? recognition : null,
  },
  {
    name: 'scheduling.another-time',
    action: 'reschedule',
    confidence: 0.96,
    pattern:
      /^(?:i\s+|we\s+)?(?:need|want|find|look for|get)\s+(?:me\s+|us\s+)?(?:a\s+new|another|a\s+different|some\s+other)\s+(?:day|time|date|slot)\s+for\s+(?<body>\S.*)$/ds,
  },
  {
    name: 'events.now',
    action: 'update_event',
    confidence: 0.95,
    pattern:
      /^(?!(?:it|that|this|what|when|who|there)\b)\S.{1,60}?\s+(?:is|are|starts)\s+(?<body>\S.*?)\s+now$/ds,
    // "book club is at 8pm thursday now": another hour than before.
    read: (draft, recognition) => {
      const [time] = timesIn(draft, recognition.body);
      return time?.hasClock && coversRange(draft, time, recognition.body)
        ? { ...recognition, body: coreOf(draft.folded) }
        : null;
    },
  },
  {
    name: 'events.show-day',
    action: 'list_events',
    confidence: 0.96,
    pattern: /^(?:show|let me see)\s+(?:me\s+)?(?<body>\S.*)$/ds,
    // "show me friday": nothing but the day is said.
    read: (draft, recognition) => {
      const [time] = timesIn(draft, recognition.body);
      return time && coversRange(draft, time, recognition.body) ? recognition : null;
    },
  },
  {
    name: 'events.whats-on',
    action: 'list_events',
    confidence: 0.96,
    sure: /^/,
    pattern:
      /^(?:what\s+do\s+(?:i|we)\s+have|what\s+have\s+(?:i|we)\s+got)\s+(?:planned\s+)?(?<body2>(?:this|next|the\s+coming)\s+(?:week|weekend|month))$|^(?:what(?:'?s|\s+is|\s+do\s+(?:i|we)\s+have|\s+have\s+(?:i|we)\s+got)|(?:is\s+there\s+)?anything|do\s+(?:i|we)\s+have\s+anything)\s+(?:going\s+)?on\s+(?:(?:for|at)\s+)?(?<body>\S.*)$/ds,
    // "what's on today": nothing but the day is said.
    read: (draft, recognition) => {
      const [time] = timesIn(draft, recognition.body);
      return time && coversRange(draft, time, recognition.body) ? recognition : null;
    },
  },
  {
    name: 'scheduling.find',
    action: 'find_time',
    confidence: 0.96,
    pattern:
      /^(?:find|look for|get|is there|when do i have|suggest|search for|give me)\s+(?:me\s+)?(?:a\s+|some\s+|any\s+)?(?:good\s+|free\s+|open\s+)?(?<body>(?:\d+[\s-]?(?:minutes?|mins?|hours?|h|m)\s+)?(?:time|slot|free time|time slot|gap|an hour|window)\b.*)$|^when\s+(?:can|could|should|am)\s+(?:i|we)\s+(?<body2>(?:meet|free|schedule|fit|do|available).*)$/ds,
  },
  {
    name: 'scheduling.find-length',
    action: 'find_time',
    confidence: 0.96,
    // "find 2 hours for the report before friday": so much time is found, and not lost property.
    pattern:
      /^(?:find|look for|(?:i\s+)?need|carve out|squeeze in|get)\s+(?:me\s+|us\s+)?(?<body>(?:an?|one|two|three|four|five|six|half an?|(?:an?|one|two|three) (?:hours? )?and a half|a couple of|some|\d+(?:[.,]\d+)?)[\s-]?(?:quiet\s+|free\s+|more\s+)?(?:minutes?|mins?|hours?|hrs?|h|m)(?:\s+and a half)?(?:\s+(?:today|tonight|tomorrow|(?:this|next|on|in|between|before|after)\s+\S+)\b[^,;.]{0,30}?)?\s+(?:for|to|with)\s+\S.*)$/ds,
    sure: /^(?:find|look for|carve out|squeeze in)\s/,
    read: (draft, recognition) => (/\bremind(?:er)?\b/.test(draft.folded) ? null : recognition),
  },
  {
    name: 'scheduling.plan',
    action: 'plan_schedule',
    confidence: 0.96,
    pattern:
      /^(?:(?:re-?)?plan|(?:re-?)?schedule|(?:re-?)?organi[sz]e|(?:re)?arrange|optimi[sz]e|structure|time-?block|lay out)\s+(?:out\s+)?(?<body>(?:my|the|our|all my|all)\s+(?:whole\s+|entire\s+|rest of (?:my|the)\s+)?(?:day|week|month|tasks|schedule|today|tomorrow|weekend|work\s?week|morning|afternoon|evening|to-?dos)\b(?!').*)$|^(?:(?:re-?)?plan|schedule)\s+(?<body2>(?:(?:the\s+)?rest of\s+)?(?:today|tonight|tomorrow|(?:this|next)\s+(?:week|weekend|month|morning|afternoon|evening)|everything)\b(?!'|\s+(?:and\s+)?(?:dinner|lunch|breakfast|party|trip|meeting|call|date)\b).*)$|^(?:make|create|build|generate)\s+(?:me\s+)?(?:a|my)\s+(?:schedule|day plan|plan for (?:today|tomorrow|the (?:day|week)|this week|next week))\b(?<body3>.*)$/ds,
  },
  {
    name: 'events.create',
    action: 'create_event',
    confidence: 0.96,
    pattern:
      /^(?:schedule|book|set up|create|add|put|plan|arrange|make|organi[sz]e|new|set)\s+(?:me\s+)?(?:an?\s+|the\s+|another\s+|my\s+)?(?:new\s+)?(?<body>(?:[\p{L}\p{N}'-]+\s+){0,3}?(?:meeting|event|appointment|call(?: with|$)|lunch with|dinner with|coffee with|stand-?up|1:1|one[- ]on[- ]one|interview|sync|calendar (?:event|entry))\b.*)$|^(?:put|add)\s+(?<body2>.+\s(?:on|in|to)\s+(?:my|the)\s+calendar\b.*)$|^(?:block|reserve)\s+(?<body3>(?:off\s+|out\s+)?(?:.*\b(?:time|calendar|hours?|minutes?|morning|afternoon|evening|from|at)\b.*))$|^schedule\s+(?<body4>.+)$/dsu,
    // Nobody but we can book what takes place between people: "book a meeting", "set up a call".
    sure: /^(?:schedule|book|set up|plan|arrange|organi[sz]e)\s+(?:me\s+)?(?:an?|another|the)\s+(?:new\s+)?(?:(?:team|video|quick|short|client|project)\s+)?(?:meeting|call|event|appointment|sync|interview|stand-?up|1:1|one[- ]on[- ]one)(?:\s+(?:please|pls|for me))?$/,
    read: (draft, recognition) => {
      const body = foldedSlice(draft, recognition.body);
      // "make the standup a one-off" is about one that there is.
      if (/\bone-?\s?off$/.test(body)) return null;
      if (
        /\b(?:task|to-?do|todo)\b/.test(body) ||
        /\b(?:notes|agenda|minutes of|slides|task|list)\b/.test(body)
      )
        return null;
      // "add lunch with tom", "add book an appointment": entries of a list, as nothing says calendar.
      const added = /^(?:add|create)\s/.test(coreOf(draft.folded).text);
      const calendar = /\b(?:calendar|events?|meetings?|appointments?)\b/.test(body);
      return added && (!calendar || looksLikeActivity(body)) ? null : recognition;
    },
  },
  {
    name: 'events.reserve',
    action: 'create_event',
    confidence: 0.96,
    pattern: /^(?:book|block|reserve|hold|keep)\s+(?:off\s+|out\s+)?(?<body>.+)$/ds,
    // "book thursday afternoon for the audit": what is booked is the time itself.
    read: (draft, recognition) => {
      // "block it for the essay": a time that was just found.
      if (
        /^block\s+(?:it|that|this)\s+(?:off\s+|out\s+)?for\s/.test(foldedSlice(draft, coreOf(draft.folded)))
      )
        return recognition;
      const [time] = timesIn(draft, recognition.body);
      const begins = time !== undefined && time.leadStart <= recognition.body.start;
      return begins && /^\s+for\s/.test(draft.folded.slice(time.end)) ? recognition : null;
    },
  },
];
