import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Db } from './connect.ts';
import { NO_SEARCH } from './found-turns.ts';
import { occurrencesOf } from './occurrences.ts';
import { toLocalInstant } from './tasks.ts';

/** What a search looks through. */
export type FoundKind = 'task' | 'event' | 'draft' | 'turn';

/** What is looked for. Without terms everything is found that the filters let through. */
export interface SearchQuery {
  /** Letters and digits only. One of them has to stand at the beginning of a word, in this or another form of it. */
  terms: readonly string[];
  /** Instants; `to` is exclusive. When something is due, takes place, was written or said. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Only tasks have lists. */
  list?: string | undefined;
  kinds: readonly FoundKind[];
}

/** Something that may be meant. `title` is what it is called by, `body` all else that was looked at. */
export interface FoundItem {
  kind: FoundKind;
  id: string;
  title: string;
  body: string;
  /** When it is due, begins, was written or said; a day, or an instant with its offset. */
  at: string | null;
  sessionId: string | null;
  /** A task that is done, an event that is over. */
  isOver: boolean;
  /** What was made or changed by something said. */
  madeIds: string[];
}

const foundRow = z.object({
  kind: z.enum(['task', 'event', 'draft', 'turn']),
  id: z.string(),
  title: z.string(),
  body: z.string(),
  day: z.string().nullable(),
  moment: z.date().nullable(),
  zone: z.string().nullable(),
  session_id: z.string().nullable(),
  is_over: z.boolean(),
  ends: z.date().nullable(),
  recurrence: z.string().nullable(),
  exceptions: z.array(z.date()).nullable(),
  made: z.array(z.string()).nullable(),
});

/** Where each kind keeps its words, just as the indexes have it, and what is shown of it. */
const SOURCES: Record<FoundKind, { words: string; sql: string }> = {
  task: {
    words: 'words_of(array[title, notes, list, location], tags)',
    sql: `select 'task' as kind, id, title,
        concat_ws(' ', notes, list, location, array_to_string(tags, ' ')) as body,
        due_on::text as day, due_at as moment, due_zone as zone, null::uuid as session_id, status = 'done' as is_over,
        null::timestamptz as ends, null as recurrence, null::timestamptz[] as exceptions, null::uuid[] as made
      from tasks where user_id = :user and deleted_at is null`,
  },
  event: {
    words: 'words_of(array[title, notes, location], participants)',
    sql: `select 'event', id, title, concat_ws(' ', array_to_string(participants, ' '), location, notes),
        null::text, start_at, timezone, null::uuid, recurrence is null and end_at < :reference,
        end_at, recurrence, exceptions, null::uuid[]
      from events where user_id = :user and deleted_at is null`,
  },
  draft: {
    words: 'words_of(array[subject, body], recipients || addresses)',
    sql: `select 'draft', id, subject, concat_ws(' ', array_to_string(recipients, ' '), body),
        null::text, coalesce(sent_at, updated_at), null::text, null::uuid, false,
        null::timestamptz, null, null::timestamptz[], null::uuid[]
      from drafts where user_id = :user and deleted_at is null`,
  },
  turn: {
    words: 'words_of(array[user_message])',
    // What was looked for before is no answer to the same question.
    sql: `select 'turn' as kind, id, user_message as title, '' as body,
        null::text as day, coalesce(reference_time, received_at) as moment, timezone as zone, session_id,
        false as is_over, null::timestamptz as ends, null as recurrence, null::timestamptz[] as exceptions,
        array(select e.item_id from receipts r join receipt_effects e on e.receipt_id = r.id
          where r.user_id = t.user_id and r.turn_id = t.id) as made
      from conversation_turns t
      where user_id = :user and kind = 'text' and state = 'completed' and ${NO_SEARCH}`,
  },
};

/** In SQL, what lies in a time for each kind. Series are looked at day by day afterwards. */
const WHEN: Record<FoundKind, string> = {
  task: `((due_on >= :from_day and due_on < :to_day) or (created_at >= :from and created_at < :to))`,
  event: `start_at < :to and (end_at > :from or (start_at = end_at and start_at >= :from) or recurrence is not null)`,
  draft: 'coalesce(sent_at, updated_at) >= :from and coalesce(sent_at, updated_at) < :to',
  turn: 'coalesce(reference_time, received_at) >= :from and coalesce(reference_time, received_at) < :to',
};
const EVER = { from: new Date('1900-01-01T00:00:00Z'), to: new Date('9000-01-01T00:00:00Z') };

