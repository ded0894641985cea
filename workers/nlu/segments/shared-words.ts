import type { Draft } from '../draft.ts';
import { ACTIVITY_NOUN } from '../rules/nouns.ts';
import type { Joint } from './joints.ts';
import {
  FINITE,
  NOTHING_SHARED,
  shares,
  type LeftSide,
  type RightSide,
  type Shares,
  type Sides,
} from './sides.ts';
import {
  framedInfinitive,
  itemWithTime,
  onlyAnotherTime,
  remindsAgain,
  timedItem,
  withAnother,
} from './shared-times.ts';
import { bareClause, openingOf } from './wording.ts';

/** Where the clause may be said with words of the request before it. Null when it stands or falls alone. */
export function sharedWords(draft: Draft, left: LeftSide, joint: Joint, right: RightSide): Shares | null {
  if (joint.kind === 'so' || joint.kind === 'colon') return null;
  const before = draft.folded.slice(left.start, left.end).trim();
  const own = draft.folded.slice(right.start, right.end);
  const after = own.trim();
  const sides: Sides = {
    draft,
    left,
    joint,
    right,
    verb: `${left.shares.before} ${bareClause(before)}`.trim(),
    after,
    indent: own.length - own.trimStart().length,
  };
  return (
    oneOfThem(sides) ??
    anotherOne(sides) ??
    sameChange(sides) ??
    oneMoreTarget(sides) ??
    remindsAgain(sides) ??
    withAnother(sides) ??
    timedItem(sides) ??
    framedInfinitive(sides) ??
    itemWithTime(sides) ??
    onlyAnotherTime(sides) ??
    afterThat(sides) ??
    oneMoreView(sides) ??
    oneMoreEntry(sides)
  );
}

const KIND = String.raw`(?:tasks?|to-?dos?|reminders?|alarms?|timers?|meetings?|events?|appointments?|calls?|e-?mails?|mails?|messages?|notes?|lists?|syncs?|slots?|blocks?|lunch|dinner|coffee|drafts?|invites?|sessions?)`;

const CREATES = new RegExp(
  String.raw`^(?<head>(?:(?:set|put|add|create|make|book|schedule|draft|write|send|new|need|start|plan|block|arrange|i\s+need|i\s+want)\s+)(?:up\s+|me\s+)*(?:an?\s+|one\s+|the\s+)?(?:new\s+)?(?:[\p{L}-]+\s+)?${KIND}(?:\s+on(?=\s+for\b))?)(?=[\s,:]|$)`,
  'u',
);
const ANOTHER =
  /^(?:(?:an)?other(?:\s+one)?|one(?:\s+more)?|a\s+(?:second|third|further)(?:\s+one)?|a\s+new\s+one|the\s+same)(?=\s+(?:with|to|for|at|on|about|in|called|named|from|tomorrow|today|\p{L}+ing|\p{L}+\s+\S))\s+/u;

/** "draft a mail to Cho about the keys | one to the agency", "put a timer on for 10 minutes | another for 25" */
function anotherOne({ verb, after, indent }: Sides): Shares | null {
  const another = ANOTHER.exec(after);
  const head = another && CREATES.exec(verb)?.groups?.['head'];
  if (!another || head === undefined || head === null) return null;
  const unit = /\s(?<unit>seconds?|minutes?|mins?|hours?|days?)\b/.exec(verb)?.groups?.['unit'];
  const bareNumber = /\s(?:for|in|of)\s+\d+$/.test(after);
  return shares(head, indent + another[0].length, bareNumber ? (unit ?? '') : '');
}

