import type { Action } from './intents.ts';

/** Actions that show what is there on some days. */
export const LOOKS = [
  'list_events',
  'list_tasks',
  'daily_briefing',
  'weekly_briefing',
] as const satisfies readonly Action[];
export type Look = (typeof LOOKS)[number];
