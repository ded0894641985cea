/**
 * A model that goes on from the encoder's vector, and so runs where the encoder runs, in its thread. It must not wait
 * for anything outside it: what it takes, every other request waits.
 */
export interface Head {
  /** By which it is asked for; unique among the heads of one encoder. */
  readonly id: string;
  /**
   * @param text as it went into the encoder: normalised (see `normaliseText`)
   * @param hid the encoder's `hid` for this text
   * @returns a score for each label, in the order of the head's manifest
   */
  run(text: string, hid: Float32Array): Promise<Float32Array>;
}
