const MINUTE_MS = 60_000;

/** By their zones; each is costly to make. */
const readers = new Map<string, Intl.DateTimeFormat>();
let chosen: string | null = null;

/** The zone in which times are shown and typed: the one that the person has chosen, else that of this device. */
export const zoneNow = (): string => chosen ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Null leaves it to the device. */
export function showTimesIn(zone: string | null): void {
  chosen = zone;
}

/** What calendar and clock show at an instant: `2026-11-30` and `09:30`. */
export function readingOf(instant: Date): { day: string; time: string } {
  // Swedish writes dates and times as the standard does.
  const [day = '', time = ''] = readerOf(zoneNow()).format(instant).split(' ');
  return { day, time };
}

/** How many minutes the clocks are ahead of UTC when they show this; of an hour that is left out, those before. */
export function offsetAt(day: string, time: string): number {
  const shown = Date.parse(`${day}T${time}Z`);
  const ahead = (atMs: number): number => {
    const reading = readingOf(new Date(atMs));
    return Math.round((Date.parse(`${reading.day}T${reading.time}Z`) - atMs) / MINUTE_MS);
  };
  const first = ahead(shown);
  const second = ahead(shown - first * MINUTE_MS);
  if (first === second) return first;
  const third = ahead(shown - second * MINUTE_MS);
  return second === third ? second : Math.min(second, third);
}

function readerOf(zone: string): Intl.DateTimeFormat {
  const known = readers.get(zone);
  if (known) return known;
  const reader = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  readers.set(zone, reader);
  return reader;
}
