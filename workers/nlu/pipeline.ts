import { createHash } from 'node:crypto';
import { actionEntry } from '../../contracts/intents.ts';
import type { Act, ParseRequest, ParseResponse, Understanding } from '../../contracts/nlu.ts';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { PeekResponse } from '../../contracts/requests.ts';
import { withAlternativeSlots } from './alternatives.ts';
import type { Continued } from './continuation.ts';
import { readContinuation, settleContinuation } from './continuation.ts';
import { correctionAct } from './correction-act.ts';
import { correctionValues } from './corrections.ts';
import type { Draft, Recognition } from './draft.ts';
import { newDraft } from './draft.ts';
import { readEmailCorrection } from './email-corrections.ts';
import { addressAsked, editedDraft, sentAfterwards } from './draft-edits.ts';
import { countedBack } from './extract/counted-back.ts';
import { ofLastFact, toldFact } from './facts/told-fact.ts';
import { factParts } from './facts/fact-parts.ts';
import { extractEntities, unreadIn } from './extract/extract.ts';
import { passGates } from './gates.ts';
import { isForeign } from './language/is-foreign.ts';
import type { Guess, IntentClassifier } from './intent-classifier.ts';
import { withOtherKind } from './other-kind.ts';
import { cancelledItem, isItAnEvent, ofItsKind } from './last-item.ts';
import { readLeaning } from './leaning/leaning.ts';
import { addressOfPerson } from './leaning/person.ts';
import { spokenDay, withSubject } from './leaning/subject.ts';
import type { NluInput } from './nlu-input.ts';
import { withoutLead } from './leads.ts';
import { oneMore } from './one-more.ts';
import { readSlot } from './parse-slot.ts';
import { plainText, type PlainText } from './plain-text.ts';
import { takenOver } from './recall/taken-over.ts';
import { decide, isSure, recogniseByRules } from './recognise.ts';
import { countsFromCompletion } from './repetition.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import { besideOthers, ofTheSameKind } from './segments/beside-others.ts';
import { placedAct, segmentDraft } from './segments/place-acts.ts';
import { shareListBackwards, shareSlots } from './segments/share-slots.ts';
import { ofShownDays } from './shown-days.ts';
import { splitMessage } from './segments/split-message.ts';
import type { TimePreferences } from './time-preferences.ts';
import { readWords, wordsAlone, wordsOf } from './words-read.ts';
import { WARM_MESSAGES, WARM_ZONE, warmSlots } from './warm-up.ts';

export type { IntentClassifier } from './intent-classifier.ts';
export type { NluInput } from './nlu-input.ts';

/** Raised with every change of rules or extractors, so that a replayed turn shows what understood it. */
const RULES_VERSION = '21';

/** What stands behind the understanding; both classifiers are at hand, a flag says which one is asked. */
export interface UnderstanderDeps {
  classifier?: IntentClassifier | undefined;
  /** The one before it, asked where `enable_new_intent_classifier` is off. */
  previousClassifier?: IntentClassifier | undefined;
  /** Told when a classifier could not answer; rules alone decide then. */
  onClassifierFault?: (error: unknown) => void;
}

/** Continuation → rules → classifier → extractors → gates. Pure: the same input gives the same understanding. */
export class Understander {
  private readonly deps: UnderstanderDeps;
  private readonly versions: { current: string; previous: string };

  constructor(deps: UnderstanderDeps = {}) {
    this.deps = deps;
    this.versions = {
      current: versionOf(deps.classifier),
      previous: versionOf(deps.previousClassifier ?? deps.classifier),
    };
  }

  /**
   * Reads a few messages, so that patterns, tables, splitter and classifiers are ready when the first turn comes: they are
   * made at their first use, which would cost the first user tens of milliseconds.
   */
  async warmUp(): Promise<void> {
    warmSlots();
    const around = { timezone: WARM_ZONE, now: new Date(0), questions: [], answering: null };
    const lastReceipt = {
      action: 'create_task' as const,
      slots: { title: 'attic' },
      at: new Date(0).toISOString(),
    };
    for (const previousClassifier of [true, false])
      for (const text of WARM_MESSAGES)
        await this.understand({ ...around, text, lastReceipt, previousClassifier });
  }

  /** Hash of all that decides what a text is understood as. */
  version(usesPrevious = false): string {
    return usesPrevious ? this.versions.previous : this.versions.current;
  }

