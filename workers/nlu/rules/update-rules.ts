import type { Grain } from '../../../contracts/nlu.ts';
import type { Slot, Target } from '../../../contracts/slots.ts';
import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { splitTags } from '../extract/attributes.ts';
import type { Split } from '../extract/change.ts';
import { readChange, shiftEntity, splitAtChange } from '../extract/change.ts';
import { timesIn } from '../extract/times.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { EMPTYING_RULES } from './emptying-rules.ts';
import { changed, FIELD_RULES } from './field-rules.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from './nouns.ts';
import { PRONOUN, renamed, splitOutsideQuotes } from './renaming.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

const FIELD = String.raw`(?:due\s+date(?:\s+and\s+time)?|due\s+time|deadline|due|date|day|time|priority|importance|list|duration|length|tags?)`;
const FIELD_BEFORE = new RegExp(String.raw`^(?:the\s+|its\s+)?${FIELD}(?:\s+(?:of|for|on)\s+|$)`);
const FIELD_AFTER = new RegExp(
  String.raw`(?:'s|')?\s+(?:to\s+be\s+|to\s+have\s+(?:an?\s+)?)?${FIELD}$|\s+(?:back|forward|out|up|over|off|ahead|to be|so it's|so that it is)$|'s$`,
);
/** One of several that were shown or made. */
const ONE_OF_SOME = String.raw`the\s+(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|other)(?:\s+(?:one|task|event|meeting|item))?`;

