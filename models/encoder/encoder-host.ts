import { NoSuchHead } from './errors.ts';
import type { Head } from './head.ts';
import type { ThreadAnswer, ThreadRequest, ThreadSettings } from './messages.ts';
import { SentenceModel } from './sentence-model.ts';

/** The encoder with the heads that go on from it: what runs inside the thread. */
export class EncoderHost {
  private constructor(
    private readonly model: SentenceModel,
    private readonly byId: ReadonlyMap<string, Head>,
  ) {}

  /**
   * @param loadHead loads one head by the path of its manifest
   * @throws whatever keeps the model or a head from being loaded; Error when two heads have one id
   */
  static async load(
    settings: Pick<ThreadSettings, 'model' | 'heads'>,
    loadHead: (manifestPath: string) => Promise<Head>,
  ): Promise<EncoderHost> {
    const [model, heads] = await Promise.all([
      SentenceModel.load(settings.model),
      Promise.all(settings.heads.map(loadHead)),
    ]);
    const byId = new Map(heads.map((head) => [head.id, head]));
    if (byId.size < heads.length) throw new Error('Two heads have the same id');
    return new EncoderHost(model, byId);
  }

  get dimension(): number {
    return this.model.dimension;
  }

  get heads(): string[] {
    return [...this.byId.keys()];
  }

  /** Answers a request; a fault of its own is an answer too, so that one bad text harms nobody else. */
  async answer(request: ThreadRequest): Promise<ThreadAnswer> {
    try {
      return request.kind === 'encode'
        ? await this.encode(request.id, request.texts)
        : await this.classify(request.id, request.head, request.text);
    } catch (error) {
      return {
        kind: 'refused',
        id: request.id,
        message: error instanceof Error ? error.message : String(error),
      };
    }
  }

  close(): Promise<void> {
    return this.model.close();
  }

  private async encode(id: number, texts: readonly string[]): Promise<ThreadAnswer> {
    const { dimension } = this;
    const emb = new Float32Array(texts.length * dimension);
    const hid = new Float32Array(texts.length * dimension);
    for (const [index, text] of texts.entries()) {
      const encoded = await this.model.encode(text);
      emb.set(encoded.emb, index * dimension);
      hid.set(encoded.hid, index * dimension);
    }
    return { kind: 'encoded', id, emb, hid };
  }

  private async classify(id: number, headId: string, text: string): Promise<ThreadAnswer> {
    const head = this.byId.get(headId);
    if (head === undefined) throw new NoSuchHead(headId);
    const { hid } = await this.model.encode(text);
    // A copy: what a head keeps for itself must not be handed over to the other thread.
    return { kind: 'classified', id, scores: Float32Array.from(await head.run(text, hid)) };
  }
}
