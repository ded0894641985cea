import type { Draft, EntityKind, Fact, Item, Reminder } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { Action } from '../../contracts/intents.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { ContactCreate, EffectsRequest, FactPatch, ReminderPatch } from '../../contracts/requests.ts';
import { newId } from '../../core/ids.ts';
import { titleOf } from '../../db/items.ts';
import { planSeries } from './calendar/direct-series.ts';
import * as events from './event-fields.ts';
import { followed } from './calendar/plan-change.ts';
import { planSendingDirectly } from './email/sending.ts';
import { forgetAllFacts } from './forgotten-facts.ts';
import { doneForNow } from './done-for-now.ts';
import { remindersAfter } from './item-reminders.ts';
import type { Ports } from './ports.ts';
import { putOff } from './reminder-fields.ts';
import { capital, quote } from './sentences.ts';
import * as tasks from './tasks/direct.ts';

/** A change that is asked for without words. */
export type DirectChange = Exclude<EffectsRequest, { op: 'undo' }>;
/** A change of one thing. */
type OfOne = Exclude<DirectChange, { op: 'delete_all_facts' }>;
type Creating = Extract<DirectChange, { op: `create_${string}` }>;
type Updating = Exclude<Extract<DirectChange, { op: `update_${string}` }>, { op: 'update_task' }>;
type Columns = Record<string, unknown>;

export const REASON = 'changed directly';

/** What the change comes to: its effects with one sentence. */
export async function planDirectly(
  ports: Ports,
  request: DirectChange,
  now: Date,
): Promise<{ action: string; summary: string; effects: EffectWrite[] }> {
  if (request.op === 'delete_all_facts') return forgetAllFacts(ports, now);
  const { op, item_id: id } = request;
  const kind = kindOf(op);
  if (isCreating(request)) {
    const fields = await created(ports, request, now);
    const name = 'name' in request.fields ? request.fields.name : request.fields.title;
    return {
      action: op,
      summary: `Added ${quote(name)}`,
      effects: [{ kind, op: 'create', id, version: null, fields, reason: REASON }],
    };
  }
  const item = await existing(ports, kind, id, request.if_version);
  if (item.kind === 'draft') onlyWhereItRests(item.item, op);
  if (op === 'send_draft' && item.kind === 'draft') {
    const how = { now, newId, reason: REASON };
    const { summary, effects } = await planSendingDirectly(ports.contacts, item.item, how);
    return { action: 'send_email' satisfies Action, summary, effects };
  }
  if (item.kind === 'event' && item.item.recurrence !== null) {
    const patch = request.op === 'update_event' ? request.fields : null;
    const ofDay = 'of_day' in request ? request.of_day : undefined;
    const how = { now, newId, reason: REASON };
    const whole = { start: null, scope: 'all' as const };
    const planned = await planSeries(ports.events, item.item, ofDay ?? whole, patch, how);
    return { action: op, summary: planned.summary, effects: await followed(ports, planned, now) };
  }
  if (item.kind === 'event' && 'of_day' in request && request.of_day)
    throw new PulseError(
      'validation_error',
      `${quote(item.item.title)} does not repeat: it has no such day.`,
    );
  // Settings are written as a whole: what another change has set in between must not be lost.
  const version = request.if_version ?? (item.kind === 'setting' ? item.item.version : null);
  const isDelete = !isUpdating(request);
  const fields = isDelete
    ? { deleted_at: now.toISOString(), updated_at: now.toISOString() }
    : await updated(ports, request, item, now);
  const name = kind === 'setting' ? titleOf(item) : quote(titleOf(item));
  const summary = `${isDelete ? 'Deleted' : 'Changed'} ${name}`;
  if (item.kind === 'task') {
    const fields = request.op === 'update_task' ? request.fields : null;
    const effects = await tasks.changed(ports, item.item, fields, { version, now, reason: REASON });
    // As by words: whoever ticks it again is told that it has been done.
    if (fields?.status === 'done' && item.item.status === 'open')
      return { action: 'complete_task' satisfies Action, summary: `Completed ${name}`, effects };
    return { action: op, summary, effects };
  }
  const effect: EffectWrite = {
    kind,
    op: isDelete ? 'delete' : 'update',
    id,
    version,
    fields,
    reason: REASON,
  };
  return {
    action: op,
    summary,
    effects: [effect, ...(await remindersAfter(ports, [effect], now))],
  };
}

const kindOf = (op: OfOne['op']): EntityKind => op.slice(op.indexOf('_') + 1) as EntityKind;
const isCreating = (request: OfOne): request is Creating => request.op.startsWith('create_');
const isUpdating = (request: OfOne): request is Updating => request.op.startsWith('update_');

