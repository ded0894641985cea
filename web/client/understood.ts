import { z } from 'zod';
import { ME } from '../../contracts/entities.ts';
import { factName, sayWho } from '../../contracts/fact-words.ts';
import type { Act, Entity } from '../../contracts/nlu.ts';
import { recurrenceParts } from '../../contracts/recurrence.ts';
import type { ActResult } from '../../contracts/result.ts';
import { formatValue, dayNumber } from './format-value.ts';
import type { Turn } from './turn-view.ts';

/** One thing that was understood, with the words it came from and how else they could be read. */
export interface Understood {
  key: string;
  slot: string;
  label: string;
  value: string;
  /** The value in its normal form. */
  normal: unknown;
  /** The words and where they stand in the turn's text; null where only the value is known. */
  words: { text: string; start: number; end: number } | null;
  alternatives: { value: string; reason: string; normal: unknown }[];
}

/** One thing that a message asks for, with all that was understood of it. */
export interface UnderstoodAct {
  key: string;
  /** `New task`; null for small talk and dialogue moves. */
  label: string | null;
  /** What tells it from the other acts of its message. */
  name: string;
  pieces: readonly Understood[];
}

const LABELS: Readonly<Record<string, string>> = {
  title: 'title',
  due_date: 'due',
  start: 'starts',
  end: 'ends',
  all_day: 'length',
  date_range: 'when',
  duration_minutes: 'takes',
  recurrence: 'repeats',
  priority: 'priority',
  participants: 'with',
  location: 'at',
  list: 'list',
  tags: 'tags',
  target: 'which',
  recipient: 'to',
  email_type: 'kind',
  query: 'about',
  remind_at: 'reminder',
  when: 'when',
};

/** The name of a slot as a person would say it. */
export const slotLabel = (slot: string): string => LABELS[slot] ?? slot.replaceAll('_', ' ');

const ACTION_LABELS: Readonly<Record<string, string>> = {
  create_task: 'New task',
  update_task: 'Change task',
  complete_task: 'Tick off',
  delete_task: 'Delete task',
  list_tasks: 'Show tasks',
  create_event: 'New event',
  update_event: 'Change event',
  cancel_event: 'Cancel event',
  list_events: 'Show events',
  plan_schedule: 'Plan',
  find_time: 'Find time',
  reschedule: 'Move',
  daily_briefing: 'Briefing',
  weekly_briefing: 'Week briefing',
  search: 'Search',
  draft_email: 'Draft email',
  send_email: 'Send email',
  search_email: 'Search drafts',
  set_reminder: 'Reminder',
  list_reminders: 'Show reminders',
  show_usage: 'Usage',
  upgrade: 'Upgrade',
  set_preference: 'Setting',
};

type Told = NonNullable<NonNullable<Act['params']>['fact']>;
const TOLD_LABELS: Readonly<Record<Told['move'], string>> = {
  save: 'Remember',
  find: 'Look up',
  list: 'Look up',
  forget: 'Forget',
};

/** What is told, asked for or to be forgotten. */
const toldIn = (act: Act | ActResult): Told | null =>
  act.action === 'set_preference' && 'params' in act ? (act.params?.fact ?? null) : null;

const hasSetting = ({ entities }: Act | ActResult): boolean =>
  Array.isArray(entities) ? entities.some(({ slot }) => slot === 'preference') : 'preference' in entities;

/** Drafts are all the email there is; without anything to look for it is a look at them. */
function labelOf(act: Act | ActResult): string | null {
  const { action, entities } = act;
  const told = toldIn(act);
  if (told) return told.is_over ? 'No more' : TOLD_LABELS[told.move];
  // An answer to a question about what was told sets nothing.
  if (action === 'set_preference' && !hasSetting(act)) return null;
  if (action === 'search_email' && Object.keys(entities).length === 0) return 'Look at drafts';
  return (action !== null && ACTION_LABELS[action]) || null;
}

/** What was understood in a turn, act by act in the order they were said. */
export function understoodOf(turn: Turn, now: Date): UnderstoodAct[] {
  // After a reload without the words only the values are at hand.
  const acts =
    turn.acts.length > 0
      ? turn.acts.map((act, index) => fromAct(turn, act, index, now))
      : resultActs(turn).map((act, index) => fromResult(turn, act, index, now));
  return acts.filter(({ label, pieces }) => label !== null || pieces.length > 0);
}

const preference = z.object({ key: z.string() });
const IS_TIME = /^(?:due_date|start|date_range)$/;

