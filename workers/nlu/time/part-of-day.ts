import type { PartPiece, PieceReader } from './pieces.ts';

interface Part {
  name: string;
  fromHour: number;
  toHour: number;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  ['morning', { name: 'morning', fromHour: 6, toHour: 12 }],
  ['afternoon', { name: 'afternoon', fromHour: 12, toHour: 18 }],
  ['evening', { name: 'evening', fromHour: 18, toHour: 22 }],
  ['night', { name: 'night', fromHour: 20, toHour: 24 }],
  ['lunchtime', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
  ['lunch', { name: 'lunchtime', fromHour: 12, toHour: 14 }],
]);

/** "this morning", "in the evening", "tonight", "last night", "end of day" and, beside a day, "morning" alone. */
export const partOfDay: PieceReader = (view, index, context) => {
  if (view.is(index, 'tonight', 'tonite', '2nite'))
    return { value: part('tonight', 18, 24, 0), next: index + 1 };
  if (view.phrase(index, 'last night') !== null)
    return { value: part('last night', 18, 24, -1), next: index + 2 };
  const endOfDay =
    view.phrase(index, 'end of the day') ??
    view.phrase(index, 'end of day') ??
    view.phrase(index, 'close of business') ??
    (view.is(index, 'eod', 'cob') ? index + 1 : null);
  if (endOfDay !== null) return { value: part('end of day', 17, 24), next: endOfDay };
  const work = view.phrase(index, 'after work');
  if (work !== null) return { value: part('after work', 17, 21), next: work };
  let at = index;
  let shift: number | undefined;
  const inThe = view.phrase(index, 'in the') ?? view.phrase(index, 'during the');
  if (inThe !== null) at = inThe;
  else if (view.is(index, 'this')) [at, shift] = [index + 1, 0];
  else if (view.is(index, 'at') && view.is(index + 1, 'night', 'lunch', 'lunchtime')) at = index + 1;
  else if (view.is(index, 'the') && context.lenient) at = index + 1;
  const early = view.is(at, 'early');
  const late = view.is(at, 'late');
  if (early || late) at += 1;
  const found = PARTS.get(view.word(at));
  if (!found || (view.word(at) === 'lunch' && at === index && !context.lenient)) return null;
  const { name, fromHour, toHour } = found;
  if (early)
    return {
      value: part(`early ${name}`, fromHour - (name === 'morning' ? 1 : 0), fromHour + 3, shift),
      next: at + 1,
    };
  if (late) return { value: part(`late ${name}`, toHour - 2, toHour, shift), next: at + 1 };
  return { value: part(name, fromHour, toHour, shift), next: at + 1 };
};

function part(name: string, fromHour: number, toHour: number, shift?: number): PartPiece {
  return shift === undefined
    ? { kind: 'part', name, fromHour, toHour }
    : { kind: 'part', name, fromHour, toHour, shift };
}
