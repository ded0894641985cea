import { z } from 'zod';
import { settings, weekday, WEEKDAYS, type Settings } from '../../../contracts/entities.ts';
import type { SettingsPatch } from '../../../contracts/requests.ts';
import type { Slots } from '../../../contracts/slots.ts';
import { DEFAULT_SETTINGS } from '../../../db/users.ts';
import { quote } from '../sentences.ts';
import { CAN_BE_SET } from '../setting-words.ts';

type Read = { patch: SettingsPatch } | { problem: string };
interface Said {
  settings: Settings;
  words: string;
}

const edges = z.object({ start: z.string().optional(), end: z.string().optional() });
const QUIET = { start: '22:00', end: '07:00' };
/** When a briefing comes that only a part of the day was said for. */
const MORNING = '07:00';
const EVENING = '18:00';
const LENGTHS = { least: 5, most: 24 * 60 };

/** A wish as the understanding has it, as settings; or why it can't be one, in plain words. */
export function readPreference({ key, value }: NonNullable<Slots['preference']>, said: Said): Read {
  switch (key) {
    case 'timezone':
      return zone(value);
    case 'working_hours':
      return workingHours(value, said);
    case 'working_days':
      return workDays(value, said);
    case 'quiet_hours':
      return quietHours(value, said);
    case 'briefing_time':
      return value === null || typeof value === 'string'
        ? { patch: { briefing_time: value } }
        : /\b(?:every|each|daily|morning)\b/i.test(said.words)
          ? { patch: { briefing_time: /\b(?:evening|night)\b/i.test(said.words) ? EVENING : MORNING } }
          : { problem: 'When do you want to be briefed? Say for example "brief me every morning at 7".' };
    case 'week_start':
      return value === 'monday' || value === 'sunday'
        ? { patch: { week_start: value } }
        : { problem: 'A week can start on Monday or on Sunday. Say for example "my week starts on sunday".' };
    case 'default_duration_minutes':
    case 'event_minutes':
      return duration(value, said);
    case 'email_style':
      return value === 'neutral' || value === 'formal' || value === 'friendly'
        ? { patch: { email_style: value } }
        : {
            problem: 'Emails can be neutral, formal or friendly. Say for example "write my emails friendly".',
          };
    case 'next_weekday':
      return value === 'coming' || value === 'next_week'
        ? { patch: { next_weekday: value } }
        : { problem: 'Say "next friday means the coming one", or "next friday means friday of next week".' };
    case 'memory':
      return value === 'on' || value === 'off'
        ? { patch: { memory: value } }
        : { problem: 'Say "turn memory off", or "turn memory on".' };
    case '':
      return { problem: CAN_BE_SET };
    default:
      return { problem: `I can't set that yet. ${CAN_BE_SET}` };
  }
}

function zone(value: unknown): Read {
  if (typeof value !== 'string' || value === '')
    return { problem: 'Where are you? Say for example "set my time zone to Europe/Vienna".' };
  const name = value;
  if (isZone(name)) return { patch: { timezone: name } };
  return {
    problem: `I don't know the time zone ${quote(name)}. Name a large city of it, for example "set my time zone to Europe/Vienna".`,
  };
}

const isZone = (name: string): boolean => settings.shape.timezone.safeParse(name).success;

function workingHours(value: unknown, { settings }: Said): Read {
  if (value === null) return { patch: { working_hours: DEFAULT_SETTINGS.working_hours } };
  const read = edges.safeParse(value);
  if (!read.success || (read.data.start ?? read.data.end) === undefined)
    return { problem: 'From when to when do you work? Say for example "my working hours are 9 to 5".' };
  const hours = ofOneDay({ ...settings.working_hours, ...read.data }, read.data);
  if (hours.start >= hours.end)
    return {
      problem: `Working hours have to end after they start, and ${hours.end} is not after ${hours.start}. Say for example "my working hours are 9 to 5".`,
    };
  return { patch: { working_hours: hours } };
}

const named = z.object({ days: z.array(weekday).min(1) });
/** Days on which somebody does not work. */
const IS_OFF = /\b(?:never|don't|dont|do\s+not|no\s+longer|not|off|free)\b/i;
/** Days besides those that there are. */
const IS_MORE = /\b(?:too|also|as\s+well|again|after\s+all|do\s+work)\b/i;

/** "I never work on fridays" takes a day away, "I work monday to thursday" says all there are. */
function workDays(value: unknown, { settings, words }: Said): Read {
  const said = named.safeParse(value).data?.days;
  if (!said)
    return { problem: 'On which days do you work? Say for example "I work from monday to thursday".' };
  const now = settings.work_days;
  const isNew = said.length === 1 && said.every((day) => !now.includes(day)) && !/\bonly\b/i.test(words);
  const days = WEEKDAYS.filter((day) =>
    IS_OFF.test(words)
      ? now.includes(day) && !said.includes(day)
      : said.includes(day) || ((IS_MORE.test(words) || isNew) && now.includes(day)),
  );
  if (days.length === 0)
    return { problem: 'Then no day is left. Say on which days you work, for example "I work on mondays".' };
  return { patch: { work_days: days } };
}

/** "I start at 8" of hours that end at 17: the half of the day that makes them end after they start. */
function ofOneDay(hours: Settings['working_hours'], said: z.infer<typeof edges>): Settings['working_hours'] {
  if (hours.start < hours.end || (said.start !== undefined && said.end !== undefined)) return hours;
  const shifted = (time: string, by: number): string =>
    `${String(Number(time.slice(0, 2)) + by).padStart(2, '0')}${time.slice(2)}`;
  if (said.start !== undefined && said.start >= '12') return { ...hours, start: shifted(said.start, -12) };
  return said.end !== undefined && said.end < '12' ? { ...hours, end: shifted(said.end, 12) } : hours;
}

function quietHours(value: unknown, { settings }: Said): Read {
  if (value === null) return { patch: { quiet_hours: null } };
  const read = edges.safeParse(value);
  if (!read.success || (read.data.start ?? read.data.end) === undefined)
    return { problem: 'From when to when? Say for example "quiet hours from 10pm to 7am".' };
  const hours = { ...(settings.quiet_hours ?? QUIET), ...read.data };
  if (hours.start === hours.end)
    return { problem: 'That would be quiet all day long. Say for example "quiet hours from 10pm to 7am".' };
  return { patch: { quiet_hours: hours } };
}

function duration(value: unknown, { words }: Said): Read {
  const minutes = typeof value === 'number' ? Math.round(value) : 0;
  if (minutes < LENGTHS.least || minutes > LENGTHS.most)
    return {
      problem: 'That can be from 5 minutes to a day. Say for example "meetings take 30 minutes by default".',
    };
  return {
    patch: /\b(?:tasks?|to-?dos?|chores?)\b/i.test(words)
      ? { task_minutes: minutes }
      : { event_minutes: minutes },
  };
}
