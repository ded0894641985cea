import { entityAt } from '../draft.ts';
import { readShift } from '../extract/change.ts';
import { coversRange, rangeEntity, timesIn } from '../extract/times.ts';
import { dateRange, type Target } from '../../../contracts/slots.ts';
import type { Rule } from './rule.ts';

const AMOUNT = String.raw`(?:an?|half\s+an?|one|two|three|four|\d{1,3})\s+(?:and\s+a\s+half\s+)?(?:quarters?\s+of\s+an\s+)?(?:minutes?|mins?|hours?|hrs?)`;

/** "Push everything tomorrow by an hour": all that has an hour on those days moves as far. */
export const SHIFT_ALL_RULES: readonly Rule[] = [
  {
    name: 'events.shift-all',
    action: 'update_event',
    confidence: 0.95,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?<verb>(?:push|move|shift|make|put|delay|postpone|bring)\s+)?(?:everything|(?:all|every)(?:\s+(?:of\s+)?(?:my|the|our))?(?:\s+(?:meetings?|events?|appointments?|things?))?|my\s+(?:meetings|appointments|events))\s+(?:(?:on|for|of|from)\s+)?(?<target>\S.{1,30}?)\s+(?:(?<early>forward|ahead|up)\s+|back\s+|out\s+)?(?:by\s+)?(?<change>${AMOUNT})(?:\s+(?:(?<later>later|back)|(?<early2>earlier|forward|sooner)))?$`,
      'ds',
    ),
    read: (draft, { target: day, change: far, ...recognition }, groups) => {
      const [time, ...others] = day ? timesIn(draft, day) : [];
      if (!day || !far || !time || others.length > 0 || time.hasClock || !coversRange(draft, time, day))
        return null;
      const shift = readShift(draft, far)?.shift;
      const range = dateRange.safeParse(rangeEntity(draft, { ...time, lead: 'on' }).value).data;
      if (!shift || !range) return null;
      // Without a verb the distance alone says that it is one: "everything today one hour later".
      if (groups['verb'] === undefined && (groups['later'] ?? groups['early2']) === undefined) return null;
      const earlier = groups['early'] !== undefined || groups['early2'] !== undefined;
      const all: Target = { kind: 'event', reference: 'all' };
      return {
        ...recognition,
        body: { start: recognition.body.end, end: recognition.body.end },
        implied: [entityAt(draft, 'target', day, all, 'all on those days')],
        params: {
          where: { date_range: range },
          shift: { ...shift, count: earlier ? -Math.abs(shift.count) : shift.count },
        },
      };
    },
  },
  {
    name: 'events.swap',
    action: 'update_event',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:swap|exchange|switch)\s+(?:(?:the\s+)?times\s+of\s+)?(?<target>both(?:\s+of\s+(?:them|those|these))?|them(?:\s+both)?)(?:\s+(?:around|round|over))?$/ds,
    read: (draft, { target, ...recognition }) => {
      const all: Target = { kind: 'event', reference: 'all' };
      return target
        ? {
            ...recognition,
            body: { start: recognition.body.end, end: recognition.body.end },
            implied: [entityAt(draft, 'target', target, all, 'the two that were spoken of')],
            params: { swap: true },
          }
        : null;
    },
  },
  {
    // "make both half an hour longer"
    name: 'events.longer-both',
    action: 'update_event',
    confidence: 0.95,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:make|let|have)\s+(?<target>both(?:\s+of\s+(?:them|those|these))?|them(?:\s+(?:both|all))?|(?:those|these)(?:\s+two)?|all\s+of\s+(?:them|those|these))\s+(?:be\s+|last\s+)?(?:by\s+)?(?<change>${AMOUNT})\s+(?:longer|shorter)$`,
      'ds',
    ),
  },
  {
    // "everything to sunday"
    name: 'update.all-to',
    action: 'update_task',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?<target>everything|all(?:\s+of\s+(?:it|them|those|these))?|them\s+all|both(?:\s+of\s+(?:them|those|these))?|all\s+(?:my|the|these|those)\s+tasks)\s+(?:to|until|till)\s+(?<change>\S.{1,30})$/ds,
    read: (draft, recognition) => {
      const { change } = recognition;
      const [time, ...others] = change ? timesIn(draft, change) : [];
      return change && time && others.length === 0 && coversRange(draft, time, change) ? recognition : null;
    },
  },
];