  async understand(heard: NluInput): Promise<Understanding> {
    const startedAt = performance.now();
    const { acts, continuation } = await readWords(
      (leftOut) => wordsOf(heard, leftOut),
      (words) => this.understood(heard, words),
    );
    return {
      acts: (continuation.kind === 'none' && takenOver(plainText(heard.text), heard)?.takeOver(acts)) || acts,
      continuation,
      nlu_version: this.version(heard.previousClassifier === true),
      nlu_ms: performance.now() - startedAt,
    };
  }

  /** What the words that are read ask for, between what was said before. */
  private async understood(
    heard: NluInput,
    { text, restore }: PlainText,
  ): Promise<Pick<Understanding, 'acts' | 'continuation'>> {
    const usesPrevious = heard.previousClassifier === true;
    const plain = newDraft(text, heard.timezone, heard.now, heard.preferences);
    const said = ofLastFact(recogniseByRules({ ...plain, ...spokenDay(plain, heard) }), heard);
    const input = withSubject(said, heard);
    const address = addressOfPerson(said, input);
    const read = address ?? said;
    // Who tells, or asks of, a fact says all of it; nothing that was done before is meant.
    const leaning = isAboutSomebody(read) && !isContact(read) ? null : readLeaning(read, input);
    const edited = leaning
      ? { acts: leaning, continuation: undefined }
      : address
        ? null
        : editedDraft(read, input);
    const told = edited || input.answering || !isAboutSomebody(read) ? null : read.recognition;
    const answer = told && addressAsked(told, read, input);
    const isTold = (told !== null && !answer) || (!input.answering && factParts(read).length > 0);
    const continued = edited || isTold ? null : await this.continued(answer ?? read, input, usesPrevious);
    const acts =
      edited?.acts ??
      (continued
        ? [continuedAct(read, continued)]
        : await this.requestedActs(read, {
            usesPrevious,
            itIsAnEvent: isItAnEvent(input),
            lastReceipt: input.lastReceipt,
          }));
    return {
      acts: ofShownDays(acts, text, input).map(restore),
      continuation: edited?.continuation ?? continued?.continuation ?? { kind: 'none' },
    };
  }

  /** The answer of `POST /nlu/parse`: what the text alone asks for, without any conversation around it. */
  async parse(
    request: ParseRequest,
    receivedAt: Date,
    usesPrevious = false,
    preferences?: TimePreferences,
  ): Promise<ParseResponse> {
    const startedAt = performance.now();
    const now = request.reference_time === undefined ? receivedAt : new Date(request.reference_time);
    const timezone = request.timezone ?? 'UTC';
    const spent = { classifyMs: 0 };
    const { slot } = request;
    const begun = withoutLead(plainText(request.text), slot !== undefined);
    const { acts } = await readWords(
      (leftOut) => (slot ? begun : wordsAlone(begun, { timezone, now }, leftOut)),
      async ({ text, restore }) => {
        const draft = newDraft(text, timezone, now, preferences);
        const said = slot
          ? [slotAct(draft, slot)]
          : await this.requestedActs(recogniseByRules(draft), { usesPrevious, spent });
        return { acts: said.map(restore) };
      },
    );
    const total = performance.now() - startedAt;
    return {
      acts: acts.map((act) => {
        const { gate: _gate, otherwise: _otherwise, ...open } = act;
        return open;
      }),
      timings_ms: { classify: spent.classifyMs, extract: total - spent.classifyMs, total },
    };
  }

  /** What a waiting text is to the one that runs. */
  async peek(input: {
    waitingText: string;
    runningText: string;
    questions: OpenQuestion[];
    timezone: string;
    now: Date;
    preferences?: TimePreferences | undefined;
    /** As in `NluInput`: both texts are read by the classifier that will decide about them. */
    previousClassifier?: boolean;
  }): Promise<PeekResponse> {
    const { waitingText, runningText, questions, timezone, now, preferences } = input;
    const usesPrevious = input.previousClassifier === true;
    const read = (words: string): string => withoutLead(plainText(words), false).text;
    const draft = recogniseByRules(newDraft(read(waitingText), timezone, now, preferences));
    if (draft.recognition?.action === 'cancel') return { verdict: 'cancel', slots: {} };
    const runs = recogniseByRules(newDraft(read(runningText), timezone, now, preferences));
    const around = { timezone, now, questions, answering: null };
    const answers = await this.continued(
      runs,
      { ...around, text: runningText, lastReceipt: null },
      usesPrevious,
    );
    const running = (await this.requestedActs(runs, { usesPrevious })).at(-1);
    if (running?.action === 'draft_email' || answers?.question?.action === 'draft_email') {
      const slots = readEmailCorrection(draft);
      if (slots) return { verdict: 'correction', slots };
    }
    const changes = running && actionEntry(running.action).workflow !== null;
    const lastReceipt = changes
      ? { action: running.action, slots: slotsOf(running.entities), at: now.toISOString() }
      : null;
    const continued = await this.continued(
      draft,
      { ...around, text: waitingText, lastReceipt },
      usesPrevious,
    );
    const kind = continued?.continuation.kind;
    if (continued?.continuation.kind === 'correction')
      return { verdict: 'correction', slots: continued.continuation.slots };
    if (continued?.continuation.kind === 'answer')
      return { verdict: 'answer', slots: continued.continuation.slots };
    return { verdict: kind === 'skip' ? 'answer' : 'queue', slots: {} };
  }