export const UPDATE_RULES: readonly Rule[] = [
  {
    name: 'update.rename',
    action: 'update_task',
    confidence: 0.98,
    pattern:
      /^(?:rename|retitle|reword)\s+(?<target>.+?)\s+(?:to|as|into)\s+(?<title>.+)$|^(?:change|set|update|edit)\s+(?:the\s+)?(?:title|name|text|wording)\s+(?:of|for|on)\s+(?<target2>.+?)\s+(?:to|into|as)\s+(?<title2>.+)$|^(?:change|set|update|edit)\s+(?:its|the)\s+(?:title|name)\s+(?:to|into|as)\s+(?<title3>.+)$/ds,
    read: (draft, recognition) => splitOutsideQuotes(draft, recognition),
  },
  {
    name: 'update.tag',
    action: 'update_task',
    confidence: 0.97,
    sure: /^(?:add|put)\s+#[\p{L}\p{N}_-]+\s+(?:to|on)\s/u,
    pattern:
      /^(?:add|put|attach|apply)\s+(?:(?:the\s+|an?\s+)?(?:tags?|labels?)\s+(?<change>.+?)|(?<change2>#[\p{L}\p{N}_-]+(?:[\s,]+(?:and\s+)?#[\p{L}\p{N}_-]+)*)|(?:the\s+)?(?<change3>[\p{L}\p{N}_-]+)\s+(?:tag|label))\s+(?:to|on)\s+(?<target>.+)$|^(?:tag|label)\s+(?!along\b)(?<target2>.+?)\s+(?:as|with)\s+(?<change4>.+)$|^(?:tag|label)\s+(?<target3>.+?)\s+(?<change5>#[\p{L}\p{N}_-]+(?:[\s,]+#[\p{L}\p{N}_-]+)*|(?<=\s(?:task|to-?do|todo|item|it|that|this)\s+)[\p{L}\p{N}_-]+)$/dsu,
    read: (draft, recognition, groups) => {
      const words =
        groups['change'] ?? groups['change2'] ?? groups['change3'] ?? groups['change4'] ?? groups['change5'];
      if (words === undefined || !recognition.target) return null;
      const from = draft.folded.indexOf(words, recognition.body.start);
      const span = { start: from, end: from + words.length };
      const tags = splitTags(draft.text.slice(span.start, span.end));
      // What the new values are is known here; the rest of the text only names the item.
      return tags.length > 0
        ? changed(recognition, recognition.target, [entityAt(draft, 'tags', span, tags, 'as said')])
        : null;
    },
  },
  {
    name: 'update.name',
    action: 'update_task',
    confidence: 0.96,
    sure: /^(?:call|name)\s+(?:the|my)\s+\S.*?\s+(?:task|to-?do|todo)\s/,
    pattern:
      /^(?:call|name)\s+(?<target>(?:it|that|this)(?=\s+["'`])|(?:the|my)\s+\S.*?\s+(?:task|to-?do|todo))\s+(?<title>\S.*)$/ds,
  },
  ...FIELD_RULES,
  ...EMPTYING_RULES,
  {
    name: 'update.move',
    action: 'update_task',
    confidence: 0.97,
    pattern:
      /^(?:(?:move|push|shift)(?: (?:back|forward|up|out)(?=\s+(?:the|my|our|that)\s))?|postpone|delay|reschedule|re-schedule|defer|bump|put off|bring(?: forward)?|snooze|prepone|set back)\s+(?<target>.+)$/ds,
    read: (draft, recognition) => moved(draft, recognition),
  },
  {
    name: 'update.all-of-them',
    action: 'update_task',
    confidence: 0.95,
    sure: /^/,
    // "all of them by december 11"
    pattern:
      /^(?<target>(?:all|both|each)\s+(?:of\s+)?(?:them|these|those|two|three|four|five)|both|they(?:'re|\s+are)\s+(?:all|both))\s+(?:should\s+be\s+|are\s+|is\s+|have\s+to\s+be\s+done\s+)?(?<change>(?:by|on|due|for|at|to|until|before|high|low|medium|urgent)\b.*)$/ds,
    read: (draft, recognition) => {
      const { change, target } = recognition;
      const values = change && readChange(draft, change);
      if (!target || !values?.complete) return null;
      const all = entityAt(draft, 'target', target, { kind: 'task', reference: 'all' }, 'those spoken of');
      return { ...recognition, implied: [all, ...values.entities] };
    },
  },
  {
    name: 'update.nowhere-yet',
    action: 'update_event',
    confidence: 0.95,
    sure: /^/,
    // Where it goes is asked: "could you move that appointment?"
    pattern:
      /^(?:move|push|shift|change)\s+(?<target>(?:that|this|the|my|our)\s+(?:[\p{L}'-]+\s+)?(?:appointment|meeting|event|call|lunch|dinner|session))$/dsu,
  },
  {
    name: 'update.other-one',
    action: 'update_task',
    confidence: 0.94,
    // "and the last one to next week": the verb was said before, of another of a list. "Do the first one tomorrow."
    pattern: new RegExp(
      String.raw`^(?:(?:and|then|also)\s+)*(?:(?<target>${ONE_OF_SOME})\s+(?<change>(?:to|until|till|on|by|for)\s+\S.*)|(?:(?:i'll|i\s+will|we'll|let's)\s+)?(?:do|put|have|schedule|plan|leave|keep)\s+(?<target2>${ONE_OF_SOME}|both(?:\s+of\s+them)?|them(?:\s+both)?|(?<=\bdo\s)(?:it|that))\s+(?<change2>\S.*))$`,
      'ds',
    ),
    sure: /^/,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      const read = change && readChange(draft, change);
      if (!target || !read?.complete || !read.entities.some(({ slot }) => slot === 'due_date')) return null;
      const named = foldedSlice(draft, target);
      const value: Target | null = /\slast\b/.test(named)
        ? { kind: 'task', reference: 'ordinal', ordinal: -1 }
        : /^(?:both|them)/.test(named)
          ? { kind: 'task', reference: 'all' }
          : null;
      const meant = value && entityAt(draft, 'target', target, value, 'of those that were spoken of');
      return changed(recognition, target, meant ? [meant, ...read.entities] : read.entities);
    },
  },
  {
    name: 'update.set',
    action: 'update_task',
    confidence: 0.96,
    pattern:
      /^(?:set|make|mark|flag|change|update|switch|turn|give|edit|modify|adjust|assign)\s+(?<target>.+)$/ds,
    read: (draft, recognition) => set(draft, recognition),
  },
  {
    name: 'update.state',
    action: 'update_task',
    confidence: 0.92,
    sure: /^(?:the|my)\s+\S+(?:\s+\S+){0,3}\s+is\s+(?:now\s+|really\s+|very\s+)?(?:urgent|(?:high|low|medium|top)\s+priority)$|^(?:the|my|our)\s+\S+(?:\s+\S+){0,3}\s+(?:is|are)\s+(?:now\s+|actually\s+)?due\s(?!.*\?)|^it(?:'s|\s+is)\s+(?:now\s+|actually\s+|already\s+)*due\s(?!.*\?)/,
    pattern:
      /^(?<target>.+?)(?:(?:\s+(?:is|are)|(?<=^(?:it|this|that))'s)\s+(?:now\s+|actually\s+|already\s+|really\s+|very\s+)*(?<change>due\s+.+?(?=(?:\s+already)?$)|urgent(?:\s+now)?|important|(?:high|low|medium|top) priority)(?:\s+already)?|\s+(?:will take|should take|takes|is going to take)\s+(?<change2>.+))$|^(?<target2>it|this|that)'?ll\s+(?:probably\s+|only\s+)?take\s+(?<change3>.+)$/ds,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      // "that is due friday" adds to an item; "what is due friday" asks for some.
      if (
        !target ||
        !change ||
        /^(?:what|which|who|how|anything|everything|there|something|show|list)\b/.test(
          foldedSlice(draft, target),
        )
      )
        return null;
      const { entities, complete } = readChange(draft, change);
      return complete ? changed(recognition, target, entities) : null;
    },
  },
  {
    name: 'update.prioritise',
    action: 'update_task',
    confidence: 0.93,
    pattern: /^(?:prioriti[sz]e|star)\s+(?<target>.+)$/ds,
    read: (draft, recognition) => {
      const verb = trimRange(draft.folded, {
        start: recognition.body.start,
        end: recognition.target?.start ?? recognition.body.end,
      });
      return changed(recognition, recognition.target ?? verb, [
        entityAt(draft, 'priority', verb, 'high', 'the verb says so'),
      ]);
    },
  },
  {
    name: 'update.plain',
    action: 'update_task',
    confidence: 0.85,
    pattern: /^(?:edit|modify|change|update|adjust|reopen)\s+(?<target>.+)$/ds,
    read: (draft, recognition) => {
      const words = recognition.target ? foldedSlice(draft, recognition.target) : '';
      return TASK_NOUN.test(words) || /^(?:it|that|this|the (?:last|first|second|third))\b|^["'`]/.test(words)
        ? recognition
        : null;
    },
  },
];

function moved(draft: Draft, recognition: Recognition): Recognition | null {
  if (!recognition.target) return null;
  const verb = foldedSlice(draft, recognition.body).split(/\s/)[0] ?? '';
  const split = splitAtChange(draft, recognition.target);
  const words = foldedSlice(draft, recognition.target);
  const nowhen = split ? null : beforeWhatCantBe(draft, recognition.target);
  if (nowhen) return { ...recognition, target: nowhen };
  if (!split) return movedToList(draft, recognition) ?? withoutValue(draft, recognition, verb, words);
  const target = cleanTarget(draft, split.target);
  const named = foldedSlice(draft, target);
  // "Move the dentist reminder to 7:30" leaves the dentist where it is.
  const reminder = REMINDER.exec(foldedSlice(draft, split.target))?.groups?.['about'];
  if (reminder !== undefined) {
    const value: Target = { kind: 'reminder', query: reminder };
    const item = entityAt(draft, 'target', split.target, value, 'what the reminder is about');
    const moving = shifted(draft, changed(recognition, split.target, split.entities), split, false);
    return { ...moving, implied: [item, ...(moving.implied ?? [])], sure: true };
  }
  // "reschedule yoga to the weekend": within that a time is to be found.
  const happens = isEvent(named) || ACTIVITY_NOUN.test(named);
  if (/^re-?schedule$/.test(verb) && happens && isLong(draft, split.change))
    return { ...recognition, action: 'reschedule', confidence: 0.95, target, sure: true };
  // "push yoga to 7pm": what has an hour stands in the calendar.
  const isAtAnHour = happens && timesIn(draft, split.change).some(({ hasClock }) => hasClock);
  // "Move the dentist to 4pm" says all there is to say.
  const open = /\b(?:later|some\s?time|another|whenever|soon|earlier)\b/.test(
    foldedSlice(draft, split.change),
  );
  const plain = !open && isPlainMove(split.link, named) && { sure: true };
  if (isEvent(named) || isAtAnHour)
    return { ...recognition, action: 'update_event', confidence: 0.95, target, ...plain };
  // "move the furniture on saturday" is work to do; a new date is introduced by "to" and the like.
  const tail = foldedSlice(draft, { start: target.end, end: split.change.start });
  const sure =
    split.shift !== undefined ||
    ['to', 'until', 'till', 'for', 'by', 'into', 'onto'].includes(split.link) ||
    PRONOUN.test(named) ||
    TASK_NOUN.test(named);
  // "bring the salad to the party on friday" is an errand.
  if (verb === 'bring' && !/\bforward\b/.test(draft.folded)) return null;
  const anyWay = ['postpone', 'reschedule', 're-schedule', 'defer', 'snooze', 'delay'].includes(verb);
  if (!sure && !anyWay) return null;
  const earlier =
    verb === 'bring' || verb === 'prepone' || (verb === 'move' && /\b(?:up|forward|ahead)\b/.test(tail));
  const moving = shifted(draft, changed(recognition, target, split.entities), split, earlier);
  return !open && TASK_NAMED.test(named) && isPlainMove(split.link, named)
    ? { ...moving, sure: true }
    : moving;
}

/** "the physics task" says itself what it is. */
const TASK_NAMED = /\s(?:task|to-?do)$/;

const isPlainMove = (link: string, named: string): boolean =>
  /^(?:to|until|till)$/.test(link) &&
  /^(?:the|my|our)\s+\S+(?:\s+\S+){0,3}$/.test(named) &&
  !/\b(?:paperwork|reservation|booking|bill|form|forms|report)\b/.test(named);

const REMINDER = /^(?:the|my|that)\s+(?<about>\S+(?:\s+\S+){0,3}?)\s+(?:reminder|alarm)$/;
const LONG: ReadonlySet<Grain> = new Set<Grain>(['weekend', 'week', 'month']);
const isLong = (draft: Draft, range: Range): boolean =>
  timesIn(draft, range).some(({ readings: [first] }) => first !== undefined && LONG.has(first.grain));

/** "move the rent to february 30": what is to be moved, to no day that there is. */
function beforeWhatCantBe(draft: Draft, range: Range): Range | null {
  const [words] = draft.impossible.filter(({ start, end }) => start > range.start && end <= range.end);
  const target = words && cleanTarget(draft, { start: range.start, end: words.start });
  return target && target.end > target.start ? target : null;
}

/** "move the bike task to errands": a destination that is no time is a list. */
function movedToList(draft: Draft, recognition: Recognition): Recognition | null {
  const { target } = recognition;
  if (!target || !/^(?:move|put|shift)\b/.test(foldedSlice(draft, recognition.body))) return null;
  const match =
    /^(?<item>.+)\s+(?:to|into|onto)\s+(?:my\s+|the\s+)?(?<name>[\p{L}\p{N}&'-]+)(?:\s+list)?$/du.exec(
      foldedSlice(draft, target),
    );
  const [item, name] = [match?.indices?.groups?.['item'], match?.indices?.groups?.['name']];
  if (!item || !name) return null;
  const words = foldedSlice(draft, target).slice(item[0], item[1]);
  if (!TASK_NOUN.test(words) && !PRONOUN.test(words) && !/^["'`]/.test(words)) return null;
  const span = { start: target.start + name[0], end: target.start + name[1] };
  return changed(recognition, { start: target.start + item[0], end: target.start + item[1] }, [
    entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said'),
  ]);
}

/** "postpone the dentist task": the new time is to be asked for or found. */
function withoutValue(
  draft: Draft,
  recognition: Recognition,
  verb: string,
  words: string,
): Recognition | null {
  const target = recognition.target && cleanTarget(draft, recognition.target);
  if (!['reschedule', 're-schedule', 'postpone', 'delay', 'snooze', 'defer'].includes(verb) || !target)
    return null;
  if (verb === 'reschedule' || verb === 're-schedule')
    return { ...recognition, action: 'reschedule', confidence: 0.95, target };
  return isEvent(words)
    ? { ...recognition, action: 'update_event', target }
    : { ...recognition, confidence: 0.9, target };
}

function set(draft: Draft, recognition: Recognition): Recognition | null {
  if (!recognition.target) return null;
  const verb = foldedSlice(draft, recognition.body).split(/\s/)[0] ?? '';
  const split = splitAtChange(draft, recognition.target, false);
  if (!split) return renamed(draft, recognition, verb);
  const target = cleanTarget(draft, split.target);
  const words = foldedSlice(draft, target);
  if (isEvent(words))
    // "Make the meeting 11" moves it; "make dinner at 7" cooks.
    return (verb === 'make' || verb === 'set') && !/^(?:the|my|our)\s/.test(words)
      ? null
      : { ...recognition, action: 'update_event', confidence: 0.95, target };
  if (!isPlainlyChange(draft, split, verb, words)) return null;
  return shifted(draft, changed(recognition, target, split.entities), split, false);
}

/** "push it by two days", "bring it forward a week": how far the date moves, besides what that comes to from today. */
function shifted(draft: Draft, recognition: Recognition, split: Split, earlier: boolean): Recognition {
  const { shift } = split;
  if (!shift) return recognition;
  const count = earlier ? -Math.abs(shift.count) : shift.count;
  const [said, ...others] = split.entities;
  const entity = said && shiftEntity(draft, said, { ...shift, count });
  return {
    ...recognition,
    implied: entity ? [entity, ...others] : others,
    params: { shift: { ...shift, count } },
  };
}

/** "make dinner for friday" cooks; "make it friday", "make the dentist task urgent" change something. */
function isPlainlyChange(draft: Draft, split: Split, verb: string, words: string): boolean {
  const field =
    FIELD_BEFORE.test(foldedSlice(draft, split.target)) || FIELD_AFTER.test(foldedSlice(draft, split.target));
  if (
    field ||
    PRONOUN.test(words) ||
    TASK_NOUN.test(words) ||
    /^["'`]|^the (?:last|first|second|third)\b/.test(words)
  )
    return true;
  const slots = new Set<Slot | 'when'>(split.entities.map(({ slot }) => slot));
  if (slots.has('priority')) return true;
  const changeWords = foldedSlice(draft, split.change);
  if (
    verb === 'make' ||
    verb === 'set' ||
    verb === 'give' ||
    verb === 'turn' ||
    verb === 'mark' ||
    verb === 'flag' ||
    verb === 'assign'
  )
    return /^(?:as\s+|to be\s+|be\s+)?due\b/.test(changeWords) || (verb === 'set' && split.link === 'to');
  return split.link === 'to' || split.link === 'for' || split.link === 'until';
}

/** The item without the field around it: "the due date of X", "X's priority", "X back". */
function cleanTarget(draft: Draft, range: Range): Range {
  let { start, end } = range;
  const before = FIELD_BEFORE.exec(draft.folded.slice(start, end));
  if (before) start += before[0].length;
  for (let turn = 0; turn < 3; turn += 1) {
    const after = FIELD_AFTER.exec(draft.folded.slice(start, end));
    if (!after) break;
    end -= after[0].length;
  }
  // "slides from monday": where it is now tells nothing of one item; of many it says which.
  const from = /\s+from\s+\S+(?:\s+\S+)?$/.exec(draft.folded.slice(start, end));
  const many = /^(?:all|every|everything|my tasks|the tasks|tasks)\b/.test(draft.folded.slice(start, end));
  if (from && !many && timesIn(draft, { start: start + from.index, end }).length > 0)
    end = start + from.index;
  return trimRange(draft.folded, { start, end }, ',:');
}
