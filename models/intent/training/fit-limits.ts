/** What a head said of a text whose phrasing family it had not seen in training. */
export interface HeldOut {
  /** Index of the right label. */
  label: number;
  logits: Float32Array;
}

/** Where confidence ends; all of them probabilities. */
export interface Limits {
  /** Below it nothing is taken for granted. */
  floor: number;
  /** Two actions closer than this are put to the user. */
  margin: number;
  /** From this share on a text counts as out of scope. */
  outOfScope: number;
}

/** Probabilities of logits at a temperature. */
export function probabilities(logits: Float32Array, temperature: number): Float32Array {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** What a head takes a text for, as it is read where it is used: out of scope only where it is sure enough of that. */
export function firstGuess(
  logits: Float32Array,
  temperature: number,
  nothing: number,
  outOfScope: number,
): Guess {
  const shares = probabilities(logits, temperature);
  const { first } = topTwo(shares, nothing);
  const refused = shares[nothing] ?? 0;
  return refused > first.share && refused >= outOfScope ? { at: nothing, share: refused } : first;
}

/** The temperature at which held-out texts are least surprising (golden section over 0.2 to 5). */
export function fitTemperature(heldOut: readonly HeldOut[]): number {
  const surprise = (temperature: number): number =>
    heldOut.reduce(
      (sum, { label, logits }) =>
        sum - Math.log(Math.max(1e-9, probabilities(logits, temperature)[label] ?? 0)),
      0,
    );
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [0.2, 5];
  while (high - low > 1e-3) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (surprise(left) < surprise(right)) high = right;
    else low = left;
  }
  return Math.round(((low + high) / 2) * 1_000) / 1_000;
}

/** Fits the limits on held-out texts; `nothing` is the index of the label for texts out of scope. */
export function fitLimits(
  heldOut: readonly HeldOut[],
  temperature: number,
  nothing: number,
  falseRefusals: number,
): Limits {
  const said = heldOut.map(({ label, logits }) => ({ label, shares: probabilities(logits, temperature) }));
  const requests = said
    .filter(({ label }) => label !== nothing)
    .map(({ label, shares }) => ({ label, ...topTwo(shares, nothing), refused: shares[nothing] ?? 0 }));
  return {
    outOfScope: fitRefusal(
      requests.map(({ refused, first }) => (refused > first.share ? refused : 0)),
      falseRefusals,
    ),
    floor: fitFloor(requests),
    margin: fitMargin(requests),
  };
}

interface Request {
  label: number;
  first: Guess;
  second: Guess;
}
export interface Guess {
  at: number;
  share: number;
}

const STEP = 0.01;

/** The lowest share of "out of scope" from which on no more requests are turned away than may be. */
function fitRefusal(shares: readonly number[], allowed: number): number {
  for (let limit = 0.3; limit < 0.95; limit += STEP)
    if (shares.filter((share) => share >= limit).length <= allowed * shares.length) return rounded(limit);
  return 0.95;
}

/** The highest floor under which guesses are wrong at least as often as right. */
function fitFloor(requests: readonly Request[]): number {
  let floor = 0;
  for (let limit = STEP; limit < 0.6; limit += STEP) {
    const under = requests.filter(({ first }) => first.share < limit);
    const right = under.filter(({ first, label }) => first.at === label).length;
    if (under.length >= 10 && right * 2 <= under.length) floor = limit;
  }
  return rounded(floor);
}

/** The margin within which the second guess is right at least half as often as the first, so that asking pays. */
function fitMargin(requests: readonly Request[]): number {
  const width = 0.02;
  let margin = 0;
  for (let limit = width; limit <= 0.4; limit += width) {
    const close = requests.filter(({ first, second }) => {
      const gap = first.share - second.share;
      return gap < limit && gap >= limit - width;
    });
    const first = close.filter(({ first: { at }, label }) => at === label).length;
    const second = close.filter(({ second: { at }, label }) => at === label).length;
    if (close.length < 10 || second * 2 < first) break;
    margin = limit;
  }
  return rounded(margin);
}

/** The two likeliest labels but the given one. */
function topTwo(shares: Float32Array, without: number): { first: Guess; second: Guess } {
  let first: Guess = { at: -1, share: 0 };
  let second: Guess = first;
  shares.forEach((share, at) => {
    if (at === without) return;
    if (share > first.share) [first, second] = [{ at, share }, first];
    else if (share > second.share) second = { at, share };
  });
  return { first, second };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
