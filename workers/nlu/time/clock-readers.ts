import { clockRange } from './clock-range.ts';
import { CLOCKS } from './clock.ts';
import { partOfDay } from './part-of-day.ts';
import type { PieceReader } from './pieces.ts';

/** Everything that says when within a day. */
export const CLOCK_READERS: readonly PieceReader[] = [...CLOCKS, partOfDay, clockRange];
