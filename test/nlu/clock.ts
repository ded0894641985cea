/** Monday morning in New York. */
export const NOW = '2026-11-23T10:00:00-05:00';
export const ZONE = 'America/New_York';
