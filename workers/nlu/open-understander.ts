import type { Config } from '../../core/config.ts';
import { encoderModel, LOCAL_MODEL } from '../../models/encoder/encoder-model.ts';
import { Encoder, type EncoderEvent } from '../../models/encoder/encoder.ts';
import { INTENT_MODELS, IntentModel, manifestPath } from '../../models/intent/intent-model.ts';
import { Understander } from './pipeline.ts';

/** The understanding with its trained models, and how to end the thread that they run in. */
export interface OpenUnderstander {
  understander: Understander;
  /** Their encoder, for whatever else is to be encoded. */
  encoder: Encoder;
  close(): Promise<void>;
}

/**
 * Loads the encoder with both intent classifiers into a thread of their own. Without that thread rules alone decide: a turn is
 * never lost for it.
 *
 * @throws Error saying which file of a model is missing or damaged
 */
export async function openUnderstander(
  config: Pick<Config, 'PULSEPLAN_DATA_DIR'>,
  onEvent: (event: EncoderEvent) => void,
): Promise<OpenUnderstander> {
  const encoder = await Encoder.start({
    // The classifiers are trained on this encoder's vectors, whatever makes those that are stored.
    model: encoderModel(LOCAL_MODEL, config.PULSEPLAN_DATA_DIR),
    heads: INTENT_MODELS.map(manifestPath),
    onEvent,
  });
  const understander = new Understander({
    classifier: IntentModel.open('current', encoder),
    previousClassifier: IntentModel.open('previous', encoder),
    onClassifierFault: (error) =>
      onEvent({
        level: 'warn',
        message: `A text was understood by rules alone: ${error instanceof Error ? error.message : String(error)}`,
      }),
  });
  await understander.warmUp();
  return { understander, encoder, close: () => encoder.close() };
}
