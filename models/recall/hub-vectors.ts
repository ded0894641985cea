import type { EncoderModel } from '../encoder/encoder-model.ts';
import { Encoder, type EncoderEvent } from '../encoder/encoder.ts';
import { EncoderUnavailable } from '../encoder/errors.ts';

/** Between two tries to fetch or load a model that failed. */
const AGAIN_MS = 60_000;

/**
 * Vectors of a hub's model, which is fetched when the first is asked for. As long as it is not there everything is
 * refused as if the encoder were down, and nobody waits for a download.
 */
export class HubVectors {
  private encoder: Encoder | null = null;
  private starting: Promise<void> | null = null;
  private notBefore = 0;
  private closed = false;

  constructor(private readonly options: { model: EncoderModel; onEvent: (event: EncoderEvent) => void }) {}

  get model(): string {
    return this.options.model.name;
  }

  /** Numbers in a vector; 0 as long as nothing was encoded. */
  get dimension(): number {
    return this.encoder?.dimension ?? 0;
  }

  /** @throws EmptyText, EncoderUnavailable */
  async vectorOf(text: string): Promise<Float32Array> {
    if (!this.encoder) {
      this.start();
      throw new EncoderUnavailable('The model of the hub is not loaded yet');
    }
    const [encoded] = await this.encoder.encode([text]);
    if (!encoded) throw new Error('The encoder gave no vector');
    return encoded.emb;
  }

  private start(): void {
    if (this.starting || this.closed || performance.now() < this.notBefore) return;
    this.starting = Encoder.start(this.options)
      .then(async (encoder) => {
        if (this.closed) await encoder.close();
        else this.encoder = encoder;
      })
      .catch((error: unknown) => {
        this.notBefore = performance.now() + AGAIN_MS;
        this.options.onEvent({
          level: 'warn',
          message: `The model ${this.model} could not be loaded; earlier messages are found by their words meanwhile: ${error instanceof Error ? error.name : typeof error}`,
        });
      })
      .finally(() => {
        this.starting = null;
      });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.starting;
    await this.encoder?.close();
  }
}
