import { join } from 'node:path';
import type { Action } from '../../contracts/intents.ts';
import { checkoutDir } from '../../core/checkout.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { EmptyText } from '../encoder/errors.ts';
import { readManifest, sha256Of, type IntentManifest, type LoadedManifest } from './manifest.ts';

/** The two heads that are in the repository; a flag decides for each user which one is asked. */
export const INTENT_MODELS = ['current', 'previous'] as const;
export type IntentModelName = (typeof INTENT_MODELS)[number];

export function intentModelDir(name: IntentModelName): string {
  return join(checkoutDir(), 'models', 'intent', 'artefacts', name);
}

/** Where the manifest of a head in the repository is; the encoder's thread loads it from there. */
export function manifestPath(name: IntentModelName): string {
  return join(intentModelDir(name), 'manifest.json');
}

/** One action with its probability, 0–1. */
export interface IntentGuess {
  action: Action;
  confidence: number;
}

/** A trained classifier of texts, run in the encoder's thread. */
export class IntentModel {
  /** Hash of everything its answers depend on. */
  readonly version: string;
  /** Below this probability the best guess is no better than none. */
  readonly floor: number;
  /** Two actions closer than this are put to the user. */
  readonly margin: number;
  private readonly rules: IntentManifest['rules'];

  private constructor(
    private readonly encoder: Pick<Encoder, 'classify'>,
    private readonly loaded: LoadedManifest,
  ) {
    const { manifest } = loaded;
    this.version = sha256Of(JSON.stringify(manifest)).slice(0, 16);
    this.floor = manifest.floor;
    this.margin = manifest.margin;
    this.rules = manifest.rules;
  }

  /**
   * @param encoder has loaded the head of the same name
   * @throws ModelFileError where a file is missing or damaged
   */
  static open(name: IntentModelName, encoder: Pick<Encoder, 'classify'>): IntentModel {
    return new IntentModel(encoder, readManifest(manifestPath(name)));
  }

  /** From which probability of another action on this outweighs what the rule of that name says. */
  outweighsFrom(rule: string, explicit: boolean): number {
    const { by_rule: byRule, pooled } = this.rules;
    return byRule[rule] ?? (explicit ? pooled.explicit : pooled.plain);
  }

  /**
   * All actions, likeliest first; none for a text without words. A text is out of scope only where the model is sure
   * enough of it: as a mere first guess it stands behind the likeliest action.
   *
   * @throws EncoderUnavailable
   */
  async classify(text: string): Promise<IntentGuess[]> {
    const { manifest, labels } = this.loaded;
    let shares: Float32Array;
    try {
      shares = await this.encoder.classify(manifest.name, text);
    } catch (error) {
      if (error instanceof EmptyText) return [];
      throw error;
    }
    const guesses = labels
      .map((action, at): IntentGuess => ({ action, confidence: shares[at] ?? 0 }))
      .toSorted((a, b) => b.confidence - a.confidence);
    const [first, second] = guesses;
    if (first?.action === 'out_of_scope' && second && first.confidence < manifest.out_of_scope)
      return [second, first, ...guesses.slice(2)];
    return guesses;
  }
}
