import type { Fact } from '../../contracts/entities.ts';

/** A clock that is a little behind the server's has not seen the end of what was replaced just now. */
const SLACK_MS = 60_000;

const isSame = (one: Fact, other: Fact): boolean =>
  one.subject.toLowerCase() === other.subject.toLowerCase() &&
  one.attribute.toLowerCase() === other.attribute.toLowerCase();

/** What became of something that was told and does not hold any more: "Replaced by Dr. Kim"; null while it holds. */
export function endOf(fact: Fact, isGone: boolean, facts: Iterable<Fact>, now: Date): string | null {
  if (isGone) return 'Forgotten';
  const { valid_until: until } = fact;
  if (until === null || Date.parse(until) > now.getTime() + SLACK_MS) return null;
  const next = [...facts].find(
    (one) => isSame(one, fact) && Date.parse(one.valid_from) === Date.parse(until),
  );
  return next ? `Replaced by ${next.value}` : 'Over';
}
