import { actionEntry, type Action } from '../../../contracts/intents.ts';
import type { Act, Entity } from '../../../contracts/nlu.ts';
import type { Slots, Target } from '../../../contracts/slots.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import { readTarget } from '../extract/target.ts';
import { timesIn } from '../extract/times.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

type Last = NonNullable<NluInput['lastReceipt']>;

/** What can be done to another item as well, and how the same is said of the other kind. */
const ORDERS: Partial<Record<Action, Action | null>> = {
  update_task: 'update_event',
  update_event: 'update_task',
  complete_task: null,
  delete_task: 'cancel_event',
  cancel_event: 'delete_task',
};
const KINDS: Partial<Record<Action, Target['kind']>> = {
  update_task: 'task',
  complete_task: 'task',
  delete_task: 'task',
  update_event: 'event',
  cancel_event: 'event',
};

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|and|also|plus|so|then|great|thanks|please|yes)[\s,.!]+)*`;
const TOO = String.raw`(?:too|as\s+well|also)`;
const TAIL = String.raw`(?:[\s,]+(?:please|pls|thanks|then))*[\s.!]*$`;
const NAME = String.raw`(?<what>(?:the|my|our|that)\s+(?!same\b)(?:[\p{L}\p{N}'’-]+\s*){1,5}?)`;
const WORDINGS = [
  new RegExp(String.raw`${LEAD}${NAME},?\s+${TOO}${TAIL}`, 'du'),
  new RegExp(
    String.raw`${LEAD}(?:do\s+the\s+same|(?:the\s+)?same(?:\s+thing)?)\s+(?:for|with|to)\s+(?<what>(?:the|my|our|that)?\s*(?:[\p{L}\p{N}'’-]+\s*){1,5}?)(?:,?\s+${TOO})?${TAIL}`,
    'du',
  ),
  // "And the second one": of a list there is nothing else to say.
  new RegExp(
    String.raw`^[\s,.!]*(?:(?:ok|okay|oh|yes)[\s,.!]+)*(?:and|also|plus|then)\s+(?:also\s+)?(?<what>the\s+(?:first|second|third|fourth|fifth|last)(?:\s+(?:one|task|item|event|entry|thing))?)${TAIL}`,
    'du',
  ),
];
/** The one before it is, of two, the other. */
const BEFORE_THAT = /^(?:one|task|event|thing)\s+before(?:\s+(?:that|it))?$/i;

/** "The gruber one too": what was done last is done with another item as well. */
export function thatToo(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  const kind = last && KINDS[last.action];
  if (!last?.said || !kind) return null;
  const match = WORDINGS.map((wording) => wording.exec(draft.folded)).find((found) => found !== null);
  const at = match && groupAt(match, 'what');
  // "The candles on saturday too" says a day of its own.
  if (!at || timesIn(draft, at).length > 0) return null;
  const said = draft.text.slice(at.start, at.end).trim();
  const words = said.replace(/^(?:the|my|our|that)\s+/i, '');
  const named = /^other\b/i.test(words) ? words : words.replace(/\s+one$/i, '');
  const query = BEFORE_THAT.test(named) ? 'other one' : named;
  if (query === '') return null;
  const place = readTarget(words.toLowerCase(), words);
  const meant: Omit<Target, 'kind'> =
    place?.ordinal === undefined ? { query } : { reference: place.reference, ordinal: place.ordinal };
  const act = actOn(
    draft,
    last.action,
    [
      entityAt(draft, 'target', at, { kind, ...meant } satisfies Target, 'what is meant as well'),
      ...saidBefore(draft, last),
    ],
    last.said.params,
  );
  const other = ORDERS[last.action];
  if (!other) return [act];
  return [
    {
      ...act,
      otherwise: {
        action: other,
        slots: {
          ...inOtherWords(last.said.slots, other, last.said.params?.hour_kept === true),
          target: { kind: KINDS[other] ?? kind, ...meant },
        },
        ...(last.said.params && { params: last.said.params }),
      },
    },
  ];
}

/** All that was said of the last one, but which it was. */
function saidBefore(draft: Draft, { action, said }: Last): Entity[] {
  const { target: _before, participants, ...rest } = said?.slots ?? {};
  const takes: readonly string[] = actionEntry(action).slots;
  // Who is met said which one it was.
  const guests = said?.params?.uninvite ? { participants } : {};
  return Object.entries({ ...rest, ...guests } satisfies Slots).flatMap(([slot, value]): Entity[] =>
    value === undefined || !(takes.includes(slot) || slot === 'date_range')
      ? []
      : [entityAt(draft, slot as keyof Slots, NOWHERE, value, 'as said before')],
  );
}

/** A day of an event as the due date of a task, and the other way round. */
function inOtherWords(
  { start, date_range: range, due_date: due, priority }: Slots,
  action: Action,
  hourKept: boolean,
): Slots {
  const at = start ?? range?.start ?? due;
  if (at === undefined) return { ...(priority && { priority }) };
  const isDay = hourKept || start === undefined;
  if (action === 'update_task') return { due_date: isDay ? at.slice(0, 10) : at };
  return at.length > 10 ? { start: at } : { date_range: { start: at, end: dayAfter(at) } };
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
