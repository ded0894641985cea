import type { EntityKind, Item } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../db/connect.ts';
import { listContacts, matchContacts } from '../../db/contacts.ts';
import { findDraft, findDraftSaid, listDrafts, matchDrafts } from '../../db/drafts.ts';
import {
  blocksGoneWith,
  blocksOfTasks,
  calendarVersion,
  calendarWithin,
  eventsNamed,
  eventsOfSeries,
  eventsWithin,
  findEvent,
  lastEvent,
  matchEvents,
} from '../../db/events.ts';
import { itemOf, itemRows } from '../../db/items.ts';
import {
  chargeOfReceipt,
  completedSince,
  dueWordsOf,
  findReceipt,
  lastReceipt,
  pageReceipts,
  receiptsSince,
  rehearse,
  undoableReceipts,
} from '../../db/receipts.ts';
import { findReminder, listReminders, matchReminders } from '../../db/reminders.ts';
import { findTask, groupTasks, lastTask, listTasks, matchTasks } from '../../db/tasks.ts';
import { searchableWords, searchItems } from '../../db/search.ts';
import { findSettings, storedSettings } from '../../db/users.ts';
import type { UsageParts } from '../../usage/open-usage.ts';
import type { Ports } from './ports.ts';
import { usageReader } from './usage-reader.ts';

/** The things of a user as they stand in the database. */
export const portsOver =
  (db: Db, usage: UsageParts) =>
  (userId: string, now: Date): Ports => ({
    userId,
    usage: usageReader({ db, ...usage }, userId, now),
    tasks: {
      list: (filter, limit) => listTasks(db, userId, filter, limit),
      find: (id) => findTask(db, userId, id),
      last: () => lastTask(db, userId),
      match: (words, limit) => matchTasks(db, userId, words, limit),
      groups: (by) => groupTasks(db, userId, by),
    },
    events: {
      within: (filter) => eventsWithin(db, userId, filter),
      around: (filter) => calendarWithin(db, userId, filter),
      find: (id) => findEvent(db, userId, id),
      last: () => lastEvent(db, userId),
      namesakes: (title, limit) => eventsNamed(db, userId, title, limit),
      ofSeries: (id) => eventsOfSeries(db, userId, id),
      blocksOf: (taskIds, from) => blocksOfTasks(db, userId, taskIds, from),
      blocksGone: (taskId, at, from) => blocksGoneWith(db, userId, taskId, { at, from }),
      match: (words, limit) => matchEvents(db, userId, words, now, limit),
      version: () => calendarVersion(db, userId),
    },
    reminders: {
      list: (filter, limit) => listReminders(db, userId, filter, limit),
      find: (id) => findReminder(db, userId, id),
      match: (words, limit) => matchReminders(db, userId, words, limit),
    },
    contacts: {
      match: (name, limit) => matchContacts(db, userId, name, limit),
      list: (limit) => listContacts(db, userId, limit),
    },
    drafts: {
      list: (filter, limit) => listDrafts(db, userId, filter, limit),
      find: (id) => findDraft(db, userId, id),
      match: (words, limit) => matchDrafts(db, userId, words, limit),
      said: (id) => findDraftSaid(db, userId, id),
    },
    search: {
      find: (query, at, limit) => searchItems(db, userId, query, { ...at, limit }),
      words: (limit) => searchableWords(db, userId, limit),
    },
    items: { find: (kind, id) => findItem(db, userId, kind, id) },
    settings: { read: () => findSettings(db, userId), stored: () => storedSettings(db, userId) },
    receipts: {
      find: (id) => findReceipt(db, userId, id),
      undoable: (limit) => undoableReceipts(db, userId, now, limit),
      recent: (limit) => pageReceipts(db, userId, { limit }),
      last: () => lastReceipt(db, userId),
      completed: (taskId, from) => completedSince(db, userId, taskId, from),
      dueWords: (taskIds) => dueWordsOf(db, userId, taskIds),
      since: (from, limit) => receiptsSince(db, userId, from, limit),
      rows: (ids) => itemRows(db, userId, ids),
      charged: (id) => chargeOfReceipt(db, userId, id),
    },
    after: <T>(effects: readonly EffectWrite[], work: (ports: Ports) => Promise<T>) =>
      rehearse(db, userId, { id: newId(), effects, at: now }, (trx) =>
        work(portsOver(trx, usage)(userId, now)),
      ),
  });

async function findItem(db: Db, userId: string, kind: EntityKind, id: string): Promise<Item | null> {
  const row = (await itemRows(db, userId, [id])).get(id);
  return row === undefined || row['deleted_at'] !== null ? null : itemOf(kind, row);
}
