import { itemOf } from '../../db/items.ts';
import { sayState } from '../../contracts/change-words.ts';
import { sayRecurrence } from '../../contracts/recurrence.ts';
import { quote, sayDate, sayLength } from './sentences.ts';

/** What a person calls a field; what is not here follows from others, or is nobody's business. */
const CALLED: Readonly<Record<string, string>> = {
  title: 'title',
  status: 'state',
  due_date: 'due',
  priority: 'priority',
  duration_minutes: 'takes',
  list: 'list',
  tags: 'tags',
  recurrence: 'repetition',
  start: 'start',
  end: 'end',
  participants: 'people',
  location: 'place',
  notes: 'notes',
  remind_at: 'time',
  recipients: 'to',
  subject: 'subject',
  body: 'text',
  name: 'name',
  address: 'address',
  value: 'value',
  valid_until: 'until',
};
const TIMES = new Set(['due_date', 'start', 'end', 'remind_at', 'valid_until']);
/** Longer values are only said to differ. */
const SAID_MAX = 80;

/** How rows of one thing differ, each as "due Friday 20 November → Monday 23 November"; rows as receipts keep them. */
export function differences(
  kind: string,
  from: Record<string, unknown>,
  to: Record<string, unknown>,
  { timezone, reference }: { timezone: string; reference: Date },
): string[] {
  const [one, other] = [from, to].map((row): Record<string, unknown> => ({ ...itemOf(kind, row).item }));
  if (!one || !other) return [];
  const say = (field: string, value: unknown): string => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'nothing';
    if (typeof value === 'string' && TIMES.has(field)) return sayDate(value, timezone, reference);
    if (typeof value === 'string' && field === 'recurrence') return sayRecurrence(value);
    if (typeof value === 'string' && field === 'status') return sayState(kind, value);
    if (typeof value === 'number' && field === 'duration_minutes') return sayLength(value);
    const text = Array.isArray(value)
      ? value.join(', ')
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
    return field === 'title' || field === 'subject' ? quote(text) : text;
  };
  return Object.entries(CALLED).flatMap(([field, called]) => {
    if (JSON.stringify(one[field]) === JSON.stringify(other[field])) return [];
    const [before, after] = [say(field, one[field]), say(field, other[field])];
    return before.length + after.length > SAID_MAX
      ? [`${called} differs`]
      : [`${called} ${before} → ${after}`];
  });
}
