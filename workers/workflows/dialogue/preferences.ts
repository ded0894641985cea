import type { Settings } from '../../../contracts/entities.ts';
import { settingsPatch, type SettingsPatch } from '../../../contracts/requests.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import { lower } from '../sentences.ts';
import { readPreference } from './read-preference.ts';
import { CAN_BE_SET, saySetting } from '../setting-words.ts';

/** Names of settings in words, for "what are my working hours?". */
const ASKED: readonly [RegExp, keyof Settings][] = [
  [/time ?zone/i, 'timezone'],
  [/\bmemory\b|\bremember/i, 'memory'],
  [/\bwork(?:ing)?\s?days\b|\bdays?\s+off\b|\b(?:which|what)\s+days\b/i, 'work_days'],
  [/\bwork/i, 'working_hours'],
  [/quiet/i, 'quiet_hours'],
  [/brief/i, 'briefing_time'],
  [/mail/i, 'email_style'],
  [/\bweek\b/i, 'week_start'],
  [/default|duration|length/i, 'event_minutes'],
];
const ALL: readonly (keyof Settings)[] = [
  'timezone',
  'working_hours',
  'work_days',
  'week_start',
  'briefing_time',
  'quiet_hours',
  'event_minutes',
  'task_minutes',
  'email_style',
  'next_weekday',
  'memory',
];
/** Settings whose hours mean little without knowing whose clock they are on. */
const BY_THE_CLOCK = new Set<string>(['briefing_time', 'quiet_hours', 'working_hours']);
const LOOKS =
  /^\s*(?:what|which|on (?:what|which)|when|is|are|do|does|at what|show|list|see|tell|display|view|read|my (?:settings|preferences))\b/i;

/** A wish about how the planner works, or a question about what was set. It is done at once and never asks. */
export async function setPreference(work: Work): Promise<Outcome> {
  const { preference } = work.slots;
  const settings = await work.ports.settings.read();
  if (preference === undefined && LOOKS.test(work.words)) return show(work, settings);
  const meant = preference ?? { key: askedAbout(work.words) ?? '', value: undefined };
  const noHour = BY_THE_CLOCK.has(meant.key) ? (work.params?.unread?.[0] ?? noHourIn(work.words)) : null;
  if (noHour) {
    const left = Object.hasOwn(settings, meant.key)
      ? ` ${saySetting(meant.key as keyof Settings, settings)}`
      : '';
    return refuse(`There is no time "${noHour.trim()}", so I left it as it is.${left}`);
  }
  const read = readPreference(meant, { settings, words: work.words });
  if ('problem' in read) return refuse(read.problem);
  const days = SOME_DAYS.exec(work.words.replace(FROM_THEN, ' '))?.groups?.['days'];
  if (days !== undefined && read.patch.working_hours)
    return refuse(
      `I keep the same working hours for every day, so I left them as they are: I can't set them for "${days}" alone.`,
    );
  const checked = settingsPatch.safeParse(read.patch);
  if (!checked.success) return refuse(`I can't set it like that. ${CAN_BE_SET}`);
  return change(work, settings, checked.data);
}

