import type { SearchHit } from '../../../contracts/result.ts';
import { quote, sayDate } from '../sentences.ts';

const NAMES = { task: 'Task', event: 'Event', draft: 'Email', turn: 'You wrote' } as const;

/** A hit as a line of a reply. */
export function sayHit(hit: SearchHit & { isOver: boolean }, zone: string, reference: Date): string {
  const { kind, title, snippet, at, isOver } = hit;
  const day = at === null ? '' : sayDate(at, zone, reference);
  if (kind === 'turn') return `${NAMES.turn} on ${day.replace(/ at .*/, '')}: ${quote(snippet)}`;
  const when =
    kind === 'draft'
      ? day.replace(/ at .*/, '')
      : kind === 'task'
        ? [day && `due ${day}`, isOver && 'done'].filter(Boolean).join(', ')
        : day;
  const inside = snippet !== '' && snippet !== title ? ` – ${quote(snippet)}` : '';
  return [`${NAMES[kind]}: ${quote(title)}`, when].filter(Boolean).join(', ') + inside;
}
