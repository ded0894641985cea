import { bareHour } from './bare-hour.ts';
import { digitalClock, namedClock } from './clock.ts';
import type { ClockPiece, PieceReader, TimeContext } from './pieces.ts';
import { SPOKEN_CLOCKS } from './spoken-clock.ts';
import type { Read, TokenView } from './tokens.ts';

export const CLOCKS: readonly PieceReader[] = [digitalClock, ...SPOKEN_CLOCKS, namedClock, bareHour];

/** The longest time of day at the index. */
export function readClock(view: TokenView, index: number, context: TimeContext): Read<ClockPiece> | null {
  let best: Read<ClockPiece> | null = null;
  for (const read of CLOCKS) {
    const found = read(view, index, context);
    if (found?.value.kind === 'clock' && (best === null || found.next > best.next))
      best = { value: found.value, next: found.next };
  }
  return best;
}
