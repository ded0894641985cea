import { DateTime } from 'luxon';
import type { Act } from '../../contracts/nlu.ts';
import { quote, sayDate } from './sentences.ts';

/** Where values come from that were not said now; nothing where all were. */
export function sayRecalled(
  { params }: Act,
  { timezone, reference }: { timezone: string; reference: Date },
): string | undefined {
  const recalled = params?.recalled;
  if (recalled) {
    const at = DateTime.fromISO(recalled.at, { zone: timezone }).toISODate();
    const day = sayDate(at ?? recalled.at, timezone, reference);
    const what = recalled.title === undefined ? 'what you asked for' : quote(recalled.title);
    return `Taken over from ${what} (${day}).`;
  }
  return params?.unremembered ? 'I remember nothing of the kind, so I took nothing over.' : undefined;
}
