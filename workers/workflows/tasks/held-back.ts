import { endOfQuiet } from '../../../db/quiet-hours.ts';
import { quietHours } from '../../../db/users.ts';
import type { Work } from '../outcome.ts';
import { localTo } from '../reminder-fields.ts';
import { sayDate } from '../sentences.ts';

/** What is promised for an hour in which nothing is told: when it is told instead. Empty for any other hour. */
export async function sayHeldBack(
  { remind_at: at, timezone: zone }: { remind_at: Date; timezone: string },
  { ports, timezone, reference }: Work,
): Promise<string> {
  const { settings } = await ports.settings.stored();
  const until = endOfQuiet(at, quietHours(settings, zone));
  return until
    ? ` That is in your quiet hours, so I tell you ${sayDate(localTo(until, timezone), timezone, reference)}.`
    : '';
}
