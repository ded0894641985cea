import { DateTime } from 'luxon';
import type { Settings } from '../../../contracts/entities.ts';
import type { Notice } from '../../../contracts/frames.ts';
import type { Ports } from '../ports.ts';
import { briefingOf } from './briefing.ts';
import { dayOf, dayPeriod } from './period.ts';
import { sayBriefing, sayBriefly } from './words.ts';

/** The briefing that a user has ordered for every day: a line, with the whole beside it. */
export async function standingBriefing(
  ports: Ports,
  settings: Settings,
  now: Date,
): Promise<Pick<Notice, 'text' | 'data'>> {
  const reference = DateTime.fromJSDate(now, { zone: settings.timezone });
  const period = dayPeriod(undefined, reference);
  const briefing = await briefingOf(ports, period, now);
  return {
    text: sayBriefly(briefing, 'Your day'),
    data: { local_date: dayOf(reference), reply: sayBriefing(briefing, period), briefing },
  };
}
