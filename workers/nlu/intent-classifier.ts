import type { Action } from '../../contracts/intents.ts';

/** One action that a text may ask for, with its probability (0–1). */
export interface Guess {
  action: Action;
  confidence: number;
}

/** The trained model's place in the pipeline: asked about text that no sure rule recognised. */
export interface IntentClassifier {
  /** Hash of everything its answers depend on. */
  readonly version: string;
  /** Below this probability the best guess is no better than none. */
  readonly floor: number;
  /** Two guesses closer than this are put to the user as choices. */
  readonly margin: number;
  /**
   * From which probability of another action on this outweighs what the rule of that name says.
   *
   * @param explicit the rule's wording is explicit, see `isExplicit`
   */
  outweighsFrom(rule: string, explicit: boolean): number;
  /** Every action, likeliest first; an empty list where nothing can be said, such as of a text without words. */
  classify(text: string): Promise<Guess[]>;
}
