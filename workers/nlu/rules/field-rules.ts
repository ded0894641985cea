import { slotsOf, type Entity } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import type { Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { readDuration, splitTags } from '../extract/attributes.ts';
import { readChange } from '../extract/change.ts';
import { targetEntity } from '../extract/target.ts';
import type { Range } from '../text.ts';
import { repetitionEntity, repetitionIn } from '../repetition.ts';
import { ACTIVITY_NOUN, isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

/** "put the tags on the bags" names none. */
const TAG_NAME = String.raw`#?(?!(?:on|to|in|into|for|from|of|at|off|the|with|and)(?![\p{L}\p{N}_-]))[\p{L}\p{N}_-]+`;

const NO_MORE = String.raw`(?:\s+(?:any\s?more|any\s+longer|again|from\s+now\s+on|please))*`;

/** A field by its name: "set a deadline of friday for X", "deadline for X: friday", "repeat X every week". */
export const FIELD_RULES: readonly Rule[] = [
  {
    name: 'update.repeat',
    action: 'update_task',
    confidence: 0.95,
    pattern:
      /^(?:set|make|let|have|change)\s+(?<target>.+?)\s+(?:to\s+)?(?:repeat|recur)\s+(?<change>.+)$|^repeat\s+(?<target2>.+?)\s+(?<change2>(?:every|each|daily|weekly|monthly|yearly|on)\b.*)$/ds,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      const found = change && repetitionIn(draft, change, true);
      return target && found ? changed(recognition, target, [repetitionEntity(draft, found)]) : null;
    },
  },
  {
    name: 'update.repeat-no-more',
    action: 'update_task',
    confidence: 0.95,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:stop|quit|end)\s+(?:the\s+)?(?:repeating|repetition\s+of|recurrence\s+of)\s+(?<target>.+?)$|^(?:stop|keep)\s+(?<target2>.+?)\s+from\s+(?:repeating|recurring)$|^(?<target3>(?!(?:you|i|what|why|who|make|let|stop|don't|please)\b).+?)\s+(?:should(?:n't|\s+not)|must(?:n't|\s+not)|doesn't|does\s+not|do\s+not|needn't|no\s+longer|won't|not)\s+(?:(?:have|need)s?\s+to\s+)?(?:repeats?|recurs?)$|^(?:don't|do\s+not|dont|no\s+longer|never)\s+repeat\s+(?<target4>.+?)$|^(?:make|let)\s+(?<target5>.+?)\s+(?:be\s+)?(?:not\s+(?:repeat|recur)|(?:a\s+)?one-?\s?off|non-?repeating)$|^(?:turn|switch)\s+off\s+(?:the\s+)?(?:repetition|recurrence|repeat(?:ing)?)\s+(?:of|for|on)\s+(?<target6>.+?)$|^no\s+more\s+repeat(?:ing|s)\s+(?:for|of)\s+(?<target7>.+?)$`
        .replaceAll('$|', `${NO_MORE}$|`)
        .replace(/\$$/, `${NO_MORE}$$`),
      'ds',
    ),
    read: (draft, recognition) => {
      const words = recognition.target ? foldedSlice(draft, recognition.target) : '';
      // "stop repeating yourself", "don't repeat that" are said to us.
      if (/^(?:yourself|me|what|everything|the\s+(?:question|same)|myself)\b/.test(words)) return null;
      const spoken = /^(?:it|that|this|this one|that one)$/.test(words);
      if (spoken && /^(?:don't|do not|dont|no longer|never)\s/.test(foldedSlice(draft, recognition.body)))
        return null;
      const cleared: Recognition = { ...recognition, params: { clear: ['recurrence'] } };
      const named = recognition.target && targetEntity(draft, recognition.target);
      if (!named || !(isEvent(words) || ACTIVITY_NOUN.test(words.replace(/^(?:the|my|our)\s+/, ''))))
        return cleared;
      const meant: Target = { ...slotsOf([named]).target, kind: 'event' };
      return {
        ...cleared,
        action: 'update_event',
        implied: [entityAt(draft, 'target', named, meant, 'words of its title')],
      };
    },
  },
  {
    name: 'update.field',
    action: 'update_task',
    confidence: 0.95,
    pattern:
      /^(?:the\s+)?(?:due\s+date|deadline|priority)\s+(?:for|of|on)\s+(?<target>[^:=]+?)\s*(?::|=|\s(?:is|should be)\s)\s*(?<change>.+)$/ds,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      const read = change && readChange(draft, change);
      return target && read?.complete ? changed(recognition, target, read.entities) : null;
    },
  },
  {
    name: 'update.give',
    action: 'update_task',
    confidence: 0.96,
    pattern:
      /^(?:set|add|give|put)\s+(?:an?\s+|the\s+)?(?:deadline|due\s+date|priority)\s+(?:of|to|:)?\s*(?<change>.+?)\s+(?:for|to|on)\s+(?<target>.+)$/ds,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      const read = change && readChange(draft, change);
      return target && read?.complete && !readChange(draft, target).complete
        ? changed(recognition, target, read.entities)
        : null;
    },
  },
  {
    name: 'update.tag-it',
    action: 'update_task',
    confidence: 0.95,
    pattern: new RegExp(
      String.raw`^(?:add|put|attach)\s+(?:the\s+|an?\s+)?(?:tags?|labels?)\s+(?<change>${TAG_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+)${TAG_NAME}){0,4})$`,
      'dsu',
    ),
    sure: /^(?:add|attach)\s/,
    read: (draft, { target: _it, ...recognition }) => {
      const { change } = recognition;
      const tags = change ? splitTags(draft.text.slice(change.start, change.end)) : [];
      return change && tags.length > 0
        ? { ...recognition, implied: [entityAt(draft, 'tags', change, tags, 'as said')] }
        : null;
    },
  },
  {
    name: 'update.list-it',
    action: 'update_task',
    confidence: 0.96,
    pattern:
      /^(?:add|put|place|stick|move|file)\s+(?<target>it|that|this|that one|this one)\s+(?:to|on|onto|in|into|under)\s+(?:my\s+|the\s+|our\s+)?(?<change>(?!(?:(?:my|the|our)\s+)?(?:to-?\s?do|task)\b)[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+)?)\s+list$/dsu,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      if (!target || !change) return null;
      const name = draft.text.slice(change.start, change.end);
      return changed(recognition, target, [entityAt(draft, 'list', change, name, 'as said')]);
    },
  },
  {
    name: 'update.step',
    action: 'update_task',
    confidence: 0.95,
    pattern:
      /^(?<way>lower|decrease|reduce|downgrade|raise|increase|boost|bump up)\s+(?:the\s+)?(?:priority|importance)\s+(?:of|for|on)\s+(?<target>.+)$|^(?<way2>lower|decrease|reduce|downgrade|raise|increase|boost|bump up)\s+(?<target2>\S.*?)(?:'s|\bits)\s+(?:priority|importance)$|^(?<way3>lower|decrease|reduce|raise|increase|boost)\s+(?<target3>its|the)\s+(?:priority|importance)$/ds,
    read: (draft, recognition, groups) => {
      const way = groups['way'] ?? groups['way2'] ?? groups['way3'] ?? '';
      const { target, ...itself } = recognition;
      if (!target) return null;
      const to = /\s+to\s+(?=\S+(?:\s+priority)?$)/.exec(foldedSlice(draft, target));
      if (to) {
        const read = readChange(draft, { start: target.start + to.index, end: target.end });
        const item = { start: target.start, end: target.start + to.index };
        if (read.complete) return changed(recognition, item, read.entities);
      }
      const params = { step: /^(?:lower|decrease|reduce|downgrade)/.test(way) ? -1 : 1 };
      return /^(?:its|the)$/.test(foldedSlice(draft, target))
        ? { ...itself, params }
        : { ...recognition, params };
    },
  },
  {
    name: 'update.takes',
    action: 'update_task',
    confidence: 0.95,
    pattern: /^(?:make|let|have)\s+(?<target>.+?)\s+(?:take|last)\s+(?<change>.+)$/ds,
    read: (draft, recognition) => {
      const { target, change } = recognition;
      const minutes = change ? readDuration(foldedSlice(draft, change)) : null;
      return target && change && minutes !== null
        ? changed(recognition, target, [entityAt(draft, 'duration_minutes', change, minutes, 'as said')])
        : null;
    },
  },
];

/** A change of a task, or of an event when the words name one. */
export function changed(recognition: Recognition, target: Range, entities: readonly Entity[]): Recognition {
  return { ...recognition, target, implied: [...entities] };
}
