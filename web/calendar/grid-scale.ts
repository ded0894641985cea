/** How high an hour is drawn. */
export const HOUR_PX = 48;
export const y = (minutes: number): number => (minutes / 60) * HOUR_PX;
export const DAY_MINUTES = 24 * 60;

/** `Wednesday 18 November` */
export const longDay = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  })
    .format(new Date(`${day}T12:00:00Z`))
    .replace(',', '');
