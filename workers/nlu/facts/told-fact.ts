import type { ActParams } from '../../../contracts/nlu.ts';
import type { Draft, Recognition } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { peel } from '../peel.ts';
import type { Range } from '../text.ts';
import { readFactCorrection } from './correct-fact.ts';

type Fact = NonNullable<ActParams['fact']>;

export const toldFact = (body: Range, fact: Fact): Recognition => ({
  action: 'set_preference',
  confidence: 0.97,
  source: 'rule',
  rule: 'preferences.fact',
  body,
  params: { fact },
});

/** What is said of the fact that was told last, whatever else it could mean. */
export function ofLastFact(draft: Draft, heard: NluInput): Draft {
  const { recognition } = draft;
  const told = recognition?.params?.fact;
  if (recognition?.action === 'set_preference' && told) {
    const was = told.move === 'save' ? wrongBefore(draft, told, heard) : undefined;
    return was === undefined
      ? draft
      : { ...draft, recognition: toldFact(recognition.body, { ...told, was }) };
  }
  const fact = recognition?.params?.contact ? null : readFactCorrection(draft, heard);
  return fact ? { ...draft, recognition: toldFact({ start: 0, end: draft.folded.length }, fact) } : draft;
}

/** "That's wrong, my doctor is Dr. Kleiner" behind another doctor: what was told before was wrong. */
function wrongBefore(draft: Draft, told: Fact, { lastFact: last, now }: NluInput): string | undefined {
  if (!last || now.getTime() - Date.parse(last.at) >= FRESH_MS) return undefined;
  const isSame = told.subject === last.subject && told.attribute === last.attribute;
  return isSame && told.is_change && !told.is_over && peel(draft).marked ? last.value : undefined;
}
