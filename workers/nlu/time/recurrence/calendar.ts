import type { TimeContext } from '../pieces.ts';
import { timeContext } from '../values.ts';

/** For times of day and for how far a date reaches: neither depends on when it is read. */
export const ANY_DAY: TimeContext = timeContext(new Date(0), 'UTC');