  /** What the text is to a conversation that waits. The classifier is asked only where the rules leave it open. */
  private async continued(draft: Draft, input: NluInput, usesPrevious: boolean): Promise<Continued | null> {
    const read = readContinuation(draft, input);
    if (!read?.doubt) return read;
    const guesses = await this.guesses(draft.text, usesPrevious, { classifyMs: 0 });
    return settleContinuation(read, draft, guesses);
  }

  /** Everything that a message asks for, in order. */
  private async requestedActs(
    text: Draft,
    { usesPrevious, itIsAnEvent = false, spent = { classifyMs: 0 }, lastReceipt = null }: Around,
  ): Promise<Act[]> {
    if (isForeign(text.text)) return [actOf(passGates({ ...text, recognition: FOREIGN }))];
    if (isAboutSomebody(text)) return [actOf(passGates(text))];
    const told = factParts(text);
    if (told.length > 0) return told.map((part) => toldAct(text, part));
    // "No, sorry, redo that": what stands before a move is no request of its own.
    if (text.recognition?.rule === 'undo' && text.recognition.sure)
      return [actOf(passGates(extractEntities(text)))];
    const sent = sentAfterwards(text);
    if (sent) {
      const around = { usesPrevious, itIsAnEvent, spent, lastReceipt };
      return [...(await this.requestedActs(sent.before, around)), sent.act];
    }
    const draft = oneMore(cancelledItem(text, itIsAnEvent), { lastReceipt, now: text.now });
    const correction = draft.recognition ? null : correctionValues(draft);
    if (correction) return [correctionAct(draft, correction, UNANCHORED)];
    const known = new Map<string, Promise<Guess[]>>();
    const guess = (words: string): Promise<Guess[]> => {
      const answer = known.get(words) ?? this.guesses(words, usesPrevious, spent);
      known.set(words, answer);
      return answer;
    };
    const filled = (decided: Draft): Draft => ofItsKind(extractEntities(decided), itIsAnEvent);
    const segments = await splitMessage(draft, guess);
    if (segments.length === 1 && segments[0]?.start === 0)
      return [
        actOf(
          withAlternativeSlots(
            passGates(countedBack(filled(await this.decided(draft, guess, usesPrevious)), [], lastReceipt)),
          ),
        ),
      ];
    const acts: Act[] = [];
    for (const segment of segments) {
      const before = acts.at(-1)?.action;
      const own = cancelledItem(segmentDraft(draft, segment, acts), itIsAnEvent);
      const part = acts.length > 0 ? own : oneMore(own, { lastReceipt, now: text.now });
      const beside = async (words: string): Promise<Guess[]> =>
        besideOthers(await guess(words), segment.form, before);
      const decided = ofTheSameKind(await this.decided(part, beside, usesPrevious), before);
      const shared = countedBack(
        shareSlots(filled(decided), acts, draft.text.slice(0, segment.start)),
        acts,
        lastReceipt,
      );
      acts.push(placedAct(actOf(withAlternativeSlots(passGates(shared))), draft, segment));
    }
    return shareListBackwards(acts, draft.text);
  }

  /** What one request asks for, by rules and by what the classifier says where no rule is sure. */
  private async decided(
    draft: Draft,
    guess: (words: string) => Promise<Guess[]>,
    usesPrevious: boolean,
  ): Promise<Draft> {
    const guesses = isSure(draft) ? [] : await guess(draft.text);
    return decide(draft, guesses, this.classifier(usesPrevious) ?? NO_LIMITS);
  }

