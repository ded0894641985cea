import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { readManifest, type IntentManifest } from './manifest.ts';
import { hashNgrams } from './ngrams.ts';

/** The part of onnxruntime-node that a head needs; injected so that one process loads the runtime once. */
export interface Runtime {
  InferenceSession: typeof InferenceSession;
  Tensor: typeof Tensor;
}

/**
 * A trained head in memory. It is given the text and the encoder's hidden vector of it and answers with one
 * probability per label.
 */
export class IntentHead {
  private constructor(
    readonly manifest: IntentManifest,
    readonly labels: readonly string[],
    private readonly session: InferenceSession,
    private readonly runtime: Runtime,
  ) {}

  /**
   * @param path of the manifest; its files lie beside it
   * @throws ModelFileError where a file is missing or damaged
   */
  static async load(path: string, runtime: Runtime): Promise<IntentHead> {
    const { manifest, labels, model } = readManifest(path);
    const session = await runtime.InferenceSession.create(model, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    return new IntentHead(manifest, labels, session, runtime);
  }

  /** Whether the head takes the encoder's vector. */
  get needsEncoder(): boolean {
    return this.manifest.encoder !== null;
  }

  /**
   * @param hidden of the text, as long as the manifest says; empty for a head without encoder
   * @returns probabilities in the order of `labels`, at the manifest's temperature
   */
  async run(text: string, hidden: Float32Array): Promise<Float32Array> {
    const { Tensor } = this.runtime;
    const { indices, values } = hashNgrams(text, this.manifest.ngrams);
    // An empty sum has no shape in ONNX; one bucket that counts nothing stands in.
    const count = Math.max(1, indices.length);
    const buckets = new BigInt64Array(count);
    indices.forEach((bucket, at) => (buckets[at] = BigInt(bucket)));
    const weights = new Float32Array(count);
    weights.set(values);
    const feeds: Record<string, Tensor> = {
      buckets: new Tensor('int64', buckets, [count]),
      weights: new Tensor('float32', weights, [1, count]),
    };
    if (this.needsEncoder) feeds['hidden'] = new Tensor('float32', hidden, [1, hidden.length]);
    const { probabilities } = await this.session.run(feeds);
    return Float32Array.from(probabilities?.data as Float32Array);
  }
}
