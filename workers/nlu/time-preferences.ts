import type { Settings } from '../../contracts/entities.ts';

/** How a person means words of time that others read otherwise. */
export type TimePreferences = Pick<Settings, 'next_weekday' | 'week_start'>;

/** What holds where nobody has said otherwise. */
export const USUAL_TIMES: TimePreferences = { next_weekday: 'next_week', week_start: 'monday' };

/** Words whose reading a preference may change; without any, nobody's preferences need to be looked up. */
const DEPENDENT = /\bne?xt|\bn[ex]{2,3}t|\bw(?:ee|e|ek)?k/i;

/** Whether the reading of a text may depend on preferences. */
export const dependsOnPreferences = (text: string): boolean => DEPENDENT.test(text);
