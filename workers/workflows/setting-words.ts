import type { Settings } from '../../contracts/entities.ts';
import { count } from './sentences.ts';
import { sayDays } from './work-days.ts';

export const CAN_BE_SET =
  'You can set your time zone, working hours and work days, the day your week starts on, how long events and tasks take by default, the time of a morning briefing, quiet hours, the tone of your emails, what "next friday" means, and whether earlier conversations are remembered. For example: "my working hours are 9 to 5" or "brief me every morning at 7".';

const day = (name: Settings['week_start']): string => name.charAt(0).toUpperCase() + name.slice(1);

/** One setting as a sentence. */
export function saySetting(key: keyof Settings, settings: Settings): string {
  switch (key) {
    case 'timezone':
      return `Your time zone is ${settings.timezone}.`;
    case 'working_hours':
      return `Your working hours are ${settings.working_hours.start} to ${settings.working_hours.end}.`;
    case 'work_days':
      return `You work ${sayDays(settings.work_days)}.`;
    case 'week_start':
      return `Your week starts on ${day(settings.week_start)}.`;
    case 'briefing_time':
      return settings.briefing_time === null
        ? 'You get no daily briefing; ask for one whenever you like.'
        : `You get a briefing every day at ${settings.briefing_time}.`;
    case 'quiet_hours':
      return settings.quiet_hours === null
        ? 'You have no quiet hours.'
        : `Your quiet hours are ${settings.quiet_hours.start} to ${settings.quiet_hours.end}.`;
    case 'event_minutes':
      return `Events take ${count(settings.event_minutes, 'minute')} unless you say otherwise.`;
    case 'task_minutes':
      return `Tasks take ${count(settings.task_minutes, 'minute')} unless you say otherwise.`;
    case 'email_style':
      return `Your emails are written in a ${settings.email_style} tone unless you say otherwise.`;
    case 'next_weekday':
      return settings.next_weekday === 'coming'
        ? '"Next friday" means the coming one, also when it lies in this week.'
        : '"Next friday" means the one of next week.';
    case 'memory':
      return settings.memory === 'on'
        ? 'I remember what was said in earlier conversations.'
        : 'I do not look back at earlier conversations, and keep nothing to find them by.';
  }
}
