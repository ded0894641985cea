import type { Action } from '../../../contracts/intents.ts';
import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { readChange } from './change.ts';
import { readOrder } from './event-change.ts';
import { filterEntities, queryEntity } from './filters.ts';
import { findListName, shownListName } from './lists.ts';
import { allTarget, extractSelection, isAll, isPlural, severalIn } from './selection.ts';
import { lastTarget, targetEntity } from './target.ts';
import { titleEntity } from './title.ts';

/** An item and its new values. */
export function extractUpdate(draft: Draft, recognition: Recognition): Entity[] {
  if (recognition.rule === '')
    return readLoosely(draft, 'update_task').map((entity) =>
      entity.slot === 'target' && EVERYTHING.test(draft.folded.slice(entity.start, entity.end))
        ? allTarget(draft, entity)
        : entity,
    );
  const { target, title, change, body } = recognition;
  const many = target && isPlural(draft, target);
  const meant =
    (target && (many ? severalIn(draft, target)[0] : targetEntity(draft, target))) ??
    lastTarget(draft, { start: body.start, end: body.start });
  const entities = [meant];
  if (title) {
    const named = titleEntity(draft, title, []);
    if (named) entities.push(named);
  }
  if (change && !recognition.implied) entities.push(...readChange(draft, change).entities);
  return entities;
}

/** "everything from shopping" names no item by itself. */
const EVERYTHING =
  /^(?:everything|all(?:\s+of)?(?:\s+(?:my|the))?(?:\s+(?:tasks|items|things))?)(?:\s+(?:from|in|on|of)\b|$)/;

/** "delete all tasks tagged home", "got the cheese, tick it" */
export function extractTaskSelection(draft: Draft, recognition: Recognition): Entity[] {
  const loose =
    recognition.rule === '' &&
    (recognition.action === 'complete_task' || recognition.action === 'delete_task');
  const entities = loose ? readLoosely(draft, recognition.action) : extractSelection(draft, recognition);
  const emptied = wholeList(draft, entities);
  if (emptied) return emptied;
  if (loose || entities.some(({ slot }) => slot === 'list')) return entities;
  const list = findListName(draft, { start: 0, end: draft.folded.length }, entities);
  return list ? [...entities, list.entity] : entities;
}

const WHOLE_LIST =
  /^(?:(?:all|everything)(?:\s+(?:on|from|in|of))?\s+)?(?:(?:the|my|our)\s+)?(?:(?:whole|entire)\s+)?(?<name>\S+(?:\s+\S+)?)\s+list$/d;

/** "clear my shopping list": all that is on it. */
function wholeList(draft: Draft, entities: readonly Entity[]): Entity[] | null {
  const meant = entities.find(({ slot }) => slot === 'target');
  const at = meant && WHOLE_LIST.exec(draft.folded.slice(meant.start, meant.end))?.indices?.groups?.['name'];
  if (!meant || !at || isAll(meant.value) || entities.some(({ slot }) => slot === 'list')) return null;
  const name = { start: meant.start + at[0], end: meant.start + at[1] };
  const list = entityAt(draft, 'list', name, draft.text.slice(name.start, name.end), 'as said');
  return [allTarget(draft, meant), list, ...entities.filter((entity) => entity !== meant)];
}

/** Where no rule knew the wording, the same frames as elsewhere tell what is meant. */
function readLoosely(draft: Draft, action: Action): Entity[] {
  const read = readOrder(draft, { start: 0, end: draft.folded.length }, action, 'task');
  const entities = read.entities.map((entity) =>
    CALMER.test(entity.text) ? { ...entity, value: calmer(entity) } : entity,
  );
  return entities.some(({ slot }) => slot === 'target')
    ? entities
    : [lastTarget(draft, { start: 0, end: 0 }), ...entities];
}

/** "It's not that urgent" of something that there is: no more than usual. */
const CALMER = /\bnot\s+(?:so|very|that|really)\s+(?:urgent|important)$/;
const calmer = ({ slot, value }: Entity): unknown => (slot === 'priority' ? 'medium' : value);

export function extractListing(draft: Draft, { body, implied = [], rule }: Recognition): Entity[] {
  const { entities } = filterEntities(draft, body);
  if (!entities.some(({ slot }) => slot === 'list')) {
    const shown = shownListName(draft, rule === '' ? body : { start: 0, end: draft.folded.length }, entities);
    if (shown && !implied.some(({ slot }) => slot === 'list')) entities.push(shown.entity);
  }
  const asked = ON_IT.exec(draft.folded)?.indices?.groups?.['item'];
  if (asked && !implied.some(({ slot }) => slot === 'query')) {
    const span = { start: asked[0], end: asked[1] };
    return [
      ...entities,
      entityAt(
        draft,
        'query',
        span,
        draft.text.slice(span.start, span.end),
        'what is looked for on the list',
      ),
    ];
  }
  const found = [...entities, ...implied];
  const query = found.some(({ slot }) => slot === 'query') ? null : queryEntity(draft, body, found);
  const meant = query ?? (found.length === 0 ? oneTask(draft, body) : null);
  return meant ? [...entities, meant] : entities;
}

/** "is milk on the list already" */
const ON_IT =
  /^[\s,]*(?:(?:hey|hi|ok|so|um|uh)[\s,]+)*(?:is|are|have i got|do i have|did i (?:ever )?(?:put|write|add|note))\s+(?:down\s+)?(?!there\b|anything\b|any\b|everything\b|all\b|something\b)(?<item>\S.{0,60}?)\s+(?:already\s+|still\s+)?on\s+(?:my|the|our)\s+(?:\S+\s+){0,3}?(?:list|lsit)\b/d;

/** "find the physics task": words of a title before the noun. */
function oneTask(draft: Draft, range: Range): Entity | null {
  const match =
    /^(?:the|my|that)\s+(?!(?:next|last|first|latest|newest|other|whole|entire|current|open|done|completed|finished|to-?do|task)\b)(?<name>.+?)\s+(?:task|to-?do|todo|item)$/d.exec(
      draft.folded.slice(range.start, range.end),
    );
  const at = match?.indices?.groups?.['name'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return entityAt(draft, 'query', span, draft.text.slice(span.start, span.end), 'words of its title');
}
