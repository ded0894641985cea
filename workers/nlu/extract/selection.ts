import { slotsOf, type ActParams, type Entity } from '../../../contracts/nlu.ts';
import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { findList, genericListCut } from './attributes.ts';
import { filterEntities } from './filters.ts';
import { contentOf } from './frames.ts';
import { targetEntity } from './target.ts';

const FROM_DAY =
  /\b(?:from|due)(?=\s+(?:today|tonight|tomorrow|yesterday|this|last|next|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b)/g;

/** "all my tasks from today": the filters among the words that name what is to be changed. */
export function selectorsIn(draft: Draft, range: Range): ActParams['where'] {
  // "from today to tomorrow" means what is due today, not all that is from then on.
  const folded = draft.folded.replace(FROM_DAY, (lead) => ' '.repeat(lead.length));
  const { entities } = filterEntities({ ...draft, folded }, range);
  const { date_range, list, tags, priority } = slotsOf(entities);
  return entities.length > 0 ? { date_range, list, tags, priority } : undefined;
}

/** "delete all tasks tagged home", "the second one": an item, or all that the filters select. */
export function extractSelection(draft: Draft, recognition: Recognition): Entity[] {
  const range = withoutPointing(draft, recognition.target ?? recognition.body);
  const plural = isPlural(draft, range);
  if (plural) return severalIn(draft, range);
  const { entities, rest } = singleFilters(draft, range);
  const target = targetEntity(draft, rest);
  return target ? [target, ...entities] : entities;
}

/** Those of a name, or all, with the filters that select among them. */
export function severalIn(draft: Draft, range: Range): [meant: Entity, ...filters: Entity[]] {
  const { entities, rest } = filterEntities(draft, range);
  const target = targetEntity(draft, rest);
  const some = target && entities.every(({ slot }) => slot !== 'list') ? groupNamed(target) : null;
  return [some ?? (target && isAll(target.value) ? target : allTarget(draft, range)), ...entities];
}

/** "all groceries": those that have the word in their list, their tags or their title. */
function groupNamed(target: Entity): Entity | null {
  const { query } = slotsOf([target]).target ?? {};
  // What is left out is no group.
  if (/\b(?:except|but|besides|apart from|other than|excluding)\b/i.test(query ?? '')) return null;
  const words = (query ?? '').split(/\s+/).filter((word) => !UNTELLING.test(word));
  if (query === undefined || words.length === 0 || words.length > 3) return null;
  const value = { kind: 'task', reference: 'all', query: words.join(' ') };
  return { ...target, value, readings: [{ value, reason: 'everything that has these words' }] };
}

/** Words around a group that name none. */
const UNTELLING =
  /^(?:all|every|everything|each|any|of|my|our|the|these|those|them|that|which|who|is|are|was|were|i|we|have|has|had|been|be|on|in|from|for|to|with|without|at|by|and|or|but|except|as|a|an|not|no|yet|still|also|now|already|just|left|there|here|one|ones|things?|stuff|items?|entries|tasks?|to-?dos?|lists?|open|daily|weekly|monthly|yearly|recurring|repeating|done|completed?|finished|overdue|due|late|old|new|past|remaining|pending|marked|both|other|others|rest|(?:un|in)\w+|\W+)$/i;

/** "the report, so tick it off": a clause that points back names nothing. */
function withoutPointing(draft: Draft, range: Range): Range {
  const { pointed, idle } = contentOf(draft, range, 'done');
  const first = pointed ? idle.find(({ start }) => start > range.start) : undefined;
  return first ? { start: range.start, end: first.start } : range;
}

const PLURAL =
  /^(?:all|every|everything|each|(?:the|those|these)(?: (?:overdue|late|old|done|open|urgent|remaining))? ones|ones|those (?=due|from|for|tagged|on|in)|my tasks|the tasks|overdue|completed|done|any|tasks|to-?dos|(?:my|the|all) .*\b(?:tasks|to-?dos|todos|items)\b|\S+(?: \S+)?'s (?:tasks|to-?dos|todos)\b)/;

/** Whether words mean everything that their filters select. */
export function isPlural(draft: Draft, { start, end }: Range): boolean {
  return PLURAL.test(draft.folded.slice(start, end));
}

export function allTarget(draft: Draft, range: Range): Entity {
  const all = { kind: 'task', reference: 'all' };
  const words = trimRange(draft.folded, range, ',.!?');
  return entityAt(draft, 'target', words, all, 'everything that the filters select');
}

/** One named item may still be told from others by a tag or a list: "milk from my groceries list". */
function singleFilters(draft: Draft, range: Range): { entities: Entity[]; rest: Range } {
  const { entities, rest } = filterEntities(draft, range, ['tags']);
  const list = findList(draft, rest, []);
  const generic = genericListCut(draft, rest);
  if (list && list.cut.start > rest.start)
    return { entities: [...entities, list.entity], rest: { start: rest.start, end: list.cut.start } };
  return generic ? { entities, rest: { start: rest.start, end: generic.start } } : { entities, rest };
}

export function isAll(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'reference' in value && value.reference === 'all';
}
