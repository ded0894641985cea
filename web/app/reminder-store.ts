import type { Reminder } from '../../contracts/entities.ts';
import type { ReminderPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { ItemStore, readPages } from './item-store.ts';
import { describe, type Messages } from './messages.ts';

/** Reminders that are still to come, or wait for "done". */
export class ReminderStore extends ItemStore<Reminder, ReminderPatch> {
  readonly #messages: Messages;

  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'reminder',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'reminder' ? news : null),
      nameOf: ({ title }) => title,
      page: (page) => rest.reminders(page),
      patch: (reminder, patch) => rest.patchReminder(reminder.id, reminder.version, patch),
      remove: (reminder) => rest.deleteReminder(reminder.id, reminder.version),
      // One that repeats is done for this time, and comes again.
      preview: (reminder, { status, ...rest }) => ({
        ...reminder,
        ...(status !== undefined && reminder.recurrence === null && { status }),
        ...(rest.remind_at !== undefined && { status: 'scheduled' }),
        ...rest,
      }),
      sayDone: (patch, { title }) =>
        patch.status === 'done'
          ? `Done: ${title}`
          : patch.remind_at !== undefined
            ? `Put off: ${title}`
            : null,
    });
    this.#messages = messages;
  }

  /** Answers a reminder that may not have been read yet. */
  async answer(id: string, patch: ReminderPatch): Promise<void> {
    const known = this.get().items.get(id);
    if (known) return void (await this.patch(known, patch));
    try {
      const { item } = await this.client.rest.patchReminder(id, null, patch);
      if (item) this.learn(item);
    } catch (error) {
      this.#messages.say(describe(error));
    }
  }

  protected async read(): Promise<{ items: readonly Reminder[]; lists: (reminder: Reminder) => boolean }> {
    const { rest } = this.client;
    const [waiting, told] = await Promise.all([
      readPages((page) => rest.reminders({ status: 'scheduled', ...page })),
      readPages((page) => rest.reminders({ status: 'fired', ...page })),
    ]);
    return { items: [...waiting.items, ...told.items], lists: ({ status }) => status !== 'done' };
  }
}
