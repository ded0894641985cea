import type { ActParams } from '../../../contracts/nlu.ts';
import type { Draft, Recognition } from '../draft.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

type Field = NonNullable<ActParams['clear']>[number];

const FIELD = String.raw`(?:due\s+(?:date|time)|deadline|due|date|priority|duration|estimate|recurrence|repetition|repeat|location|place|list)`;
const TAG = String.raw`(?:(?:tags?|labels?)(?:\s+(?!from\b|of\b|on\b|off\b)\S+)?|#\S+(?:\s+(?:tag|label))?|[\p{L}\p{N}_-]+\s+(?:tag|label))`;
const FIELD_OR_TAG = String.raw`(?:${FIELD}|${TAG})`;

const TAKE = String.raw`(?:remove|delete|clear|drop|unset|erase|reset|scrap|take\s+off|get\s+rid\s+of)`;
/** Fields that are no thing of their own: "remove the priority" can mean nothing else. */
const PLAIN_FIELD = String.raw`(?:due\s+(?:date|time)|deadline|date|priority|duration|time\s+estimate|recurrence|repetition|repeat|tags?|labels?|location)`;
const ONE_TAG = String.raw`(?:(?:tag|label)\s+#?[\p{L}\p{N}_-]+|#[\p{L}\p{N}_-]+(?:\s+(?:tag|label))?|[\p{L}\p{N}_-]+\s+(?:tag|label))`;

