import { done, type Step, type Work } from '../outcome.ts';
import type { TaskGroup } from '../ports.ts';
import { count, quote } from '../sentences.ts';
import { apply } from './apply.ts';
import { BULK_MAX } from '../policy.ts';

const ASKED = /\b(?<kind>lists|tags)\b/i;

/** "What lists do I have?": the lists or tags themselves with what is on them; null where tasks are asked for. */
export async function listGroups({ words, slots, ports }: Work): Promise<Step | null> {
  const kind = ASKED.exec(words)?.groups?.['kind']?.toLowerCase();
  const narrowed = slots.list ?? slots.tags ?? slots.query ?? slots.date_range ?? slots.priority;
  if (kind === undefined || narrowed !== undefined) return null;
  const by = kind === 'lists' ? 'list' : 'tag';
  const groups = await ports.tasks.groups(by);
  const executionResult = { total: groups.length, [kind]: groups };
  if (groups.length === 0)
    return done({
      reply: `You have no ${kind} yet. ${by === 'list' ? 'Put a task on one, for example "add milk to the shopping list".' : 'Tag a task, for example "tag milk with dairy".'}`,
      executionResult,
    });
  const lines = groups.map((group, index) => `${index + 1}. ${sayGroup(group)}`);
  return done({ reply: [`You have ${count(groups.length, by)}:`, ...lines].join('\n'), executionResult });
}

const sayGroup = ({ name, open, done: ready }: TaskGroup): string =>
  `${name} (${[open > 0 || ready === 0 ? `${open} open` : null, ready > 0 ? `${ready} done` : null].filter(Boolean).join(', ')})`;

const NAMED = /^(?:(?:the|my|our)\s+)?(?:list\s+(?<after>\S.*)|(?<before>\S.*?)\s+list)$/i;

/** "Rename the work list to office": all that is on it gets the other list; null where a task is renamed. */
export async function renameGroup(work: Work): Promise<Step | null> {
  const { target, title } = work.slots;
  const match = target?.query === undefined ? null : NAMED.exec(target.query)?.groups;
  const name = match?.['after'] ?? match?.['before'];
  if (name === undefined || title === undefined) return null;
  const groups = await work.ports.tasks.groups('list');
  const known = groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (!known) return null;
  const list = title.replace(/^(?:the|my|our)\s+(?=.*\slist$)/i, '').replace(/\s+list$/i, '');
  const { tasks } = await work.ports.tasks.list({ list: known.name }, BULK_MAX);
  const told = `Renamed the list ${quote(known.name)} to ${quote(list)}`;
  return apply(work, {
    verb: 'change',
    past: 'Changed',
    change: 'updated',
    changes: tasks.map((task) => ({ task, patch: { list } })),
    summary: told,
    told: `${told}. ${count(tasks.length, 'task')} ${tasks.length === 1 ? 'is' : 'are'} in it.`,
    agreed: true,
    free: true,
  });
}
