import type { Act } from '../../contracts/nlu.ts';
import type { ActResult } from '../../contracts/result.ts';
import { formatValue } from './format-value.ts';
import type { Turn } from './turn-view.ts';

/** One thing that was understood, with the words it came from and how else they could be read. */
export interface Understood {
  key: string;
  slot: string;
  label: string;
  value: string;
  /** The words and where they stand in the turn's text; null where only the value is known. */
  words: { text: string; start: number; end: number } | null;
  alternatives: { value: string; reason: string; say: string }[];
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
  set_preference: 'Preference',
};

/** What kind of thing the turn does, in a word or two; null for small talk and dialogue moves. */
export function actionLabels(turn: Turn): string[] {
  const actions = turn.acts.length > 0 ? turn.acts : resultActs(turn);
  const named = actions.map(labelOf);
  return [...new Set(named.filter((label) => label !== undefined))];
}

/** Drafts are all the email there is; without anything to look for it is a look at them. */
function labelOf({ action, entities }: Act | ActResult): string | undefined {
  if (action === 'search_email' && Object.keys(entities).length === 0) return 'Look at drafts';
  return action === null ? undefined : ACTION_LABELS[action];
}

/** What was understood in a turn, in the order it was said. */
export function understoodOf(turn: Turn, now: Date): Understood[] {
  return turn.acts.length > 0 ? fromActs(turn, now) : fromResult(turn, now);
}

function fromActs(turn: Turn, now: Date): Understood[] {
  return turn.acts.flatMap((act, actIndex) => {
    const shown = act.entities.flatMap((entity, index): Understood[] => {
      const value = formatValue(entity.slot, entity.value, now);
      if (value === null) return [];
      const alternatives = entity.readings.slice(1).flatMap((reading) => {
        const other = formatValue(entity.slot, reading.value, now);
        const spoken = formatValue(entity.slot, reading.value, now, 'long');
        return other === null || spoken === null || other === value
          ? []
          : [{ value: other, reason: reading.reason, say: `no, ${spoken.replace(', ', ' at ')}` }];
      });
      return [
        {
          key: `${actIndex}.${index}`,
          slot: entity.slot,
          label: slotLabel(entity.slot),
          value,
          words: entity.text === '' ? null : { text: entity.text, start: entity.start, end: entity.end },
          alternatives,
        },
      ];
    });
    // What was said in several places ("Ann and Bob", "tomorrow … at 5") has its whole value at each of them.
    const same = (one: Understood, other: Understood): boolean =>
      one.slot === other.slot && one.value === other.value;
    return shown.filter((one, index) => shown.findIndex((other) => same(one, other)) === index);
  });
}

/** What became of each act; a turn of one act is its own. */
function resultActs({ result }: Turn): readonly ActResult[] {
  if (!result) return [];
  return result.acts.length > 0 ? result.acts : [result];
}

/** After a reload only the values are at hand, not the words they came from. */
function fromResult(turn: Turn, now: Date): Understood[] {
  return resultActs(turn).flatMap((act, actIndex) =>
    Object.entries(act.entities).flatMap(([slot, raw]): Understood[] => {
      const value = formatValue(slot, raw, now);
      if (value === null) return [];
      return [
        { key: `${actIndex}.${slot}`, slot, label: slotLabel(slot), value, words: null, alternatives: [] },
      ];
    }),
  );
}