/** "Remove the due date from X", "X has no deadline": a value goes, the item stays. */
export const EMPTYING_RULES: readonly Rule[] = [
  {
    name: 'update.empty',
    action: 'update_task',
    confidence: 0.96,
    pattern: new RegExp(
      String.raw`^(?:remove|delete|clear|drop|unset|erase|reset|get rid of)\s+(?:the\s+|its\s+|any\s+|all\s+)?(?:${FIELD_OR_TAG})\s+(?:from|of|on|for|off)\s+(?<target>.+)$|^(?:remove|delete|clear|drop|unset|erase)\s+(?<target2>\S.*?)(?:'s|s')\s+(?:${FIELD_OR_TAG})$|^take\s+(?:the\s+|its\s+)?(?:${FIELD_OR_TAG})\s+off\s+(?:of\s+)?(?<target3>.+)$`,
      'dsu',
    ),
    sure: /^(?:remove|delete|clear|drop)\s+(?:the\s+|all\s+)?(?:tags?|labels?|due date|deadline|priority)\s+(?:from|of)\s/,
    read: emptied,
  },
  {
    name: 'update.empty-it',
    action: 'update_task',
    confidence: 0.95,
    pattern: new RegExp(
      String.raw`^(?:please\s+)?(?:${TAKE})\s+(?:(?:the|its|it's|any|all|all the|all its)\s+)?(?:${PLAIN_FIELD})(?:\s+(?:again|please|too|as well))?$|^(?:${TAKE})\s+its\s+(?:${FIELD})$|^take\s+(?:the\s+|its\s+)?(?:${FIELD_OR_TAG})\s+off$|^(?:${TAKE})\s+(?:the\s+|its\s+)?(?:${ONE_TAG})$|^(?:it\s+|that\s+)?(?:doesn't|does\s+not|dont|don't)\s+(?:need|have)\s+(?:an?\s+|any\s+)?(?:${FIELD})$|^(?:(?:make|set|give|leave)\s+(?:it|that)\s+)?(?:(?:it\s+)?(?:has|needs|have|with)\s+)?(?:no|without\s+(?:an?|any))\s+(?:${FIELD})(?:\s+(?:needed|necessary|please|any\s?more))?$`,
      'dsu',
    ),
    read: emptied,
  },
  {
    name: 'update.not-so',
    action: 'update_task',
    confidence: 0.94,
    pattern: new RegExp(
      String.raw`^(?:no[\s,]+)?(?:it's\s+|its\s+|it\s+is\s+|that's\s+)?not\s+(?:an?\s+|so\s+|that\s+|really\s+|as\s+)?(?:highest|high|top|urgent|critical|low|lowest)(?:[\s-]+(?:priority|prio))?$`,
      'ds',
    ),
    read: (_draft, recognition) => ({ ...recognition, params: { clear: ['priority'] } }),
  },
  {
    name: 'update.someday',
    action: 'update_task',
    confidence: 0.95,
    pattern:
      /^(?:move|push|postpone|defer|put\s+off|put|shift|delay|reschedule|snooze)\s+(?<target>.+?)\s+(?:to|for|until|till)\s+(?:someday|some\s+day|one\s+day|whenever|no\s+(?:due\s+)?date)$/ds,
    read: (_draft, recognition) => ({ ...recognition, params: { clear: ['due_date'] } }),
  },
  {
    name: 'update.reopen',
    action: 'update_task',
    confidence: 0.96,
    pattern:
      /^(?:re-?open|un-?check|un-?tick|un-?complete|un-?finish|un-?mark)\s+(?<target>.+?)(?:\s+(?:again|as (?:done|completed?|finished)))?$|^(?:mark|set|flag)\s+(?<target2>.+?)\s+(?:as|to)\s+(?:not\s+(?:yet\s+)?(?:done|completed?|finished)|undone|open|incomplete|unfinished|uncompleted|to\s?do)(?:\s+(?:again|yet))?$|^(?<target3>.+?)\s+(?:is(?:n't|\s+not)|was(?:n't|\s+not)|are(?:n't|\s+not))\s+(?:actually\s+|really\s+)?(?:done|completed?|finished)(?:\s+(?:yet|after all))?$/ds,
    read: (draft, recognition) =>
      recognition.target &&
      /^(?:what|which|show|list|everything|anything|how|who)\b/.test(foldedSlice(draft, recognition.target))
        ? null
        : { ...recognition, params: { reopen: true } },
  },
  {
    name: 'update.none',
    action: 'update_task',
    confidence: 0.95,
    pattern: new RegExp(
      String.raw`^(?:no|without\s+(?:an?|any))\s+(?:${FIELD})\s+(?:for|on)\s+(?<target>.+)$|^(?:set|change|make)\s+(?:the\s+)?(?:${FIELD})\s+(?:of|for|on)\s+(?<target2>.+?)\s+to\s+(?:none|nothing|null|empty|no date)$|^(?:make\s+|let\s+)?(?<target3>\S.*?)\s+(?:has|have|needs?|should have|with)\s+no\s+(?:${FIELD})(?:\s+any\s?more)?$`,
      'dsu',
    ),
    // "show tasks with no deadline" asks for a list.
    read: (draft, recognition) =>
      /^(?:show|list|what|which|find|get|view|display|tasks?|to-?dos?|everything|all|add|create|i|who|there)\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? null
        : emptied(draft, recognition),
  },
];

/** What is to go, from the words beside the item's name. */
function emptied(draft: Draft, recognition: Recognition): Recognition {
  const { body, target } = recognition;
  const words = target
    ? `${draft.folded.slice(body.start, target.start)} ${draft.folded.slice(target.end, body.end)}`
    : foldedSlice(draft, body);
  const tag =
    /#(?<hash>[\p{L}\p{N}_-]+)|\b(?:tag|label)\s+(?!from\b|of\b|on\b|off\b)(?<named>[\p{L}\p{N}_-]+)|\b(?!the\b|its\b|all\b)(?<before>[\p{L}\p{N}_-]+)\s+(?:tag|label)\b/u.exec(
      words,
    )?.groups;
  const name = tag?.['hash'] ?? tag?.['named'] ?? tag?.['before'];
  return { ...recognition, params: name === undefined ? { clear: [fieldOf(words)] } : { untag: [name] } };
}

function fieldOf(words: string): Field {
  if (/\b(?:priority)\b/.test(words)) return 'priority';
  if (/\b(?:duration|estimate)\b/.test(words)) return 'duration_minutes';
  if (/\b(?:recurrence|repetition|repeat)\b/.test(words)) return 'recurrence';
  if (/\b(?:tags?|labels?)\b/.test(words)) return 'tags';
  if (/\b(?:location|place)\b/.test(words)) return 'location';
  return /\blist\b/.test(words) && !/\b(?:due|date|deadline)\b/.test(words) ? 'list' : 'due_date';
}
