/** What a rule said of a held-out text, where the head's first guess was another action. */
export interface Dispute {
  rule: string;
  /** Explicit wording rather than a plain statement. */
  explicit: boolean;
  ruleRight: boolean;
  guessRight: boolean;
  /** Of the guess, 0–1. */
  confidence: number;
  /** How many such sentences people say for one among those trained on. */
  weight: number;
}

/** From which probability of another action on a rule is outweighed; 1 where it never is. */
export interface RuleLimits {
  /** For rules that met no other opinion. */
  pooled: { explicit: number; plain: number };
  byRule: Record<string, number>;
}

/** So many disputes of all rules of its kind stand beside a rule's own, so that two or three of these decide nothing. */
const PRIOR = 6;
const STEP = 0.01;

/** Fits the limits so that as many disputes as possible are settled rightly. */
export function fitRules(disputes: readonly Dispute[]): RuleLimits {
  const explicit = poolOf(disputes.filter((dispute) => dispute.explicit));
  const plain = poolOf(disputes.filter((dispute) => !dispute.explicit));
  const names = [...new Set(disputes.map(({ rule }) => rule))].toSorted();
  return {
    pooled: { explicit: best(explicit), plain: best(plain) },
    byRule: Object.fromEntries(
      names.map((name) => {
        const own = disputes.filter(({ rule }) => rule === name);
        const pool = own[0]?.explicit ? explicit : plain;
        return [name, best(limits().map((limit, at) => rightOf(own, limit) + PRIOR * (pool[at] ?? 0)))];
      }),
    ),
  };
}

/** Share of disputes that each limit settles rightly. */
const poolOf = (disputes: readonly Dispute[]): number[] =>
  limits().map((limit) => rightOf(disputes, limit) / Math.max(1, weightOf(disputes)));

const limits = (): number[] => Array.from({ length: Math.round(1 / STEP) + 1 }, (_, at) => at * STEP);

const rightOf = (disputes: readonly Dispute[], limit: number): number =>
  weightOf(
    disputes.filter(({ confidence, ruleRight, guessRight }) => (confidence < limit ? ruleRight : guessRight)),
  );
const weightOf = (disputes: readonly Dispute[]): number =>
  disputes.reduce((sum, { weight }) => sum + weight, 0);

/** The limit with the highest score; in the middle where several next to each other have it. */
function best(scores: readonly number[]): number {
  const most = Math.max(...scores) - 1e-9;
  const from = scores.findIndex((score) => score >= most);
  const others = scores.findIndex((score, at) => at > from && score < most);
  const to = others === -1 ? scores.length : others;
  return Math.round(((from + to - 1) / 2) * STEP * 100) / 100;
}
