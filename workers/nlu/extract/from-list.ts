import { slotsOf, type ActParams, type Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { findPeople } from '../people/people.ts';
import { isAll } from './selection.ts';

const FROM =
  /^(?<item>\S.*?)\s+(?:from|off|out\s+of)\s+(?:(?:my|the|our)\s+)?(?<list>[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+)?)$/du;

/** "Move cheese from shopping to the party list": the list that it is on says which one, and is no part of its name. */
export function withItsList(
  draft: Draft,
  entities: Entity[],
  implied: readonly Entity[],
): { entities: Entity[]; params?: ActParams } {
  const goes = [...implied, ...entities].some(({ slot }) => slot === 'list');
  const meant = goes
    ? entities.find((entity) => slotsOf([entity]).target?.query !== undefined && !isAll(entity.value))
    : undefined;
  const words = meant ? draft.folded.slice(meant.start, meant.end).replace(/\s+list$/, '') : '';
  const match = FROM.exec(words)?.indices?.groups;
  const [item, list] = [match?.['item'], match?.['list']];
  if (!meant || !item || !list) return { entities };
  const name = { start: meant.start + list[0], end: meant.start + list[1] };
  if (findPeople(draft, name).length > 0) return { entities };
  const at = { start: meant.start + item[0], end: meant.start + item[1] };
  const query = draft.text.slice(at.start, at.end).replace(/^(?:the|my|our)\s+/i, '');
  const target = entityAt(draft, 'target', at, { kind: 'task', query }, 'words of its title');
  return {
    entities: entities.map((entity) => (entity === meant ? target : entity)),
    params: { where: { list: draft.text.slice(name.start, name.end) } },
  };
}
