import type { DateRange } from '../../contracts/slots.ts';
import { DateTime } from 'luxon';
import type { Work } from './outcome.ts';
import { quote } from './sentences.ts';

/** Asks for what there is, whatever its kind: "what do i have on friday?", "what's on today?". */
const WHATEVER =
  /\bwhat\s+(?:else\s+)?(?:do|have|all\s+do)\s+(?:i|we)\s+(?:have|got)\b|\bwhat(?:['’]?s|\s+is)\s+(?:on|up|happening|going\s+on)\b|\banything\s+(?:on|planned|going\s+on)\b/i;
const ONE_KIND =
  /\b(?:tasks?|to-?\s?dos?|to do|meetings?|events?|calendar|appointments?|agenda|lists?|due|calls?|reminders?)\b/i;
const NAMED_MAX = 5;

type Asked = Pick<Work, 'words' | 'ports' | 'timezone'>;

const asksForBoth = ({ words }: Asked): boolean => WHATEVER.test(words) && !ONE_KIND.test(words);

/** Tasks that are due on the days whose events were asked for, in a sentence. */
export async function alsoDue(work: Asked, { start, end }: DateRange): Promise<string[]> {
  if (!asksForBoth(work) || start === undefined || end === undefined) return [];
  const day = (at: string): string => DateTime.fromISO(at, { zone: work.timezone }).toFormat('yyyy-MM-dd');
  // A stretch that ends within a day has that day in it.
  const last = DateTime.fromISO(end, { zone: work.timezone });
  const dueTo = last.equals(last.startOf('day')) ? day(end) : last.plus({ days: 1 }).toFormat('yyyy-MM-dd');
  const { tasks, total } = await work.ports.tasks.list(
    { status: 'open', dueFrom: day(start), dueTo },
    NAMED_MAX,
  );
  return total === 0
    ? []
    : [
        `Due: ${named(
          tasks.map(({ title }) => quote(title)),
          total,
        )}.`,
      ];
}

/** Events of the days whose tasks were asked for, in a sentence. */
export async function alsoInCalendar(work: Asked, { start, end }: DateRange): Promise<string[]> {
  if (!asksForBoth(work) || start === undefined || end === undefined) return [];
  const at = (value: string): DateTime => DateTime.fromISO(value, { zone: work.timezone });
  const events = await work.ports.events.within({ from: at(start).toJSDate(), to: at(end).toJSDate() });
  const titles = events.slice(0, NAMED_MAX).map((event) => {
    const hour = event.all_day ? 'all day' : at(event.start).toFormat('HH:mm');
    return `${quote(event.title)} (${hour})`;
  });
  return events.length === 0 ? [] : [`In your calendar: ${named(titles, events.length)}.`];
}

const named = (titles: readonly string[], total: number): string =>
  [...titles, ...(total > titles.length ? [`${total - titles.length} more`] : [])].join(', ');
