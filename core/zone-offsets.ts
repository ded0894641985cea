import { IANAZone } from 'luxon';

/** Since 2023 every zone changes its clocks at whole quarters of an hour (UTC), as far as the future is laid down too. */
const QUARTER_MS = 900_000;
const SINCE_MS = Date.UTC(2023, 0);
/** Quarters of an hour that are remembered for a zone, before all of them are forgotten again. */
const REMEMBERED_MAX = 2_000;

let remembers = false;

/**
 * Has Luxon remember the offsets of zones. It asks `Intl` for the offset of every moment that is made, changed or
 * compared, several times over, and each time has a text made and taken apart, of which a turn needs dozens.
 * The offsets themselves stay those of `Intl`. Once per process, before the first turn.
 */
export function rememberOffsets(): void {
  if (remembers) return;
  remembers = true;
  const offsetOf = IANAZone.prototype.offset;
  const known = new Map<string, Map<number, number>>();
  IANAZone.prototype.offset = function (at: number): number {
    if (!(at >= SINCE_MS)) return offsetOf.call(this, at);
    const quarter = Math.floor(at / QUARTER_MS);
    const ofZone = known.get(this.name) ?? new Map<number, number>();
    const remembered = ofZone.get(quarter);
    if (remembered !== undefined) return remembered;
    const offset = offsetOf.call(this, at);
    if (ofZone.size >= REMEMBERED_MAX) ofZone.clear();
    ofZone.set(quarter, offset);
    known.set(this.name, ofZone);
    return offset;
  };
}