/** What was called off, without its day: "cancel tuesday's piano lesson". */
const OVER =
  /^(?:cancel|call\s+off|scrap)\s+(?:(?:the|my|our|\p{L}+'s)\s+)*(?<noun>\p{L}[\p{L}-]*(?:\s+\p{L}[\p{L}-]*){0,3}?)(?:\s+(?:on|at|from|today|tomorrow)\b.*)?$/u;

/** "delete the alarm for 5am | make one for 5:45": the kind of thing is named on the left only. */
function oneOfThem({ verb, left, after, indent }: Sides): Shares | null {
  const one =
    /^(?<make>(?:set|make|create|add|start|book|write|draft|schedule)(?:\s+up)?)\s+(?:(?:a\s+new\s+|another\s+)?one|the\s+same(?:\s+thing)?)(?=\s)/.exec(
      after,
    );
  const named = `${verb} ${left.shares.after}`;
  const noun =
    OVER.exec(verb)?.groups?.['noun'] ??
    new RegExp(String.raw`\b(?<noun>${KIND})\b`).exec(named)?.groups?.['noun'];
  const make = one?.groups?.['make'];
  return one && noun !== undefined && make !== undefined
    ? shares(`${make} ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`, indent + one[0].length)
    : null;
}

const NAMED = String.raw`(?:(?:the|my|our|a|an|his|her)\s+)?\p{L}[^,;.!?]{0,60}?`;

const CHANGE = new RegExp(
  String.raw`^(?<verb>move|push|shift|bump|postpone|delay|reschedule|change|switch|bring\s+forward|bring|set|put|add|extend|stick|write|assign)\s+(?<item>.+?)\s+(?<prep>to|for|on|onto|into|in|until|till|back\s+to|by)\s+\S`,
);
const LEVEL = String.raw`(?:urgent|important|asap|(?:(?:to|at|as)\s+)?(?:high|low|medium|normal|top)(?:\s+priority)?|done|weekly|daily|monthly)`;
const RATED = new RegExp(
  String.raw`^(?<verb>make|set|mark|flag)\s+.+?\s+(?<prep>as\s+|to\s+)?${LEVEL}(?:\s*,?\s+(?:please|pls))?$`,
);

/** "move standup to 10 | the review to 3", "add milk to groceries | nails to hardware", "make A urgent | B low" */
function sameChange({ verb, after, joint }: Sides): Shares | null {
  if (joint.kind === 'end' && joint.words === '') return null;
  const change = CHANGE.exec(verb)?.groups;
  const prep = change?.['prep'];
  if (prep !== undefined && change?.['verb'] !== undefined) {
    const parallel = new RegExp(String.raw`^(?<item>${NAMED})\s+${prep}\s+(?:my\s+|the\s+)?\S`, 'u').exec(
      after,
    );
    const item = parallel?.groups?.['item'] ?? '';
    // "and reply to Ann" has a verb of its own; "flour to groceries" only looks like it.
    const opening = openingOf(bareClause(item === '' ? after : `${item} x`));
    const plain = opening === 'other' || (change['verb'] === 'add' && item !== '' && !item.includes(' '));
    if (parallel && plain && item.split(/\s+/).length <= 6 && !/^(?:it|that|this|them)$/.test(item))
      return shares(change['verb']);
  }
  const rated = RATED.exec(verb)?.groups?.['verb'];
  if (rated !== undefined && new RegExp(String.raw`^${NAMED}\s+(?:as\s+)?${LEVEL}$`, 'u').test(after))
    return openingOf(bareClause(after)) === 'other' ? shares(rated) : null;
  return null;
}

const ENDS_ITEM = String.raw`(?:cancel|delete|remove|drop|call\s+off|get\s+rid\s+of|tick\s+off|cross\s+off|scratch|kill|complete|skip|clear)`;

const ENDS = new RegExp(String.raw`^(?<verb>${ENDS_ITEM})\s+(?<item>.+)$`);

/** "cancel lunch with Ann | the dentist", "delete the 6am alarm | the 6:15 one": targets of their own. */
function oneMoreTarget({ verb, after, joint }: Sides): Shares | null {
  if (joint.kind !== 'and' && joint.kind !== 'comma' && joint.kind !== 'then') return null;
  const ends = ENDS.exec(verb)?.groups;
  if (ends?.['verb'] === undefined || ends['item'] === undefined) return null;
  const item = ends['item'];
  const named = /^(?:the|my|our|that|tomorrow's|today's|friday's)\s+\S/.test(after);
  const events = ACTIVITY_NOUN.test(item) && ACTIVITY_NOUN.test(after);
  if (!named && !events) return null;
  if (openingOf(bareClause(after)) !== 'other' || FINITE.test(after)) return null;
  const alike = /^(?:the|my|our|that|his|her)\s|\swith\s/.test(item) || ACTIVITY_NOUN.test(item);
  if (!alike || /^(?:the|my)\s+(?:rest|others?|whole)\b/.test(after)) return null;
  const noun = / (?<noun>alarm|reminder|meeting|task|appointment|call)\b/.exec(item)?.groups?.['noun'];
  const pronoun = /\sone$/.test(after) && noun !== undefined;
  return shares(ends['verb'], 0, pronoun ? noun : '');
}

/** "schedule haircut friday 3pm | groceries after that": the verb is shared, and the day. */
function afterThat({ left, verb, after, joint }: Sides): Shares | null {
  if (joint.kind === 'end' || joint.kind === 'break' || left.times.length === 0) return null;
  const item =
    /^(?<item>\p{L}[^,;.!?]*?)\s+(?:right\s+|straight\s+)?(?:after\s+(?:that|it)|afterwards?)$/u.exec(after)
      ?.groups?.['item'];
  if (item === undefined || item.split(' ').length > 4) return null;
  if (openingOf(bareClause(`${item} x`)) !== 'other' || FINITE.test(item)) return null;
  const makes = /^(?:schedule|plan|book|put\s+in|add|block|arrange|set\s+up)\b/.exec(verb)?.[0];
  // "gym tomorrow at 6 | groceries after that": a noun with its hour has no verb to share.
  const isNoun =
    openingOf(verb) === 'other' && !FINITE.test(verb) && left.times.some(({ hasClock }) => hasClock);
  return makes !== undefined ? shares(makes) : isNoun ? shares('add') : null;
}

const VIEW = String.raw`(?:calendar|agenda|schedule|events?|meetings?|appointments?|tasks?|to-?\s?dos?|to\s+do\s+list|to-do\s+list|reminders?|alarms?|e-?mails?|mails?|inbox|shopping\s+list|list)`;

const VIEWED = new RegExp(
  String.raw`^(?<verb>(?:show|give|read|tell|list|check|open)(?:\s+me)?|what(?:'s|\s+is|\s+are)|what)\s+(?:on\s+)?(?:all\s+|the\s+|my\s+|open\s+|unread\s+|new\s+)*${VIEW}\b`,
);
const MORE_VIEW = new RegExp(
  String.raw`^(?:all\s+)?(?:my|the|any)\s+(?:open\s+|unread\s+|new\s+)*(?<view>${VIEW})\b`,
);

/** "read me my to do list | my calendar for today": things of different kinds to be shown. */
function oneMoreView({ verb, after, joint }: Sides): Shares | null {
  if (joint.kind !== 'and' && joint.kind !== 'then') return null;
  const more = MORE_VIEW.exec(after)?.groups?.['view'];
  const viewed = VIEWED.exec(verb)?.groups?.['verb'];
  if (more === undefined || viewed === undefined || kindOfView(verb) === kindOfView(more)) return null;
  return shares(viewed.startsWith('what') ? 'show me' : viewed);
}

const kindOfView = (words: string): string =>
  /calendar|agenda|schedule|event|meeting|appointment/.test(words)
    ? 'events'
    : /reminder|alarm/.test(words)
      ? 'reminders'
      : /mail|inbox/.test(words)
        ? 'mail'
        : 'tasks';

/** "add eggs. also ham", "add eggs to the list and ham": a further entry. */
function oneMoreEntry({ left, verb, after, joint }: Sides): Shares | null {
  const adds = /^(?<verb>add|put|buy|get|grab|we need|i need|need)\s+(?!me\b)\S/.exec(verb)?.groups?.['verb'];
  if (adds === undefined || after.split(/\s+/).length > 6) return null;
  const list =
    left.shares.after || (/\s(?:to|on)\s+(?:my|the|our)\s+(?:\S+\s+){0,2}list$/.exec(verb)?.[0].trim() ?? '');
  // The list that ends the words before parts the two, and so does "too".
  const apart =
    (list !== '' && (joint.kind === 'and' || TOO.test(after))) ||
    (left.shares !== NOTHING_SHARED && joint.kind === 'and' && joint.comma);
  const further = joint.kind === 'end' || joint.kind === 'break' || joint.kind === 'then';
  if (!apart && !(further && /\b(?:also|plus)\b/.test(joint.words))) return null;
  const opening = openingOf(bareClause(after));
  if (opening !== 'other' && !/^(?:that|this|these|those|some)\s+(?!is\b|was\b)\p{L}+\s?/u.test(after))
    return null;
  return /^["'\p{L}]/u.test(after) && !FINITE.test(after) ? shares(adds, 0, list) : null;
}

const TOO = /\s(?:too|as\s+well)$/;
