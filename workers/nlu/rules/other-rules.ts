import { entityAt } from '../draft.ts';
import { mentions } from '../extract/change.ts';
import { coversRange, timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import { ACCOUNT_RULES } from './account-rules.ts';
import { EMAIL_RULES } from './email-rules.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { coreOf, foldedSlice } from './rule.ts';
import { looksLikeActivity } from './statement-rules.ts';

/** Requests of the other workflows, recognised where a cheap sign is strong. Stand before the rules for tasks. */
export const OTHER_RULES: readonly Rule[] = [
  {
    name: 'reminder.set',
    action: 'set_reminder',
    confidence: 0.97,
    pattern:
      /^(?:remind me(?!\s+(?:of|what|which)\b)|(?:set|create|add|make|give me|i need)\s+(?:up\s+)?(?:an?\s+|me a\s+)?(?:new\s+)?reminder|ping me|nudge me|alert me|notify me)(?:\s+|$)(?<body>.*)$/ds,
    // "remind me at 6 rather than 7" changes one that there is.
    sure: /^(?:remind me|set (?:me )?an? (?:new )?reminder)\s+(?:to|about|that|at|in|on|by|tomorrow|tonight|today|every|next|before|after|for)\s(?!.*\b(?:rather|instead|than)\b)/s,
  },
  {
    name: 'reminder.label',
    action: 'set_reminder',
    confidence: 0.97,
    pattern: /^reminder\s*:\s*(?<body>\S.*)$/ds,
  },
  {
    name: 'reminder.list',
    action: 'list_reminders',
    confidence: 0.97,
    pattern:
      /^(?:(?:show|list|what are|view|see|display|any|do i have any)\s+)?(?:me\s+)?(?:my\s+|all\s+|the\s+)*(?<body>reminders\b.*)$/ds,
  },
  // Whole sentences: "how many drafts are left" asks for a number, not for the drafts.
  ...ACCOUNT_RULES,
  ...EMAIL_RULES,
  {
    name: 'preferences.briefing',
    action: 'set_preference',
    confidence: 0.95,
    // One that is wanted again and again, at an hour.
    pattern:
      /^(?:send|give|show|read)\s+(?:me\s+)?(?<body>(?:my|the|an?)\s+(?:daily\s+|morning\s+|weekly\s+)?briefing\s+.*)$/ds,
    sure: /^/,
    read: (draft, recognition) =>
      repetitionIn(draft, recognition.body) &&
      timesIn(draft, recognition.body).some(({ hasClock }) => hasClock)
        ? recognition
        : null,
  },
  {
    name: 'briefing.weekly',
    action: 'weekly_briefing',
    confidence: 0.96,
    pattern:
      /^(?:give me\s+|show me\s+|show\s+|send me\s+|prepare\s+)?(?:my\s+|the\s+|an?\s+)?(?:weekly (?:briefing|summary|overview|review)|(?:briefing|summary|overview) (?:for|of) (?:the|this|my|next) week|what does my week look like|how does my week look|what'?s my week like)\b(?<body>.*)$/ds,
  },
  {
    name: 'briefing.daily',
    action: 'daily_briefing',
    confidence: 0.96,
    pattern:
      /^(?:give me\s+|show me\s+|show\s+|send me\s+|prepare\s+|what'?s\s+|what is\s+)?(?:my\s+|the\s+|an?\s+)?(?:(?:daily |morning |today's )?briefing(?!\s+(?:with|notes?|room|pack|paper|slides)\b)|daily (?:summary|overview)|(?:summary|overview) (?:for|of) (?:today|my day|the day|tomorrow)|brief me|what does my day look like|how does my day look|day look like|what'?s my day like|catch me up)\b(?<body>.*)$/ds,
  },
  {
    name: 'preferences.set',
    action: 'set_preference',
    confidence: 0.95,
    pattern:
      /^(?:set|change|update|switch|make|use)\s+(?:my\s+|the\s+)?(?<body>(?:time\s?zone|working hours|work hours|week start|email style|language|briefing time|default (?:priority|list|duration))\b.*)$|^(?:my (?:time\s?zone is|work(?:ing)? hours are)|i (?:live|am|work) in the (?<body2>.+) time\s?zone|start my week on|i work from(?=\s+(?:\d|nine|eight|seven|six|ten|noon|half)))\s*(?<body3>.+)$/ds,
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
    name: 'events.list',
    action: 'list_events',
    confidence: 0.96,
    pattern:
      /^(?:(?:show|list|what'?s|what is|what are|view|check|see|display|when(?:'s| is| are)|do i have|have i got|any|are there any|what)\s+)(?:me\s+)?(?<body>(?:.{0,40}\b)?(?:calendar|agenda|schedule|events?|meetings?|appointments?)\b.*)$|^(?:am i|are we)\s+(?:free|busy|available)\b(?<body2>.*)$|^(?:my\s+)?(?<body3>(?:calendar|agenda|meetings|appointments|events)(?:\s+(?:for|today|tomorrow|this|next|on).*)?)$/ds,
    sure: /^(?:am i|are we)\s+(?:free|busy|available)\b/,
    read: (draft, recognition) =>
      TASK_NOUN.test(foldedSlice(draft, recognition.body)) || /\bfind\b/.test(draft.folded)
        ? null
        : recognition,
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
    name: 'scheduling.find',
    action: 'find_time',
    confidence: 0.96,
    pattern:
      /^(?:find|look for|get|is there|when do i have|suggest|search for|give me)\s+(?:me\s+)?(?:a\s+|some\s+|any\s+)?(?:good\s+|free\s+|open\s+)?(?<body>(?:\d+[\s-]?(?:minutes?|mins?|hours?|h|m)\s+)?(?:time|slot|free time|time slot|gap|an hour|window)\b.*)$|^when\s+(?:can|could|should|am)\s+(?:i|we)\s+(?<body2>(?:meet|free|schedule|fit|do|available).*)$/ds,
  },
  {
    name: 'scheduling.plan',
    action: 'plan_schedule',
    confidence: 0.96,
    pattern:
      /^(?:plan|schedule|organi[sz]e|arrange|optimi[sz]e|structure|time-?block|lay out)\s+(?:out\s+)?(?<body>(?:my|the|our|all my|all)\s+(?:whole\s+|entire\s+)?(?:day|week|month|tasks|schedule|today|tomorrow|weekend|work\s?week|morning|afternoon|evening|to-?dos)\b.*)$|^(?:plan|schedule)\s+(?<body2>(?:today|tomorrow|this week|next week|everything)\b.*)$|^(?:make|create|build|generate)\s+(?:me\s+)?(?:a|my)\s+(?:schedule|day plan|plan for (?:today|tomorrow|the (?:day|week)|this week|next week))\b(?<body3>.*)$/ds,
  },
  {
    name: 'events.create',
    action: 'create_event',
    confidence: 0.96,
    pattern:
      /^(?:schedule|book|set up|create|add|put|plan|arrange|make|organi[sz]e|new|set)\s+(?:me\s+)?(?:an?\s+|the\s+|another\s+|my\s+)?(?:new\s+)?(?<body>(?:[\p{L}\p{N}'-]+\s+){0,3}?(?:meeting|event|appointment|call with|lunch with|dinner with|coffee with|stand-?up|1:1|interview|sync|calendar (?:event|entry))\b.*)$|^(?:put|add)\s+(?<body2>.+\s(?:on|in|to)\s+(?:my|the)\s+calendar\b.*)$|^(?:block|reserve)\s+(?<body3>(?:off\s+|out\s+)?(?:.*\b(?:time|calendar|hours?|minutes?|morning|afternoon|evening|from|at)\b.*))$|^schedule\s+(?<body4>.+)$/dsu,
    read: (draft, recognition) => {
      const body = foldedSlice(draft, recognition.body);
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
  {
    name: 'events.noun',
    action: 'create_event',
    confidence: 0.9,
    pattern:
      /^(?:i have\s+|i've got\s+|there's\s+|we have\s+)?(?:an?\s+|my\s+|the\s+)?(?<body>(?:(?:[\p{L}-]+\s+){0,2}?(?:meeting|appointment|stand-?up|1:1|interview|conference|webinar|workshop|sync)\b|(?:call|lunch|dinner|coffee|breakfast|drinks|brunch)\s+(?:with\b|w\/)).*)$/dsu,
    // Without a time it may as well be a note; with one it belongs in the calendar.
    read: (draft, recognition) =>
      timesIn(draft, recognition.body).some(
        ({ hasClock, lead }) => hasClock || lead === 'on' || lead === 'none',
      ) &&
      !/\b(?:notes|agenda|prep|slides|report)\b/.test(foldedSlice(draft, recognition.body)) &&
      !/^(?:prepare|plan|book|call(?!\s+w(?:ith\b|\/))|email|write|send|finish|do|attend|cancel|move|confirm)\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? recognition
        : null,
  },
  {
    name: 'search.all',
    action: 'search',
    confidence: 0.95,
    sure: /^find\s+(?!time\b|slots?\b|out\b)\p{L}+$/u,
    pattern:
      /^(?:search(?:\s+(?:for|my|everything for|all))?|look up|look for|find(?:\s+me)?(?:\s+(?:everything|anything|all|stuff|things)(?:\s+(?:about|on|related to|for))?)|where did i (?:put|write|save)|find)\s+(?<body>(?!(?:an?|some|the)\s+(?:new|good|better|cheap|way|place|job|doctor|dentist|gift|present|apartment|flat|plumber)\b)\S.*)$/ds,
    read: (draft, recognition) => {
      const verb = foldedSlice(draft, {
        start: Math.max(0, recognition.body.start - 6),
        end: recognition.body.start,
      });
      if (TASK_NOUN.test(foldedSlice(draft, recognition.body))) return null;
      // "find the charger by friday" is an errand.
      if (/find\s*$/.test(verb) && mentions(draft, recognition.body, 'due_date')) return null;
      if (!/find\s*$/.test(verb)) return recognition;
      // "find bread" looks among the tasks, the done ones as well.
      const { start, end } = recognition.body;
      const implied = [
        entityAt(draft, 'query', { start, end }, draft.text.slice(start, end), 'the words looked for'),
      ];
      const body = { start: end, end };
      return {
        ...recognition,
        action: 'list_tasks',
        confidence: 0.86,
        body,
        implied,
        params: { status: 'all' },
      };
    },
  },
];
