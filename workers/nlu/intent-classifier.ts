import type { Action } from '../../contracts/intents.ts';

/** The trained model's place in the pipeline: asked only about text that no rule recognised. */
export interface IntentClassifier {
  readonly version: string;
  /** Actions with their probability (0–1), best first; an empty list means "nothing known". */
  classify(text: string): Promise<{ action: Action; confidence: number }[]>;
}