  private classifier(usesPrevious: boolean): IntentClassifier | undefined {
    return usesPrevious ? (this.deps.previousClassifier ?? this.deps.classifier) : this.deps.classifier;
  }

  /** What the classifier says; nothing where there is none, or where it can't answer now. */
  private async guesses(
    text: string,
    usesPrevious: boolean,
    spent: { classifyMs: number },
  ): Promise<Guess[]> {
    const startedAt = performance.now();
    try {
      return text.trim() === '' ? [] : ((await this.classifier(usesPrevious)?.classify(text)) ?? []);
    } catch (error) {
      this.deps.onClassifierFault?.(error);
      return [];
    } finally {
      spent.classifyMs += performance.now() - startedAt;
    }
  }
}

/** What a request is understood beside. */
interface Around {
  usesPrevious: boolean;
  /** "It" means an event. */
  itIsAnEvent?: boolean;
  spent?: { classifyMs: number };
  lastReceipt?: NluInput['lastReceipt'];
}

const NO_LIMITS = { floor: 0, margin: 0, outweighsFrom: () => 1 };

function versionOf(classifier: IntentClassifier | undefined): string {
  const parts = JSON.stringify({ rules: RULES_VERSION, classifier: classifier?.version ?? null });
  return createHash('sha256').update(parts).digest('hex').slice(0, 16);
}

/** A text read as the answer to one slot. */
function slotAct(draft: Draft, slot: NonNullable<ParseRequest['slot']>): Act {
  const entities = readSlot(draft, slot);
  const { intent, action } = actionEntry(SLOT_ACTION);
  const unread = unreadIn(draft);
  const params = {
    ...(countsFromCompletion(draft, entities) && { from_completion: true }),
    ...(unread.length > 0 && { unread }),
  };
  return {
    intent,
    action,
    confidence: entities.length > 0 ? 0.95 : 0,
    source: 'continuation',
    span: { start: 0, end: draft.text.length },
    entities,
    ...(Object.keys(params).length > 0 && { params }),
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
}

const NOTHING: Recognition = {
  action: 'out_of_scope',
  confidence: 0.4,
  source: 'rule',
  rule: '',
  body: { start: 0, end: 0 },
};

/** Whoever it is about, nothing else is asked in such a sentence. */
const isContact = ({ recognition }: Draft): boolean => recognition?.params?.contact !== undefined;

const isAboutSomebody = ({ recognition }: Draft): boolean =>
  recognition?.params?.contact !== undefined ||
  (recognition?.action === 'set_preference' && recognition.params?.fact !== undefined);

/** One of several things that a message tells. */
function toldAct(draft: Draft, { start, end, fact }: ReturnType<typeof factParts>[number]): Act {
  const recognition = toldFact({ start, end }, fact);
  return { ...actOf(passGates({ ...draft, recognition })), span: { start, end } };
}

/** A word that some language shares with English must not make an act of a sentence that nobody here can read. */
const FOREIGN: Recognition = { ...NOTHING, confidence: 0.95, params: { foreign: true } };

/** A correction with nothing to hold on to may still mean the item shown last. */
const UNANCHORED = 0.7;

/** Reading a bare slot asks for nothing; it is reported under the action whose slots are the most. */
const SLOT_ACTION = 'create_task';

function actOf(draft: Draft): Act {
  const { recognition, entities, gate } = draft;
  const action = recognition?.action ?? 'out_of_scope';
  const act: Act = {
    intent: actionEntry(action).intent,
    action,
    confidence: recognition?.confidence ?? 0,
    source: recognition?.source ?? 'rule',
    span: { start: 0, end: draft.text.length },
    entities: [...entities],
    ...(recognition?.params && { params: recognition.params }),
    gate,
  };
  return withOtherKind(act, draft);
}

/** The act of an answer is the one that was asked about; a correction is a change of what came last. */
function continuedAct(draft: Draft, { continuation, entities, question, corrects }: Continued): Act {
  const span = { start: 0, end: draft.text.length };
  const gate = { verdict: 'pass' as const, missing: [], alternatives: [] };
  if (continuation.kind === 'correction' || !question)
    return correctionAct(draft, { action: 'update_task', known: {}, ...corrects, entities }, 0.95);
  return {
    intent: question.intent,
    action: question.action,
    confidence: continuation.kind === 'reask' ? 0.3 : 0.97,
    source: 'continuation',
    span,
    entities,
    gate,
  };
}