/** Things of one user that have some of the words, the newest of each kind first. */
export async function searchItems(
  db: Db,
  userId: string,
  query: SearchQuery,
  { reference, zone, limit }: { reference: Date; zone: string; limit: number },
): Promise<FoundItem[]> {
  const { terms } = query;
  const isTimed = query.from !== undefined || query.to !== undefined;
  const { from, to } = { from: query.from ?? EVER.from, to: query.to ?? EVER.to };
  const kinds = query.list === undefined ? query.kinds : query.kinds.filter((kind) => kind === 'task');
  if (kinds.length === 0) return [];
  const parts = kinds.map((kind) => {
    const { words, sql } = SOURCES[kind];
    const conditions = [
      ...(terms.length > 0 ? [`${words} @@ to_tsquery('english'::regconfig, :tsquery)`] : []),
      ...(query.list === undefined ? [] : ['lower(list) = lower(:list)']),
      ...(isTimed ? [WHEN[kind]] : []),
    ];
    return `(${[sql, ...conditions].join(' and ')} order by ${kind === 'turn' ? 'received_at' : 'updated_at'} desc limit :limit)`;
  });
  const day = (at: Date): string => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
  const answer = await db.raw<{ rows: unknown[] }>(parts.join(' union all '), {
    user: userId,
    reference,
    from,
    from_day: day(from),
    to,
    to_day: day(to),
    tsquery: terms.map((term) => `'${term.replace(/[^\p{L}\p{N}]/gu, '')}':*`).join(' | '),
    list: query.list ?? '',
    limit,
  });
  return answer.rows
    .map((row) => foundRow.parse(row))
    .filter((row) => takesPlace(row, query))
    .map(({ day: due, moment, session_id, is_over, made, ...row }) => ({
      kind: row.kind,
      id: row.id,
      title: row.title,
      body: row.body,
      at: moment ? toLocalInstant(DateTime.fromJSDate(moment, { zone: row.zone ?? zone })) : due,
      sessionId: session_id,
      isOver: is_over,
      madeIds: made ?? [],
    }));
}

/** Whether a series has a day in the time that is looked at. */
function takesPlace(row: z.infer<typeof foundRow>, { from, to }: SearchQuery): boolean {
  const { recurrence, moment, zone, ends, exceptions } = row;
  if (recurrence === null || moment === null || (!from && !to)) return true;
  const lengthMs = (ends ?? moment).getTime() - moment.getTime();
  const begin = from ?? moment;
  const end = to ?? new Date(begin.getTime() + 366 * 24 * 3_600_000);
  const gone = new Set(exceptions?.map((at) => at.getTime()));
  return occurrencesOf(
    { start: moment, timezone: zone ?? 'UTC', recurrence },
    { from: new Date(begin.getTime() - lengthMs), to: end },
  ).some((start) => !gone.has(start.getTime()) && start.getTime() + lengthMs >= begin.getTime());
}

/** Texts looked at for their words; a slip in a word is corrected to one that the user knows. */
const TEXTS_MAX = 2_000;

/** The words that a user has written, each once, whole and in small letters. */
export async function searchableWords(db: Db, userId: string, limit: number): Promise<string[]> {
  const texts = [
    `(select concat_ws(' ', title, notes, list, location, array_to_string(tags, ' ')) as text from tasks
      where user_id = :user and deleted_at is null order by id desc limit :texts)`,
    `(select concat_ws(' ', title, notes, location, array_to_string(participants, ' ')) from events
      where user_id = :user and deleted_at is null order by id desc limit :texts)`,
    `(select concat_ws(' ', subject, body, array_to_string(recipients, ' ')) from drafts
      where user_id = :user and deleted_at is null order by id desc limit :texts)`,
    `(select user_message from conversation_turns t
      where user_id = :user and kind = 'text' and state = 'completed' and ${NO_SEARCH}
      order by received_at desc limit :texts)`,
  ];
  const answer = await db.raw<{ rows: { word: string }[] }>(
    `select word, count(*) as times
      from (${texts.join(' union all ')}) said, unnest(tsvector_to_array(to_tsvector('simple', text))) word
      where length(word) between 3 and 40 group by word order by times desc, word limit :limit`,
    { user: userId, texts: TEXTS_MAX, limit },
  );
  return answer.rows.map(({ word }) => word);
}
