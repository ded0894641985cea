import { z } from 'zod';
import type { Slot } from './slots.ts';

/**
 * Every intent, its workflow and its actions with the slots each action takes. One entry here is the first step
 * of adding an intent; the handlers are checked against it when the workflows role starts.
 * `required` lists what has to be asked for when it is missing; a default or another slot may stand in.
 */
export const INTENTS = {
  task_management: {
    workflow: 'tasks',
    actions: {
      create_task: {
        slots: [
          'title',
          'due_date',
          'priority',
          'duration_minutes',
          'list',
          'tags',
          'recurrence',
          'location',
          'remind_at',
        ],
        required: ['title'],
      },
      update_task: {
        slots: [
          'target',
          'title',
          'due_date',
          'priority',
          'duration_minutes',
          'list',
          'tags',
          'recurrence',
          'location',
        ],
        required: ['target'],
      },
      complete_task: { slots: ['target', 'date_range', 'list', 'tags', 'priority'], required: ['target'] },
      delete_task: { slots: ['target', 'date_range', 'list', 'tags', 'priority'], required: ['target'] },
      list_tasks: { slots: ['date_range', 'priority', 'list', 'tags', 'query'], required: [] },
    },
  },
  calendar_event: {
    workflow: 'calendar',
    actions: {
      create_event: {
        slots: [
          'title',
          'start',
          'end',
          'all_day',
          'duration_minutes',
          'recurrence',
          'participants',
          'location',
          'date_range',
        ],
        required: ['title', 'start'],
      },
      update_event: {
        slots: [
          'target',
          'title',
          'start',
          'end',
          'all_day',
          'duration_minutes',
          'recurrence',
          'participants',
          'location',
          'date_range',
        ],
        required: ['target'],
      },
      cancel_event: { slots: ['target', 'date_range', 'participants'], required: ['target'] },
      list_events: { slots: ['date_range', 'participants', 'query'], required: [] },
    },
  },
  scheduling: {
    workflow: 'scheduling',
    actions: {
      plan_schedule: { slots: ['date_range'], required: [] },
      find_time: {
        slots: ['title', 'duration_minutes', 'date_range', 'participants'],
        required: ['duration_minutes'],
      },
      reschedule: { slots: ['target', 'date_range', 'participants'], required: ['target'] },
    },
  },
  briefing: {
    workflow: 'briefing',
    actions: {
      daily_briefing: { slots: ['date_range'], required: [] },
      weekly_briefing: { slots: ['date_range'], required: [] },
    },
  },
  search: {
    workflow: 'search',
    actions: { search: { slots: ['query', 'date_range', 'list', 'participants'], required: ['query'] } },
  },
  email: {
    workflow: 'email',
    actions: {
      draft_email: { slots: ['recipient', 'subject', 'body', 'email_type'], required: ['recipient'] },
      send_email: { slots: ['target', 'recipient'], required: ['target'] },
      search_email: { slots: ['query', 'date_range', 'recipient'], required: [] },
    },
  },
  reminder: {
    workflow: 'tasks',
    actions: {
      set_reminder: {
        slots: ['title', 'remind_at', 'date_range', 'target', 'recurrence', 'duration_minutes'],
        required: ['title', 'remind_at'],
      },
      list_reminders: { slots: ['date_range', 'query'], required: [] },
    },
  },
  usage: {
    workflow: null,
    actions: { show_usage: { slots: [], required: [] }, upgrade: { slots: [], required: [] } },
  },
  preferences: {
    workflow: null,
    actions: { set_preference: { slots: ['preference'], required: ['preference'] } },
  },
  greeting: { workflow: null, actions: { greeting: { slots: [], required: [] } } },
  goodbye: { workflow: null, actions: { goodbye: { slots: [], required: [] } } },
  thanks: { workflow: null, actions: { thanks: { slots: [], required: [] } } },
  help: { workflow: null, actions: { help: { slots: ['target'], required: [] } } },
  out_of_scope: { workflow: null, actions: { out_of_scope: { slots: [], required: [] } } },
  cancel: { workflow: null, actions: { cancel: { slots: [], required: [] } } },
  affirm: { workflow: null, actions: { affirm: { slots: [], required: [] } } },
  deny: { workflow: null, actions: { deny: { slots: [], required: [] } } },
  undo: { workflow: null, actions: { undo: { slots: ['target'], required: [] } } },
  repeat: { workflow: null, actions: { repeat: { slots: [], required: [] } } },
} as const satisfies Record<string, IntentEntry>;

interface IntentEntry {
  workflow: 'tasks' | 'calendar' | 'scheduling' | 'briefing' | 'search' | 'email' | null;
  actions: Record<string, { slots: readonly Slot[]; required: readonly Slot[] }>;
}

export type Intent = keyof typeof INTENTS;
export type WorkflowType = 'tasks' | 'calendar' | 'scheduling' | 'briefing' | 'search' | 'email';
type ActionsOf<I extends Intent> = keyof (typeof INTENTS)[I]['actions'] & string;
export type Action = { [I in Intent]: ActionsOf<I> }[Intent];

interface ActionEntry {
  action: Action;
  intent: Intent;
  workflow: WorkflowType | null;
  slots: readonly Slot[];
  required: readonly Slot[];
}

/** Every action with the intent it belongs to, in the order of the table above. */
export const ACTIONS: ReadonlyMap<string, ActionEntry> = new Map(
  (Object.entries(INTENTS) as [Intent, IntentEntry][]).flatMap(([intent, entry]) =>
    Object.entries(entry.actions).map(([action, { slots, required }]): [string, ActionEntry] => [
      action,
      { action: action as Action, intent, workflow: entry.workflow, slots, required },
    ]),
  ),
);

export const intent = z.enum(Object.keys(INTENTS) as [Intent, ...Intent[]]);
export const action = z.enum([...ACTIONS.keys()] as [Action, ...Action[]]);
export const workflowType = z.enum(['tasks', 'calendar', 'scheduling', 'briefing', 'search', 'email']);

/** The entry of a known action; an unknown one is a programming error. */
export function actionEntry(name: Action): ActionEntry {
  const entry = ACTIONS.get(name);
  if (!entry) throw new Error(`No such action: ${name}`);
  return entry;
}