function fromAct(turn: Turn, act: Act, actIndex: number, now: Date): UnderstoodAct {
  const result = resultOfAct(turn, actIndex);
  const bare = isBareChange(act);
  const added = bare && result !== null && result.action !== act.action;
  // What a bare change belongs to is known only when it has been made: the open question, or what was done last.
  const open = bare && result === null;
  const all = act.entities.flatMap((entity, index): Understood[] => {
    if (((added || open) && entity.slot === 'target') || endsAfterItsRule(entity, act.entities)) return [];
    // An hour of a day that stays as it was, or a day of its month: which one that is, is known only with the item.
    const isOpen =
      entity.value === act.params?.day_kept || (act.params?.month_kept && IS_TIME.test(entity.slot));
    // Which setting it is stands in its value; how it is to be, the words say best.
    const set = entity.slot === 'preference' ? preference.safeParse(entity.value).data : undefined;
    const isAsSaid = isOpen || set !== undefined;
    const value = isAsSaid && entity.text !== '' ? entity.text : formatValue(entity.slot, entity.value, now);
    if (value === null) return [];
    const alternatives = entity.readings.slice(1).flatMap((reading) => {
      const other = formatValue(entity.slot, reading.value, now);
      return other === null || other === value
        ? []
        : [{ value: other, reason: reading.reason, normal: reading.value }];
    });
    return [
      {
        key: `${actIndex}.${index}`,
        slot: entity.slot,
        label: set ? slotLabel(set.key) : slotLabel(entity.slot),
        value,
        normal: entity.value,
        words: entity.text === '' ? null : { text: entity.text, start: entity.start, end: entity.end },
        alternatives,
      },
    ];
  });
  // What was said in several places ("Ann and Bob", "tomorrow … at 5") has its whole value at each of them.
  const pieces = all.filter(
    ({ slot, value }, index) =>
      all.findIndex((other) => other.slot === slot && other.value === value) === index,
  );
  const label = added ? (result.clarification ? 'Added to the question' : labelOf(result)) : labelOf(act);
  const told = toldIn(act);
  if (told) pieces.unshift(pieceOfFact(turn, told, actIndex));
  return actOf(actIndex, open ? null : label, pieces, turn.text.slice(act.span.start, act.span.end));
}

function fromResult(turn: Turn, act: ActResult, actIndex: number, now: Date): UnderstoodAct {
  return actOf(actIndex, labelOf(act), valuesOf(act, actIndex, now), turn.text);
}

/** "dentist Dr. Kim", "Ann’s diet vegetarian", "which your dentist", "about you" */
function pieceOfFact(turn: Turn, told: Told, actIndex: number): Understood {
  const { subject = ME, attribute, value } = told;
  const start = value === undefined ? -1 : turn.text.indexOf(value);
  const name = attribute === undefined ? null : factName({ subject, attribute });
  return {
    key: `${actIndex}.fact`,
    slot: 'preference',
    label:
      name === null ? 'about' : value === undefined ? 'which' : subject === ME ? (attribute ?? '') : name,
    value: value ?? name ?? sayWho(subject),
    normal: told,
    words: value === undefined || start === -1 ? null : { text: value, start, end: start + value.length },
    alternatives: [],
  };
}

/** An act is called by its title or by the item it means; its own words stand in for both. */
function actOf(
  actIndex: number,
  label: string | null,
  pieces: readonly Understood[],
  words: string,
): UnderstoodAct {
  const title = pieces.find(({ slot }) => slot === 'title') ?? pieces.find(({ slot }) => slot === 'target');
  return { key: String(actIndex), label, name: title?.value ?? words, pieces };
}

function valuesOf({ entities }: ActResult, actIndex: number, now: Date): Understood[] {
  return Object.entries(entities).flatMap(([slot, normal]): Understood[] => {
    const value = formatValue(slot, normal, now);
    if (value === null) return [];
    const key = `${actIndex}.${slot}`;
    return [{ key, slot, label: slotLabel(slot), value, normal, words: null, alternatives: [] }];
  });
}

/** "no, friday": a change of whatever came last, which the words don't name. */
function isBareChange({ action, entities }: Act): boolean {
  const target = entities.find(({ slot }) => slot === 'target');
  return action === 'update_task' && target?.text === '' && entities.length > 1;
}

/**
 * `end` is when one occurrence ends, which is never after the end of its repetition: there it is that end once more, read from
 * the same words less exactly.
 */
function endsAfterItsRule({ slot, value }: Entity, entities: readonly Entity[]): boolean {
  const rule = entities.find((entity) => entity.slot === 'recurrence')?.value;
  const until = typeof rule === 'string' ? recurrenceParts(rule).get('UNTIL') : undefined;
  if (slot !== 'end' || typeof value !== 'string' || until === undefined) return false;
  return dayNumber(value) > dayNumber(until.replace(/^(\d{4})(\d\d)(\d\d).*/, '$1-$2-$3'));
}

/** What became of each act; a turn of one act is its own. */
function resultActs({ result }: Turn): readonly ActResult[] {
  if (!result) return [];
  return result.acts.length > 0 ? result.acts : [result];
}

/** What became of one act; null while that isn't known, or where an act was carried out as several. */
export function resultOfAct(turn: Turn, actIndex: number): ActResult | null {
  const results = resultActs(turn);
  return results.length === turn.acts.length ? (results[actIndex] ?? null) : null;
}

/** What was said beside the answer to a question that is put again, in words: `due Fri 4 Dec, 17:00`; null for nothing. */
export function notedOf(turn: Turn, now: Date): string | null {
  const noted = turn.acts.flatMap((act, index) => {
    const result = resultOfAct(turn, index);
    const asked = result?.clarification?.slot;
    if (!result || asked === undefined || !isBareChange(act) || result.action === act.action) return [];
    return valuesOf(result, index, now).filter(({ slot }) => slot !== asked && slot !== 'target');
  });
  return noted.length > 0 ? noted.map(({ label, value }) => `${label} ${value}`).join(' · ') : null;
}