async function created(ports: Ports, request: Creating, now: Date): Promise<Columns> {
  const stamps = { created_at: now.toISOString(), updated_at: now.toISOString(), deleted_at: null };
  switch (request.op) {
    case 'create_task':
      return tasks.created(ports, request.fields, now);
    case 'create_event': {
      await namesZone(ports, request.fields);
      const { timezone, event_minutes: minutes } = await ports.settings.read();
      return events.newEventColumns(request.fields, { timezone, minutes }, now);
    }
    case 'create_contact':
      await onlyNew(ports, request.fields);
      return { address: null, ...request.fields, ...stamps };
  }
}

/** "09:00+02:00 every week" does not say whose clock it keeps when the clocks change. */
async function namesZone(
  { settings }: Ports,
  { start, recurrence, timezone }: Extract<Creating, { op: 'create_event' }>['fields'],
): Promise<void> {
  if (!recurrence || timezone !== undefined || /(?:Z|[+-]00:?00)$/i.test(start)) return;
  const { settings: set } = await settings.stored();
  if (set['timezone'] === undefined)
    throw new PulseError(
      'validation_error',
      'What repeats keeps the clock of a time zone: add "timezone", such as "Europe/Vienna", or set yours.',
    );
}

/** The same person with the same address, a second time, is a slip. */
async function onlyNew({ contacts }: Ports, { name, address = null }: ContactCreate): Promise<void> {
  const same = (one: string | null, other: string | null): boolean =>
    one?.toLowerCase() === other?.toLowerCase();
  const known = await contacts.match(name, CONTACTS_MAX);
  if (known.some((one) => same(one.name, name) && same(one.address, address)))
    throw new PulseError('version_conflict', `${quote(name)} is in your contacts already.`);
}
const CONTACTS_MAX = 50;

async function updated(ports: Ports, request: Updating, item: Item, now: Date): Promise<Columns> {
  const updated_at = now.toISOString();
  switch (request.op) {
    case 'update_event':
      return item.kind === 'event' ? events.columnsOf(request.fields, item.item, now) : {};
    case 'update_reminder':
      return item.kind === 'reminder' ? changedReminder(ports, item.item, request.fields, now) : {};
    case 'update_contact':
      return { ...request.fields, updated_at };
    case 'update_fact':
      return item.kind === 'fact' ? changedFact(item.item, request.fields, now) : {};
    case 'update_draft':
      // Other words than its template's: it can't be filled again.
      return {
        ...request.fields,
        ...(request.fields.subject !== undefined || request.fields.body !== undefined ? { said: null } : {}),
        updated_at,
      };
    case 'update_setting': {
      const { settings } = await ports.settings.stored();
      return { settings: { ...settings, ...request.fields } };
    }
  }
}

/** What is written by hand nobody has said. */
function changedFact(fact: Fact, { value, valid_until: until }: FactPatch, now: Date): Columns {
  if (until && Date.parse(until) <= Date.parse(fact.valid_from))
    throw new PulseError('validation_error', 'It has to end after it begins: give a later "valid_until".');
  const isNew = value !== undefined && value !== fact.value;
  return {
    updated_at: now.toISOString(),
    ...(value !== undefined && { value }),
    ...(isNew && { said: null, turn_id: null, session_id: null }),
    ...(until !== undefined && { valid_until: until }),
  };
}

/** What was put off is to be told again; one that repeats is over only when it is deleted. */
async function changedReminder(
  ports: Ports,
  reminder: Reminder,
  { title, remind_at, status }: ReminderPatch,
  now: Date,
): Promise<Columns> {
  if (remind_at !== undefined && new Date(remind_at) <= now)
    throw new PulseError('validation_error', 'That time is over: give one to come.');
  const isDone = status === 'done' && remind_at === undefined;
  return {
    updated_at: now.toISOString(),
    ...(title !== undefined && { title }),
    ...(status && reminder.recurrence === null && { status }),
    ...(isDone && (await doneForNow(ports, reminder, { now, reference: now }))),
    ...(remind_at !== undefined && putOff(new Date(remind_at), now)),
  };
}

/** An email that is on its way is not changed under its reader; one that has left can only be put away. */
function onlyWhereItRests({ status }: Draft, op: DirectChange['op']): void {
  if (op === 'send_draft' || status === 'draft') return;
  if (status === 'sending')
    throw new PulseError('version_conflict', 'That email is on its way. Undo the sending first.');
  if (op !== 'delete_draft') throw new PulseError('version_conflict', 'That email has been sent already.');
}

async function existing(
  ports: Ports,
  kind: EntityKind,
  id: string,
  ifVersion: number | undefined,
): Promise<Item> {
  const item = await ports.items.find(kind, id);
  // A user nobody has seen yet has set nothing.
  if (!item && kind === 'setting')
    return { kind, item: { id, settings: await ports.settings.read(), version: 1 } };
  if (!item) throw new PulseError('not_found', `There is no such ${kind}.`);
  if (ifVersion !== undefined && item.item.version !== ifVersion) {
    throw new PulseError(
      'version_conflict',
      `${capital(`the ${kind}`)} is at version ${item.item.version} now. Read it again and repeat the change.`,
    );
  }
  return item;
}
