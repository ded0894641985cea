/** One decision with how sure it was. */
export interface Decision {
  confidence: number;
  right: boolean;
}

export interface Calibration {
  /** Expected calibration error: how far stated confidence is from being right, weighted by how often it is stated. */
  error: number;
  /** Ten bins of equal width, from 0 to 1. */
  bins: { from: number; count: number; confidence: number; accuracy: number }[];
}

/** How honest stated confidence is. */
export function calibrationOf(decisions: readonly Decision[]): Calibration {
  const mean = (values: readonly number[]): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  const bins = Array.from({ length: 10 }, (_, index) => {
    const inside = decisions.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === index);
    return {
      from: index / 10,
      count: inside.length,
      confidence: mean(inside.map(({ confidence }) => confidence)),
      accuracy: mean(inside.map(({ right }) => (right ? 1 : 0))),
    };
  });
  const weighted = bins.map(({ count, confidence, accuracy }) => count * Math.abs(confidence - accuracy));
  return {
    error: weighted.reduce((sum, value) => sum + value, 0) / Math.max(1, decisions.length),
    bins,
  };
}
