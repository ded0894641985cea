import { ME } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { newDraft, type Draft } from '../draft.ts';
import { coreOf } from '../rules/rule.ts';
import type { Range } from '../text.ts';
import { isPlace } from './names.ts';
import { readFact } from './read-fact.ts';

type Fact = NonNullable<ActParams['fact']>;
type Part = Range & { fact: Fact };

/** Where one thing that is told may end and the next begin. */
const JOINT =
  /(?:\s*[,;]\s*(?:(?:and|but)\s+)?|\s+(?:and|but)\s+|(?<!\b(?:dr|mr|mrs|ms|mx|prof|st)|str)\.\s+)(?=(?:my|our|i|i'm|he|she|they|he's|she's|call\s+me|\p{L}[\p{L}'-]*(?:'s|\s+(?:is|lives|works|likes|loves|hates|has|was|doesn't)))\s)/gu;
const MOST = 8;
const THEY = /^(?:he|she|they)(?=['\s])/;

/** "My dentist is Dr. Weber and my gym is on Main Street": each by itself, where all of a message tells such things. */
export function factParts(draft: Draft): Part[] {
  const { folded } = draft;
  if (folded.length > 600 || !/\b(?:and|but|my|our|i|i'm)\b|[,;.]/.test(folded)) return [];
  const core = coreOf(folded);
  const parts: Range[] = [];
  let start = core.start;
  for (const { index, 0: joint } of core.text.matchAll(JOINT)) {
    parts.push({ start, end: core.start + index });
    start = core.start + index + joint.length;
  }
  parts.push({ start, end: core.end });
  if (parts.length < 2) return withPlace(draft, core);
  if (parts.length > MOST) return [];
  const told: Part[] = [];
  for (const part of parts) {
    const fact = readPart(draft, part, told.at(-1)?.fact);
    if (fact?.move !== 'save') return [];
    told.push({ ...part, fact });
  }
  return told;
}

/** "And she lives in Hamburg" is said of whoever the part before is about. */
function readPart(draft: Draft, part: Range, before: Fact | undefined): Fact | null {
  const words = draft.text.slice(part.start, part.end);
  const they = THEY.exec(draft.folded.slice(part.start, part.end))?.[0];
  if (they === undefined) return readFact(draft, part);
  const who = before && personOf(before);
  if (who === undefined) return null;
  const sentence = `${who}${words.slice(they.length)}`;
  const whole = newDraft(sentence, draft.timezone, draft.now, draft.preferences);
  return readFact(whole, { start: 0, end: sentence.length });
}

/** Whom a fact is about, for what is told next. */
const personOf = ({ subject, attribute, value_kind: kind }: Fact): string | undefined =>
  subject !== ME ? subject : kind === 'person' && attribute !== 'name' ? `my ${attribute}` : undefined;

/** "My hairdresser is Salon Kiki on Oak Road" tells who it is, and where. */
function withPlace(draft: Draft, core: Range): Part[] {
  const words = draft.folded.slice(core.start, core.end);
  const at = /\s(?=(?:on|in|at|near)\s+[^,;:?!]{3,60}$)/.exec(words);
  if (!at || !/^(?:my|our)\s/.test(words) || readFact(draft, core)) return [];
  const who = { start: core.start, end: core.start + at.index };
  const where = { start: who.end + 1, end: core.end };
  const fact = readFact(draft, who);
  if (fact?.move !== 'save' || fact.value_kind !== 'person' || fact.subject !== ME || fact.is_over) return [];
  if (fact.attribute === 'name' || !isPlace(draft, where)) return [];
  const value = draft.text.slice(where.start, where.end).replace(/\s+/g, ' ');
  return [
    { ...who, fact },
    {
      ...where,
      fact: {
        move: 'save',
        subject: `my ${fact.attribute}`,
        attribute: 'address',
        value,
        value_kind: 'place',
      },
    },
  ];
}
