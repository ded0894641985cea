import type { Span, TimeContext } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';

/** Offsets in minutes of the abbreviations that mean one zone to nearly everyone. */
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ['utc', 0],
  ['gmt', 0],
  ['z', 0],
  ['est', -300],
  ['edt', -240],
  ['cdt', -300],
  ['mst', -420],
  ['mdt', -360],
  ['pst', -480],
  ['pdt', -420],
  ['cet', 60],
  ['cest', 120],
  ['eet', 120],
  ['eest', 180],
  ['jst', 540],
]);

/** "EST", "UTC", "+01:00", "GMT+2" right after a time of day, in minutes east of Greenwich. */
export function readZone(view: TokenView, index: number, spans: readonly Span[]): Read<number> | null {
  const [first] = spans;
  if (!first || (first.grain !== 'minute' && first.grain !== 'hour') || first.epoch !== undefined)
    return null;
  const word = view.word(index);
  const base = ABBREVIATIONS.get(word);
  if (base === undefined && !view.glued(index)) return null;
  if (word === 'z' && !view.glued(index)) return null;
  const signAt = base === undefined ? index : index + 1;
  const offset =
    view.is(signAt, '+', '-') && view.glued(signAt) && view.glued(signAt + 1)
      ? readOffset(view, signAt)
      : null;
  if (offset && (base === undefined || base === 0)) return offset;
  return base === undefined ? null : { value: base, next: index + 1 };
}

function readOffset(view: TokenView, signAt: number): Read<number> | null {
  const sign = view.is(signAt, '-') ? -1 : 1;
  const digits = view.digits(signAt + 1);
  if (digits.length === 4)
    return { value: sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))), next: signAt + 2 };
  if (digits.length === 0 || digits.length > 2 || Number(digits) > 14) return null;
  const minutes = view.is(signAt + 2, ':') && view.glued(signAt + 2) ? view.digits(signAt + 3) : '';
  return minutes.length === 2
    ? { value: sign * (Number(digits) * 60 + Number(minutes)), next: signAt + 4 }
    : { value: sign * Number(digits) * 60, next: signAt + 2 };
}

/** The same spans when their clock is the one of another zone. */
export function shiftToZone(spans: readonly Span[], offsetMinutes: number, context: TimeContext): Span[] {
  return spans.map((span) => {
    const epoch = span.start - offsetMinutes * 60;
    const start = context.now + (epoch - context.nowEpoch);
    return { ...span, start, end: start + (span.end - span.start), epoch };
  });
}
