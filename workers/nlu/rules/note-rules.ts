import { mentions } from '../extract/change.ts';
import { stepsIn } from '../extract/steps.ts';
import { leadingLength } from '../extract/lengths.ts';
import { timesIn } from '../extract/times.ts';
import { recipientEntity, namesSomebody } from '../email/people.ts';
import { entityAt } from '../draft.ts';
import { isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { coreOf, foldedSlice } from './rule.ts';
import { looksLikeActivity } from './statement-rules.ts';

const MAIL = /\b(?:e-?mails?|mails?|letters?|messages?|drafts?)\b/;
/** "I've got to read chapter 4" is read from the verb on. */
const OBLIGED =
  /^(?:(?:i|we)(?:'ve|'ll|\s+have|\s+will|\s+still)*\s+(?:got\s+to|need\s+to|have\s+to|must|should|want\s+to)|gotta|need\s+to)\s+/;
/** A day behind it is when something has to be ready. */
const BY = /\b(?:due(?:\s+(?:on|by))?|by|until|till|before)\s+(?:the\s+)?$/;
/** "split it into two", "break it into chunks": how many pieces, and none of them by name. */
const IN_PIECES =
  /\bin(?:to)?\s+(?:(?:an?\s+few|several|some|smaller|equal|daily|weekly|two|three|four|five|six|\d+|half|halves)\b|(?:bits|blocks|chunks|days|parts|pieces|sessions|weeks)\b)(?![^:]*:)/;
const NUMBER = String.raw`(?:\d+(?:[.,:]\d+)?|an?|one|two|three|four|five|six|half)`;

/** Wordings that only sound like a letter: what takes its time, who is to be answered; and the one that is a letter. */
export const NOTE_RULES: readonly Rule[] = [
  {
    // "write the essay by friday, takes 3 hours"
    name: 'note.takes',
    action: 'create_task',
    confidence: 0.96,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?<body>\S[^?]*?[,;-]\s*(?:(?:it|that|this)(?:'?ll)?\s+)?(?:(?:will|should|might|probably)\s+)*(?:takes?|needs?)\s+(?:me\s+)?(?:about\s+|around\s+|roughly\s+)?${NUMBER}\s+(?:an?\s+)?(?:and\s+a\s+half\s+)?(?:hours?|hrs?|h|minutes?|mins?)\b.*)$`,
      'ds',
    ),
    read: (draft, recognition) => {
      const { body } = recognition;
      const start = body.start + (OBLIGED.exec(foldedSlice(draft, body))?.[0].length ?? 0);
      const words = foldedSlice(draft, { start, end: body.end });
      return looksLikeActivity(words) && !MAIL.test(words)
        ? { ...recognition, body: { start, end: body.end } }
        : null;
    },
  },
  {
    // "a 6 hour essay due friday", "add an hour of piano": nothing of the calendar
    name: 'note.sized',
    action: 'create_task',
    confidence: 0.96,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:(?:add|create|new|put\s+in|note)\s+|(?:i|we)(?:'ve|\s+have)?\s+(?:got\s+|have\s+)?)?(?<body>(?:an?\s+)?(?:\d|half\s|an?\s|one\s|two\s|three\s|four\s|five\s|six\s|eight\s|ten\s|ninety\s|thirty\s).+)$`,
      'ds',
    ),
    read: (draft, recognition) => {
      const { body } = recognition;
      const words = foldedSlice(draft, body);
      const sized = leadingLength(draft, body);
      if (!sized || isEvent(words) || words.includes('?')) return null;
      const isOf =
        /^\s+of\s/.test(draft.folded.slice(sized.entity.end)) &&
        /^(?:add|put\s+in)\b/.test(coreOf(draft.folded).text);
      const times = timesIn(draft, body);
      const by = times.some(({ start }) => BY.test(draft.folded.slice(body.start, start)));
      return by || (isOf && times.every(({ hasClock }) => !hasClock)) ? recognition : null;
    },
  },
  {
    // "break it down into steps: find a place, book buses"
    name: 'create.steps',
    action: 'create_task',
    confidence: 0.97,
    sure: /^/,
    pattern: /^(?<body>(?:break|split|divide|cut|the|its|my|sub-?\s?\w+|steps?)\b.*)$/ds,
    read: (draft, recognition) =>
      (stepsIn(draft)?.steps.length ?? 0) > 0 && !IN_PIECES.test(draft.folded) ? recognition : null,
  },
  {
    // "answer the auditors today": done by oneself on a day
    name: 'note.answer',
    action: 'create_task',
    confidence: 0.95,
    sure: /^/,
    pattern: /^(?<body>(?:answer|get\s+back\s+to)\s+(?!(?:me|it|that|this)\b)\S[^?:]*)$/ds,
    read: (draft, recognition) => {
      const words = foldedSlice(draft, recognition.body);
      if (MAIL.test(words) || /\b(?:that|saying|asking|with)\s/.test(words)) return null;
      return mentions(draft, recognition.body, 'due_date') ? recognition : null;
    },
  },
  {
    // "tell Karin i'm running 10 minutes late"
    name: 'email.tell',
    action: 'draft_email',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:tell|let)\s+(?<target>(?:(?!\b(?:know|by|via|that)\b)[^,;:?]){2,40}?)\s+(?:know\s+)?(?:that\s+)?(?<body>(?:i'm|im|i'll|i've|i'd|we're|we'll|we've|(?:i|we)\s+(?:am|are|will|won't|have|has|can|can't|cannot|need|may|might|would|was|got))\s+(?!to\s)\S.*)$/ds,
    read: (draft, { target, ...recognition }) => {
      const who = target && namesSomebody(draft, target) ? recipientEntity(draft, target) : null;
      if (!target || !who) return null;
      const { body } = recognition;
      const text = draft.text.slice(body.start, body.end);
      // The bank and the neighbours are told by who says so; "tell Ann where I am" says nothing to be written.
      const named = foldedSlice(draft, target);
      if (/\b(?:where|what|when|how|why|who)$/.test(named)) return null;
      const isVague = /^(?:the|all|everyone|everybody)\b|\bfollowers\b/.test(named);
      return {
        ...recognition,
        sure: !isVague,
        implied: [who, entityAt(draft, 'body', body, text, 'what is to be told')],
      };
    },
  },
];
