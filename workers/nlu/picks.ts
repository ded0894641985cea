import type { OpenQuestion } from '../../contracts/clarification.ts';
import { DROP_CHOICE } from '../../contracts/clarification.ts';
import type { Target } from '../../contracts/slots.ts';
import type { Answer } from './answer.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readScope } from './extract/scope.ts';
import { readScopedDay } from './scope-answer.ts';
import { CARDINALS, ORDINALS } from './time/words.ts';

const NONE =
  /^(?:(?:no|oh|sorry|well|actually)[\s,]+)*(?:neither|none|nothing|not (?:any|one|either))(?: (?:one|of (?:them|these|those|the (?:two|above))))?$|^not (?:this|that|these|those)(?: ones?)?$/;
/** Takes back what was asked for, whatever else it says. */
const AGAINST = /^(?:(?:no|oh|wait|please|stop)[\s,]+)*(?:don't|do not|dont|never)\b/;
const ALL =
  /^(?:both|all|each|every one|everything|them all|(?:all|both|each)(?: (?:of|the))*(?: (?:them|these|those|it|two|three|four|five|tasks|ones))?)$/;
const SEVERAL = /^(?:the )?(?<end>first|last|top) (?<count>[a-z]+|\d)(?: (?:ones|tasks|of (?:them|these)))?$/;
const LISTED =
  /^(?:(?:the|numbers?|nos?|#) ?)*[\p{L}\d]+(?:(?:,| and|, and|&| &) ?(?:the |number |#)*[\p{L}\d]+)+(?: ones?| tasks?)?$/u;
/** Noises of somebody who thinks: they name nothing. */
const NOISE =
  /^(?:h+m+|u+h+m*|e+r+m*|u+m+|well|let me (?:see|think)|wait|hold on|one (?:sec|second|moment)|maybe|perhaps|i (?:wonder|see)|what|which|which one|huh|interesting|really|i(?:'m| am) not sure)$/;

/** To be shown them is no pick. */
const LOOK = /^(?:list|show|see)(?: me)?(?: (?:them|it|all|all of them|everything))?$/;

/**
 * What words that name no title are to "which one?": yes takes the only choice, no and "neither" drop the question,
 * "both" and "the first two" take several.
 *
 * @returns null for what is no answer, `a name` for words that may name one
 */
export function readPick(draft: Draft, question: OpenQuestion): Answer | null | 'a name' {
  const offered = question.choices.filter(({ choice_id: id }) => id !== DROP_CHOICE);
  const said = draft.folded
    .replace(/^[\s,.!]+|[\s,.!?]+$/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:(?:yes|ok|okay|please|just|take|delete|complete|i (?:mean|meant|want))[\s,]+)+/, '')
    .replace(/ please$/, '');
  if (question.choices.some(({ label }) => label.toLowerCase() === said)) return 'a name';
  const action = draft.recognition?.action;
  if (action === 'deny' || NONE.test(said) || AGAINST.test(said))
    return { confidence: 0.97, slots: {}, entities: [], declined: true };
  if (LOOK.test(said)) return null;
  if (question.choices.some(({ choice_id: id }) => id === 'following')) {
    const scoped = readScopedDay(draft, question);
    if (scoped) return scoped;
    const scope = readScope(said);
    return scope === null ? 'a name' : one(question, scope);
  }
  const several = ALL.test(said) ? offered : severalOf(said, offered);
  if (several) return several.length > 1 ? all(draft, several) : one(question, several[0]?.choice_id);
  if (action === 'affirm') return offered.length === 1 ? one(question, offered[0]?.choice_id) : null;
  return NOISE.test(said) ? null : 'a name';
}

type Choices = OpenQuestion['choices'];

/** "the first two", "1 and 3"; null for anything else. */
function severalOf(said: string, offered: Choices): Choices | null {
  const groups = SEVERAL.exec(said)?.groups;
  if (groups) {
    const count = CARDINALS.get(groups['count'] ?? '') ?? Number(groups['count']);
    if (!(count > 1 && count <= offered.length)) return null;
    return groups['end'] === 'last' ? offered.slice(-count) : offered.slice(0, count);
  }
  if (!LISTED.test(said)) return null;
  const places = said
    .replace(/ (?:ones?|tasks?)$/, '')
    .split(/,? and |, ?| ?& ?/)
    .map((word) => placeOf(word.replace(/^(?:the |numbers? |nos? |#)+/, '').trim()));
  const chosen = places.map((place) =>
    place === undefined ? undefined : offered.at(place > 0 ? place - 1 : place),
  );
  return chosen.every((choice) => choice !== undefined) ? [...new Set(chosen)] : null;
}

const placeOf = (word: string): number | undefined =>
  /^\d{1,2}(?:st|nd|rd|th)?$/.test(word)
    ? Number.parseInt(word, 10)
    : (ORDINALS.get(word) ?? CARDINALS.get(word));

function all(draft: Draft, choices: Choices): Answer {
  const target: Target = { kind: 'task', ids: choices.map(({ choice_id: id }) => id) };
  const span = { start: 0, end: draft.text.length };
  const entity = entityAt(draft, 'target', span, target, 'several of the choices');
  return { confidence: 0.97, slots: { target }, entities: [entity] };
}

const one = (question: OpenQuestion, id = ''): Answer => ({
  confidence: 0.97,
  slots: { ...question.choice_slots[id] },
  entities: [],
  choiceId: id,
});
