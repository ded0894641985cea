import type { PulseClient } from '../client/index.ts';
import { CalendarView } from './calendar-view.ts';
import { ContactStore } from './contact-store.ts';
import { DraftStore } from './draft-store.ts';
import { EventStore } from './event-store.ts';
import { FactStore } from './fact-store.ts';
import { Messages } from './messages.ts';
import { ReminderStore } from './reminder-store.ts';
import { SessionStore } from './session-store.ts';
import { SettingsStore } from './settings-store.ts';
import { TaskStore } from './task-store.ts';
import { UsageStore } from './usage-store.ts';

/** What the page knows of the user's things, and what it says about them. */
export interface Stores {
  tasks: TaskStore;
  events: EventStore;
  reminders: ReminderStore;
  drafts: DraftStore;
  contacts: ContactStore;
  facts: FactStore;
  settings: SettingsStore;
  usage: UsageStore;
  sessions: SessionStore;
  messages: Messages;
  calendar: CalendarView;
}

export function openStores(client: PulseClient): Stores {
  const messages = new Messages(client);
  return {
    tasks: new TaskStore(client, messages),
    events: new EventStore(client, messages),
    reminders: new ReminderStore(client, messages),
    drafts: new DraftStore(client, messages),
    contacts: new ContactStore(client, messages),
    facts: new FactStore(client, messages),
    settings: new SettingsStore(client),
    usage: new UsageStore(client),
    sessions: new SessionStore(client, messages),
    messages,
    calendar: new CalendarView(),
  };
}
