/** A moment that is read long after, perhaps elsewhere: with its day, its year and the zone of the clock. */
export const sayInstant = (instant: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(instant));