/** "25 to 9", "until 26:00": an hour that there is not, where an hour has to stand. */
const noHourIn = (words: string): string | null =>
  /(?<![\d:.]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s)(?:2[5-9]|[3-9]\d)(?::\d\d)?(?=\s*(?:$|[-–,!?]|\.(?:\s|$)|(?:to|until|till|and|every|h|o'clock)\b))/.exec(
    words,
  )?.[0] ?? null;

/** Some days of the week alone; "monday to friday" and "weekdays" are those that one works on. */
const SOME_DAYS =
  /\b(?<days>(?:(?:on|every|each)\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b(?!\s*(?:to|-|–|until|through)\s*\w+day)(?<!(?:to|-|–|until|through)\s*\w+)/i;

/** "From monday on" is when it begins, and no day alone. */
const FROM_THEN =
  /\b(?:from|starting(?:\s+(?:on|from))?|beginning|as\s+of|as\s+from|effective)\s+(?:(?:on|this|next)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|week|month|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+\p{L}{3,9}|(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{1,2})?)(?:\s+on(?:wards?)?)?\b(?!\s*(?:to|-|–|until|through)\s*\w+day)/iu;

const askedAbout = (words: string): keyof Settings | undefined =>
  ASKED.find(([pattern]) => pattern.test(words))?.[1];

/** All settings, or the one that was asked about. */
function show({ words, timezone }: Work, settings: Settings): Outcome {
  const asked = askedAbout(words);
  const keys =
    asked === undefined ? ALL : asked === 'event_minutes' ? [asked, 'task_minutes' as const] : [asked];
  const lines = keys.map((key) =>
    key === 'timezone' && timezone !== settings.timezone
      ? `${saySetting(key, settings)} Here the clock of ${timezone} counts, as your device says.`
      : saySetting(key, settings),
  );
  const reply =
    asked === undefined
      ? ['These are your settings:', ...lines.map((line) => `• ${line}`), CAN_BE_SET].join('\n')
      : lines.join(' ');
  return { ...OUTCOME, reply, executionResult: { settings } };
}

async function change(work: Work, before: Settings, patch: SettingsPatch): Promise<Outcome> {
  const { settings: stored, version } = await work.ports.settings.stored();
  const [key] = Object.keys(patch) as (keyof Settings)[];
  if (key === undefined) return refuse(CAN_BE_SET);
  const after: Settings = { ...before, ...defined(patch) };
  if (JSON.stringify(before[key]) === JSON.stringify(after[key]))
    return { ...OUTCOME, reply: `That is so already. ${saySetting(key, before)}` };
  // Hours are meant by the clock that the person sees; nobody has said which one that is yet.
  const zone = BY_THE_CLOCK.has(key) && stored['timezone'] === undefined ? { timezone: work.timezone } : {};
  const settings = { ...stored, ...zone, ...patch };
  return {
    ...OUTCOME,
    reply: [saySetting(key, { ...after, ...zone }), note(work, key, { ...after, ...zone })]
      .filter(Boolean)
      .join(' '),
    summary: `Changed a setting (${lower(saySetting(key, after).replace(/\.$/, ''))})`,
    effects: [
      {
        kind: 'setting',
        op: 'update',
        id: work.ports.userId,
        version,
        fields: { settings },
        reason: `said: ${work.words}`,
      },
    ],
    item: { kind: 'setting', id: work.ports.userId, title: 'your settings' },
    executionResult: { settings: { ...zone, ...patch } },
  };
}

/** What follows from a change that its value does not say. */
function note(work: Work, key: keyof Settings, after: Settings): string {
  // The device says its own zone; a setting does not change what its clock shows.
  if (key === 'timezone' && work.timezone !== after.timezone)
    return 'A device that says where it is still goes by its own clock.';
  if (key === 'briefing_time' && after.briefing_time !== null)
    return `${SOME_DAYS.test(work.words) || /\bweek(?:day|end)s?\b/i.test(work.words) ? "I can't leave out single days yet. " : ''}The times are those of ${after.timezone}. Say "stop the briefing" when you don't want it any more.`;
  if (key === 'work_days') return 'Work is planned and free time looked for on these days.';
  if (key === 'working_hours')
    return `${FROM_THEN.test(work.words) ? 'That holds from now on, since I keep no later beginning. ' : ''}Free time is looked for within them.`;
  if (key === 'memory')
    return after.memory === 'off'
      ? 'Facts that you have told me stay; say "what do you know about me?" to see them.'
      : 'What was said while it was off is not found.';
  if (key === 'quiet_hours' && after.quiet_hours !== null)
    return `What comes up then waits until ${after.quiet_hours.end}.`;
  return '';
}

const defined = (patch: SettingsPatch): Partial<Settings> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

const refuse = (reply: string): Outcome => ({
  ...OUTCOME,
  reply,
  decision: 'REFUSE',
  refused: { code: 'validation_error', message: reply },
});
