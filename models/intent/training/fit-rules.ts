/** What a rule said of a held-out text, where the head's first guess was another action. */
export interface Dispute {
  rule: string;
  ruleRight: boolean;
  guessRight: boolean;
  /** Of the guess, 0–1. */
  confidence: number;
}

/** From which probability of another action on a rule is outweighed; 1 where it never is. */
export interface RuleLimits {
  /** For rules that hardly met another opinion. */
  pooled: number;
  byRule: Record<string, number>;
}

/** So many disputes of all rules together stand beside a rule's own, so that two or three of these decide nothing. */
const PRIOR = 6;
const STEP = 0.01;

/** Fits the limits so that as many disputes as possible are settled rightly. */
export function fitRules(disputes: readonly Dispute[]): RuleLimits {
  const shareRight = (limit: number): number => rightOf(disputes, limit) / Math.max(1, disputes.length);
  const prior = limits().map((limit) => PRIOR * shareRight(limit));
  const names = [...new Set(disputes.map(({ rule }) => rule))].toSorted();
  return {
    pooled: best(limits().map(shareRight)),
    byRule: Object.fromEntries(
      names.map((name) => {
        const own = disputes.filter(({ rule }) => rule === name);
        return [name, best(limits().map((limit, at) => rightOf(own, limit) + (prior[at] ?? 0)))];
      }),
    ),
  };
}

const limits = (): number[] => Array.from({ length: Math.round(1 / STEP) + 1 }, (_, at) => at * STEP);

const rightOf = (disputes: readonly Dispute[], limit: number): number =>
  disputes.filter(({ confidence, ruleRight, guessRight }) => (confidence < limit ? ruleRight : guessRight))
    .length;

/** The limit with the highest score; in the middle where several next to each other have it. */
function best(scores: readonly number[]): number {
  const most = Math.max(...scores) - 1e-9;
  const from = scores.findIndex((score) => score >= most);
  const others = scores.findIndex((score, at) => at > from && score < most);
  const to = others === -1 ? scores.length : others;
  return Math.round(((from + to - 1) / 2) * STEP * 100) / 100;
}
