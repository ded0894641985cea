import { env, LogLevel, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import { z } from 'zod';
import type { EncoderModel } from './encoder-model.ts';

/** The two vectors of a text, each of length 1. A hub's model has one; it stands in both places. */
export interface Encoded {
  /** The published embedding: best for likeness of whole sentences, together with `hid`. */
  emb: Float32Array;
  /** The mean of the last hidden states: best to train a classifier on. */
  hid: Float32Array;
}

const vector = z.object({ data: z.instanceof(Float32Array) });
const localOutputs = z.object({ emb: vector, hid: vector });

/** One thread is best on shared cores: more would wait for each other. */
const SESSION_OPTIONS = { intraOpNumThreads: 1, interOpNumThreads: 1 };
/** The small one first; not every model of a hub has it. */
const PRECISIONS = ['q8', 'fp32'] as const;
const POOLING = { pooling: 'mean', normalize: true } as const;
const PROBE = 'hello';

/**
 * The encoder itself, on the thread that calls it: `encode` keeps that thread busy for its whole time. The product
 * calls it through `Encoder`, which has a thread of its own for it.
 */
export class SentenceModel {
  private constructor(
    private readonly extractor: FeatureExtractionPipeline,
    private readonly isLocal: boolean,
    /** Numbers in a vector. */
    readonly dimension: number,
  ) {}

  /**
   * Loads the model, from its folder with no look at the network, or from a hub. The settings of transformers.js are
   * the thread's own, so one thread has one kind.
   */
  static async load(model: EncoderModel): Promise<SentenceModel> {
    const extractor = await loadExtractor(model);
    const isLocal = model.kind === 'folder';
    // The first run is several times slower than the others; nobody should wait for it.
    const probe = await encode(extractor, isLocal, PROBE);
    return new SentenceModel(extractor, isLocal, probe.emb.length);
  }

  /**
   * One text at a time: in a batch the eight-bit vectors of a text shift a little with its neighbours.
   *
   * @param text normalised, not empty; its first 128 pieces are read
   */
  encode(text: string): Promise<Encoded> {
    return encode(this.extractor, this.isLocal, text);
  }

  close(): Promise<void> {
    return this.extractor.dispose();
  }
}

async function loadExtractor(model: EncoderModel): Promise<FeatureExtractionPipeline> {
  env.logLevel = LogLevel.ERROR;
  env.allowRemoteModels = model.kind === 'hub';
  env.allowLocalModels = model.kind === 'folder';
  if (model.kind === 'folder') return open(model.dir, 'q8');
  env.cacheDir = model.cacheDir;
  if (model.hubUrl !== undefined) env.remoteHost = model.hubUrl;
  const [small, exact] = PRECISIONS;
  try {
    return await open(model.name, small);
  } catch {
    return open(model.name, exact);
  }
}

function open(path: string, dtype: (typeof PRECISIONS)[number]): Promise<FeatureExtractionPipeline> {
  return pipeline('feature-extraction', path, { dtype, device: 'cpu', session_options: SESSION_OPTIONS });
}

async function encode(
  extractor: FeatureExtractionPipeline,
  isLocal: boolean,
  text: string,
): Promise<Encoded> {
  if (!isLocal) {
    const { data } = vector.parse(await extractor(text, POOLING));
    return { emb: data, hid: data };
  }
  // The pipeline asks for one of the model's outputs; both come out of the same run.
  const inputs: unknown = extractor.tokenizer(text, { truncation: true });
  const { emb, hid } = localOutputs.parse(await extractor.model(inputs));
  return { emb: emb.data, hid: hid.data };
}
