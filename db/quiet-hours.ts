import { DateTime } from 'luxon';
import type { Settings } from '../contracts/entities.ts';

/** Hours in which nothing is told, by the clock of a zone. */
export interface QuietHours {
  quiet: Settings['quiet_hours'];
  zone: string;
}

/** When the quiet hours end that an instant is in; null outside of them. What comes up in them waits until then. */
export function endOfQuiet(at: Date, { quiet, zone }: QuietHours): Date | null {
  if (!quiet || quiet.start === quiet.end) return null;
  const local = DateTime.fromJSDate(at, { zone });
  if (!local.isValid) return null;
  const time = local.toFormat('HH:mm');
  const overNight = quiet.end < quiet.start;
  const within = overNight
    ? time >= quiet.start || time < quiet.end
    : time >= quiet.start && time < quiet.end;
  if (!within) return null;
  const [hour = 0, minute = 0] = quiet.end.split(':').map(Number);
  const day = local.startOf('day').plus({ days: overNight && time >= quiet.start ? 1 : 0 });
  return day.set({ hour, minute }).toJSDate();
}
