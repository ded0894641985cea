import type { Act } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { withAskedAsIt } from './asked-item.ts';
import { withoutCircumstances } from './circumstances.ts';
import { newDraft } from './draft.ts';
import { readFactCorrection } from './facts/correct-fact.ts';
import { factParts } from './facts/fact-parts.ts';
import { dateFact } from './facts/statements.ts';
import { readFact } from './facts/read-fact.ts';
import { isItAnEvent } from './last-item.ts';
import { withoutLead } from './leads.ts';
import { isOfMany, withoutLeftOut } from './left-out.ts';
import { withPersonNamed } from './leaning/person.ts';
import { withToldToo } from './leaning/told-too.ts';
import type { NluInput } from './nlu-input.ts';
import { coreOf } from './rules/rule.ts';
import { plainText, type PlainText } from './plain-text.ts';
import { takenOver } from './recall/taken-over.ts';
import { recogniseByRules } from './recognise.ts';
import { withReportedEnd } from './reported-ends.ts';
import { withReportedMove } from './reported-moves.ts';
import { withSecondThought } from './second-thoughts.ts';
import { withSpokenAsIt } from './spoken-item.ts';
import { withSpokenTimes } from './spoken-times.ts';
import { withWishedTime } from './wished-times.ts';

/** The words of a message that are read. */
interface WordsRead extends PlainText {
  /** What is left out of many is cut from them. */
  leavesOut?: boolean;
}

/**
 * What the words ask for. What is left out is cut from them, since the names of it would be taken for what is meant; where
 * they ask for no change of many, nothing is left out, and every word of them is read.
 */
export async function readWords<Read extends { acts: readonly Act[] }>(
  words: (cutsLeftOut: boolean) => WordsRead,
  read: (words: PlainText) => Promise<Read>,
): Promise<Read> {
  const cut = words(true);
  const first = await read(cut);
  return cut.leavesOut === true && !isOfMany(first.acts) ? await read(words(false)) : first;
}

/** Without sounds before them, and without what only says why. */
export function wordsOf(input: NluInput, cutsLeftOut: boolean): WordsRead {
  const { text, questions, now, lastReceipt } = input;
  const active = questions.filter(({ active_until: until }) => Date.parse(until) > now.getTime());
  // The text of a mail is kept as it is said.
  const verbatim = active.some(({ slot }) => slot === 'body' || slot === 'subject');
  const typed = plainText(text);
  const plain = withoutLead(takenOver(typed, input)?.words ?? typed, verbatim);
  // What is told of somebody is about nothing that was spoken of before.
  if (verbatim || tellsFact(plain, input)) return plain;
  const isOfEvent = active.length === 0 && isItAnEvent(input);
  const told = active.length === 0 ? withToldToo(plain, input) : plain;
  const wished = isOfEvent ? withWishedTime(told, spokenOf(lastReceipt)) : told;
  const some = cutsLeftOut ? withoutLeftOut(wished, active) : wished;
  const said = withPersonNamed(
    withReportedMove(
      withoutCircumstances(withReportedEnd(withSecondThought(some, input)), active.length > 0),
    ),
    input,
  );
  const [asked] = active;
  const words = asked
    ? withAskedAsIt(said, asked)
    : withSpokenTimes(withSpokenAsIt(said, { lastReceipt, now }), input);
  return { ...words, leavesOut: some !== wished };
}

const tellsFact = ({ text }: PlainText, input: NluInput): boolean => {
  const { timezone, now, preferences } = input;
  const draft = newDraft(text, timezone, now, preferences);
  return (
    readFact(draft, coreOf(draft.folded)) !== null ||
    factParts(draft).length > 0 ||
    dateFact(draft, coreOf(draft.folded)) !== null ||
    readFactCorrection(draft, input) !== null ||
    (text.includes('@') && recogniseByRules(draft).recognition?.params?.contact !== undefined)
  );
};

/** The same without any conversation around them. */
export function wordsAlone(
  plain: PlainText,
  at: Pick<NluInput, 'timezone' | 'now'>,
  cutsLeftOut: boolean,
): WordsRead {
  const some = cutsLeftOut ? withoutLeftOut(plain) : plain;
  return { ...withReportedMove(withReportedEnd(withSecondThought(some, at))), leavesOut: some !== plain };
}

/** What the event spoken of last is called, and who takes part. */
const spokenOf = (last: NluInput['lastReceipt']): Pick<Slots, 'title' | 'participants'> => ({
  title: last?.slots.title ?? last?.title,
  participants: last?.slots.participants,
});
