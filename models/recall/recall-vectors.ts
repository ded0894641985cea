import type { Encoder } from '../encoder/encoder.ts';
import { backgroundDir, readBackground } from './artefact.ts';
import { unit, without, type Background } from './background.ts';

type Vectors = Pick<Encoder, 'model' | 'dimension' | 'encode'>;

/**
 * Texts as vectors for recall: the published embedding of a text beside its hidden state without what all sentences have in
 * common, which together find more than either.
 */
export class RecallVectors {
  private constructor(
    private readonly encoder: Vectors,
    private readonly background: Background,
    /** To be kept beside every vector: those of two names are never compared. */
    readonly model: string,
  ) {}

  /**
   * @param encoder the one in the repository
   * @throws Error when a file of the model is missing or damaged
   */
  static open(encoder: Vectors): RecallVectors {
    const { encoder: name, background } = readBackground(backgroundDir());
    return new RecallVectors(encoder, background, name);
  }

  /** Numbers in a vector. */
  get dimension(): number {
    return this.encoder.dimension * 2;
  }

  /** @throws EmptyText, EncoderUnavailable */
  async vectorOf(text: string): Promise<Float32Array> {
    const [encoded] = await this.encoder.encode([text]);
    if (!encoded) throw new Error('The encoder gave no vector');
    return Float32Array.from([...encoded.emb, ...unit(without(encoded.hid, this.background))]);
  }
}
