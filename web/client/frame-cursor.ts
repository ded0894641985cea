import { isTerminal, type SessionFrame } from '../../contracts/frames.ts';
import type { UnknownFrame } from './read-frame.ts';

type Numbered = SessionFrame | UnknownFrame;

/**
 * How sure this client is of the log:
 *
 * | sync      | means                                             | left by                                        |
 * | --------- | ------------------------------------------------- | ---------------------------------------------- |
 * | waiting   | nothing from the server since the connection      | `session.ready`                                |
 * | loading   | ready, a snapshot must come                       | `session.snapshot` → live                      |
 * | replaying | ready, what was missed comes in order             | `session.resumed`, `session.snapshot` → live   |
 * | live      | every number seen                                 | a missing number → gap; foreign epoch → lost   |
 * | gap       | numbers are missing, later frames are held back   | excused by a terminal frame → live;            |
 * |           |                                                   | the transport connects anew → waiting          |
 * | lost      | the log was replaced                              | the transport connects anew → waiting          |
 */
export type Sync = 'waiting' | 'loading' | 'replaying' | 'live' | 'gap' | 'lost';

/** Where a client stands in the log. */
export interface Place {
  epoch: string | null;
  seq: number;
  pastEpochs: readonly string[];
  sync: Sync;
  held: readonly Numbered[];
  /** The turn that runs at `seq`; at most one does. */
  running: string | null;
}

export type Step =
  | { kind: 'ignored' }
  | { kind: 'lost' }
  | { kind: 'moved'; seq: number; sync: Sync; held: readonly Numbered[]; ready: readonly Numbered[] };

/**
 * Puts a numbered frame into order. Doubles are ignored. The log may drop the deltas of a turn once its terminal frame
 * is written, and nothing else: so a hole is excused as soon as the terminal frame of the turn that ran before the
 * hole is at hand. Until then what comes after the hole is held back, and nothing is applied twice when the
 * connection has to be made anew.
 */
export function advance(place: Place, frame: Numbered): Step {
  if (frame.epoch !== place.epoch)
    return place.epoch === null || place.pastEpochs.includes(frame.epoch)
      ? { kind: 'ignored' }
      : { kind: 'lost' };
  if (place.sync === 'lost' || place.sync === 'waiting' || frame.seq <= place.seq) return { kind: 'ignored' };
  if (place.sync === 'replaying' || place.sync === 'loading')
    return { kind: 'moved', seq: frame.seq, sync: place.sync, held: [], ready: [frame] };
  if (place.held.some((known) => known.seq === frame.seq)) return { kind: 'ignored' };
  return settle(
    place,
    [...place.held, frame].toSorted((a, b) => a.seq - b.seq),
  );
}

function settle(place: Place, held: readonly Numbered[]): Step {
  const ready: Numbered[] = [];
  let { seq, running } = place;
  for (const frame of held) {
    if (frame.seq > seq + 1 && !held.some((later) => endsTurn(later, running))) break;
    ready.push(frame);
    seq = frame.seq;
    if (frame.type === 'turn.started') running = frame.turn_id;
    else if (endsTurn(frame, running)) running = null;
  }
  const rest = held.slice(ready.length);
  return { kind: 'moved', seq, sync: rest.length > 0 ? 'gap' : 'live', held: rest, ready };
}

const endsTurn = (frame: Numbered, turnId: string | null): boolean =>
  frame.type !== 'unknown' && isTerminal(frame) && frame.turn_id === turnId;
