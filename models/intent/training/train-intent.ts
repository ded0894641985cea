import { hashNgrams, type NgramSettings } from '../ngrams.ts';
import { firstGuess, fitLimits, fitTemperature, type HeldOut, type Limits } from './fit-limits.ts';
import { fitRules, type RuleLimits } from './fit-rules.ts';
import { logitsOf, trainHead, type Example, type HeadWeights, type TrainingSettings } from './network.ts';
import { placeOf, type Sentence } from './sentences.ts';

/** How one head is trained; everything that its bytes depend on beside the sentences. */
export interface HeadRecipe {
  name: string;
  ngrams: NgramSettings;
  training: TrainingSettings;
  /** Whether it takes the encoder's vector. */
  withEncoder: boolean;
  /** Units of the hidden layer, 0 for a linear head. */
  hidden: number;
  /** Share of the phrasing families that limits and temperature are fitted on, by a head that has not seen them. */
  heldOutShare: number;
  /** Share of requests that may be turned away as out of scope on those. */
  falseRefusals: number;
}

/** Things to do are a tenth of the training, and more than that of what people say to a planner. */
const NOTES_WEIGHT = 2;

export interface TrainedIntent {
  weights: HeadWeights;
  temperature: number;
  limits: Limits;
  rules: RuleLimits;
  /** What was said of sentences of families that had not been seen, with the sentences. */
  heldOut: (HeldOut & { sentence: Sentence })[];
}

/**
 * Trains a head on all sentences. Temperature and limits come from a first head that has seen none of the families they are
 * fitted on, so that no paraphrase of a training sentence makes them look better than they are.
 *
 * @param vectors hidden vector of each sentence; ignored by a head without encoder
 * @param ruled which rule, if any, would take a sentence for which action
 */
export function trainIntent(
  sentences: readonly Sentence[],
  vectors: readonly Float32Array[],
  labels: readonly string[],
  recipe: HeadRecipe,
  ruled: (text: string) => { rule: string; explicit: boolean; action: string } | null,
): TrainedIntent {
  const nothing = new Float32Array(0);
  const examples = sentences.map(({ text, action }, index): Example => ({
    label: labels.indexOf(action),
    dense: recipe.withEncoder ? (vectors[index] ?? nothing) : nothing,
    sparse: hashNgrams(text, recipe.ngrams),
  }));
  const shape = {
    labels: labels.length,
    dense: recipe.withEncoder ? (vectors[0]?.length ?? 0) : 0,
    buckets: recipe.ngrams.buckets,
    hidden: recipe.hidden,
  };
  const isHeldOut = sentences.map(({ family }) => placeOf(family) < recipe.heldOutShare);
  const first = trainHead(
    examples.filter((_, index) => !isHeldOut[index]),
    shape,
    recipe.training,
  );
  const heldOut = sentences.flatMap((sentence, index) => {
    const example = examples[index];
    return example && isHeldOut[index]
      ? [{ sentence, label: example.label, logits: logitsOf(first, example.dense, example.sparse) }]
      : [];
  });
  const temperature = fitTemperature(heldOut);
  const limits = fitLimits(heldOut, temperature, labels.indexOf('out_of_scope'), recipe.falseRefusals);
  const disputes = heldOut.flatMap(({ sentence: { text, action }, logits }) => {
    const { at, share } = firstGuess(logits, temperature, labels.indexOf('out_of_scope'), limits.outOfScope);
    const said = ruled(text);
    return said && said.action !== labels[at]
      ? [
          {
            rule: said.rule,
            explicit: said.explicit,
            ruleRight: said.action === action,
            guessRight: labels[at] === action,
            confidence: share,
            weight: action === 'create_task' ? NOTES_WEIGHT : 1,
          },
        ]
      : [];
  });
  return {
    weights: trainHead(examples, shape, recipe.training),
    temperature,
    limits,
    rules: fitRules(disputes),
    heldOut,
  };
}
