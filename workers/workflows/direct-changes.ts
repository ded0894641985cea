import type { EntityKind, Item } from '../../contracts/entities.ts';
import { PulseError } from '../../contracts/errors.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { EffectsRequest, TaskPatch } from '../../contracts/requests.ts';
import { titleOf } from '../../db/items.ts';
import * as events from './calendar/fields.ts';
import { remindersAfter } from './item-reminders.ts';
import type { Ports } from './ports.ts';
import { capital, quote } from './sentences.ts';
import { columnsOf as taskColumns, newTaskColumns } from './tasks/fields.ts';

/** A change that is asked for without words. */
export type DirectChange = Exclude<EffectsRequest, { op: 'undo' }>;
type Creating = Extract<DirectChange, { op: `create_${string}` }>;
type Updating = Extract<DirectChange, { op: `update_${string}` }>;
type Columns = Record<string, unknown>;

export const REASON = 'changed directly';

/** What the change comes to: its effects with one sentence. */
export async function planDirectly(
  ports: Ports,
  request: DirectChange,
  now: Date,
): Promise<{ action: string; summary: string; effects: EffectWrite[] }> {
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
  // Settings are written as a whole: what another change has set in between must not be lost.
  const version = request.if_version ?? (item.kind === 'setting' ? item.item.version : null);
  const isDelete = !isUpdating(request);
  const fields = isDelete
    ? { deleted_at: now.toISOString(), updated_at: now.toISOString() }
    : await updated(ports, request, item, now);
  const effect: EffectWrite = {
    kind,
    op: isDelete ? 'delete' : 'update',
    id,
    version,
    fields,
    reason: REASON,
  };
  const name = kind === 'setting' ? titleOf(item) : quote(titleOf(item));
  return {
    action: op,
    summary: `${isDelete ? 'Deleted' : 'Changed'} ${name}`,
    effects: [effect, ...(await remindersAfter(ports.reminders, effect, now))],
  };
}

const kindOf = (op: DirectChange['op']): EntityKind => op.slice(op.indexOf('_') + 1) as EntityKind;
const isCreating = (request: DirectChange): request is Creating => request.op.startsWith('create_');
const isUpdating = (request: DirectChange): request is Updating => request.op.startsWith('update_');

async function created(ports: Ports, request: Creating, now: Date): Promise<Columns> {
  const stamps = { created_at: now.toISOString(), updated_at: now.toISOString(), deleted_at: null };
  switch (request.op) {
    case 'create_task':
      return newTaskColumns(request.fields, zoneOf(request.fields), now);
    case 'create_event': {
      const { timezone, event_minutes: minutes } = await ports.settings.read();
      return events.newEventColumns(request.fields, { timezone, minutes }, now);
    }
    case 'create_contact':
      return { address: null, ...request.fields, ...stamps };
  }
}

async function updated(ports: Ports, request: Updating, item: Item, now: Date): Promise<Columns> {
  const updated_at = now.toISOString();
  switch (request.op) {
    case 'update_task':
      return taskColumns(request.fields, zoneOf(request.fields), now);
    case 'update_event':
      return item.kind === 'event' ? events.columnsOf(request.fields, item.item, now) : {};
    case 'update_reminder':
      // What was put off is to be told again.
      return { ...(request.fields.remind_at ? { status: 'scheduled' } : {}), ...request.fields, updated_at };
    case 'update_contact':
      return { ...request.fields, updated_at };
    case 'update_draft':
      if (item.kind === 'draft' && item.item.status !== 'draft')
        throw new PulseError('version_conflict', 'That email has been sent already.');
      return { ...request.fields, updated_at };
    case 'update_setting': {
      const { settings } = await ports.settings.stored();
      return { settings: { ...settings, ...request.fields } };
    }
  }
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

/** A due time without a zone of its own keeps the offset it was sent with. */
function zoneOf(fields: TaskPatch): string {
  const offset =
    fields.due_date && fields.due_date.length > 10
      ? /(?:Z|[+-]\d\d:\d\d)$/.exec(fields.due_date)?.[0]
      : undefined;
  return offset === undefined || offset === 'Z' ? 'utc' : `utc${offset}`;
}
