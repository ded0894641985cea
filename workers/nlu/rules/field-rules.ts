import type { Entity } from '../../../contracts/nlu.ts';
import type { Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { readChange } from '../extract/change.ts';
import type { Range } from '../text.ts';
import { findRecurrence } from '../time/recurrence.ts';
import type { Rule } from './rule.ts';

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
      const found = change && findRecurrence(draft.folded, change, true);
      return target && found
        ? changed(recognition, target, [entityAt(draft, 'recurrence', found, found.rule, 'as said')])
        : null;
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
];

/** A change of a task, or of an event when the words name one. */
export function changed(recognition: Recognition, target: Range, entities: readonly Entity[]): Recognition {
  return { ...recognition, target, implied: [...entities] };
}
