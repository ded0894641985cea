/** What the head said of a text that it had not seen in training. */
export interface HeldOut {
  /** Index of the right label. */
  label: number;
  logits: Float64Array;
}

/** Probabilities of logits at a temperature. */
export function probabilities(logits: Float64Array, temperature: number): Float64Array {
  const largest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
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
  while (high - low > 1e-4) {
    const [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (surprise(left) < surprise(right)) high = right;
    else low = left;
  }
  return Math.round(((low + high) / 2) * 1_000) / 1_000;
}

/** Expected calibration error over ten bins of equal width: how far stated confidence is from being right. */
export function calibrationError(said: readonly { confidence: number; right: boolean }[]): {
  error: number;
  bins: { from: number; count: number; confidence: number; accuracy: number }[];
} {
  const bins = Array.from({ length: 10 }, (_, index) => {
    const inside = said.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === index);
    const mean = (values: number[]): number =>
      values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      from: index / 10,
      count: inside.length,
      confidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ right }) => (right ? 1 : 0))),
    };
  });
  const error = bins.reduce(
    (sum, { count, confidence, accuracy }) =>
      sum + (count / Math.max(1, said.length)) * Math.abs(confidence - accuracy),
    0,
  );
  return { error, bins };
}
