import type { Action } from '../../../contracts/intents.ts';
import { slotsOf } from '../../../contracts/nlu.ts';
import { newDraft, type Draft, type Recognition } from '../draft.ts';
import { extractPreference } from '../extract/preference.ts';
import { timesIn } from '../extract/times.ts';
import type { Guess } from '../intent-classifier.ts';
import { recogniseByRules } from '../recognise.ts';
import type { Range } from '../text.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { NOTHING_SHARED, type Shares } from './sides.ts';
import { bareClause, isNounAfterAll, isRemark, isSubordinate, openingOf, type Opening } from './wording.ts';

/** Asks the classifier about some words; answers nothing once enough was asked. */
export type Asker = (words: string) => Promise<Guess | null>;

/** Moves of the conversation itself, which stand in a sentence of their own. */
const TALK: ReadonlySet<string> = new Set<Action>([
  'cancel',
  'undo',
  'repeat',
  'help',
  'thanks',
  'greeting',
  'goodbye',
  'deny',
  'affirm',
]);
/** No greeting is longer, and looking at rules is what costs most. */
const MOST_TALK_WORDS = 12;
/** Said explicitly: no plain statement of something to do. */
const EXPLICIT = 0.95;
const SUBJECT = /^(?:i|we|he|she|they|you|it|that|this|there|my|our|\p{Lu}\p{L}+)(?:'\p{L}+)?\s/u;
const FINITE =
  /\b(?:is|are|was|were|am|has|have|had|will|would|can|cannot|could|did|does|do|\p{L}+n't|i'm|we're|i've|we've|i'll|comes?|arrives?|lands?|moved|called|said|wants?|needs?|says)\b|\p{L}'(?:s|re|ve|ll)\s+(?:\p{L}+ed|\p{L}+ing|off|out|ill|late|now|not|here|gone|it|the)\b/u;

const BARE_HOUR = /^(?:at|around|by)\s+\d{1,2}(?::\d\d)?\s+(?=\p{L})/u;
/** A stretch of a message with what is known about it. Everything is looked up at most once, when it is needed. */
export class Clause implements Range {
  readonly start: number;
  readonly end: number;
  readonly shares: Shares;
  private readonly draft: Draft;
  private readonly ask: Asker;
  private known: { own?: Draft; bare?: string; opening?: Opening; times?: TimeMatch[] } = {};

  constructor(draft: Draft, { start, end }: Range, ask: Asker, shares: Shares = NOTHING_SHARED) {
    this.draft = draft;
    this.start = start;
    this.end = end;
    this.ask = ask;
    this.shares = shares;
  }

  get text(): string {
    const { before, skip, after } = this.shares;
    return [before, this.draft.text.slice(this.start + skip, this.end).trim(), after].join(' ').trim();
  }

  get folded(): string {
    return this.draft.folded.slice(this.start, this.end).trim();
  }

  /** Without politeness, shared words included. */
  get bare(): string {
    const { before, skip } = this.shares;
    return (this.known.bare ??= `${before} ${bareClause(this.folded.slice(skip))}`.trim());
  }

  get times(): readonly TimeMatch[] {
    return (this.known.times ??= timesIn(this.draft, this));
  }

  get wordCount(): number {
    return `${this.shares.before} ${this.folded}`.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
      .length;
  }

  /** How it begins, a time or a place before the verb left out. */
  get opening(): Opening {
    return (this.known.opening ??= this.readOpening());
  }

  private readOpening(): Opening {
    const plain = openingOf(this.bare);
    if (plain !== 'other' && plain !== 'value') return plain;
    const said = this.behindTime;
    if (said === null) return plain;
    const opening = isNounAfterAll(said) ? 'other' : openingOf(said);
    if (opening !== 'other' && opening !== 'value') return opening;
    // "in an hour lunch" begins like "in Room 5", but says more than a time.
    return plain === 'value' && opening === 'other' && said.length > 3 ? 'other' : plain;
  }

  /** The words behind a time that it begins with; null where it begins with none. */
  get behindTime(): string | null {
    const [first] = this.times;
    const lead = this.draft.folded.slice(this.start, first?.leadStart ?? this.start);
    if (!first || /[\p{L}\p{N}]/u.test(lead.replace(/\b(?:and|then|please|pls|for)\b/g, ''))) return null;
    const rest = this.draft.folded.slice(first.end, this.end).replace(/^[\s,:-]+/, '');
    return bareClause(rest.replace(BARE_HOUR, ''));
  }

  /** What rules alone say of it. */
  get ruled(): Recognition | null {
    this.known.own ??= recogniseByRules(
      newDraft(this.text, this.draft.timezone, this.draft.now, this.draft.preferences),
    );
    return this.known.own.recognition;
  }

  /** Key of the setting that it gives a value, if it does. */
  get setting(): string | null {
    const own = newDraft(this.text, this.draft.timezone, this.draft.now, this.draft.preferences);
    const [entity] = extractPreference(own, { start: 0, end: own.folded.length });
    return entity ? (slotsOf([entity]).preference?.key ?? null) : null;
  }

  /** A move of the conversation, such as "thanks" or "never mind". */
  get talk(): Action | null {
    if (this.wordCount > MOST_TALK_WORDS) return null;
    const { ruled } = this;
    return ruled && TALK.has(ruled.rule) ? ruled.action : null;
  }

  /** What it asks for by an explicit rule. */
  get explicit(): Action | null {
    const { ruled } = this;
    return ruled && ruled.confidence >= EXPLICIT && ruled.action !== 'out_of_scope' ? ruled.action : null;
  }

  get isRemark(): boolean {
    return isRemark(this.bare) && this.times.length === 0;
  }

  get isSubordinate(): boolean {
    return isSubordinate(this.bare);
  }

  /** A noun with its time and nothing that states something: "dentist wed 9am". */
  get isItem(): boolean {
    const last = this.times.at(-1);
    if (this.opening !== 'other' || !last) return false;
    if (!this.times.some(({ hasClock }) => hasClock) && last.end < this.end - 1) return false;
    if (/\b\p{L}{3,}ed\b|[!?]/u.test(this.bare)) return false;
    return (
      !SUBJECT.test(
        this.draft.text
          .slice(this.start, this.end)
          .trim()
          .replace(/^\p{Lu}/u, (unit) => unit.toLowerCase()),
      ) && !FINITE.test(this.bare)
    );
  }

  /** The name of an occasion with a time of its own: "gym saturday 9am". */
  get isOccasion(): boolean {
    return this.times.length > 0 && this.ruled?.rule === 'events.occasion';
  }

  get isStatement(): boolean {
    return this.opening === 'other' && !this.isItem;
  }

  guess(): Promise<Guess | null> {
    return this.ask(this.text);
  }
}
