import type { Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { valuesOf } from './answer.ts';
import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { namesSomebody } from './email/people.ts';
import { readEmailAnswer, readEmailRequest } from './email/request.ts';
import { isImperative } from './imperatives.ts';
import { readSlot } from './parse-slot.ts';
import { recogniseByRules } from './recognise.ts';

const STRONG = String.raw`(?:no|nope|nah|oops|sorry|wait|hang on|hold on|actually|rather|i mean|i meant|i said|correction|scratch that|not (?:to |for |about )?[^,.]{1,40}(?=[,.]))`;
/** What says that the words before were wrong. */
const MARK = new RegExp(
  String.raw`^[\s,.!]*(?:(?:oh|ah|hm+|well|ok|okay|please|and)[\s,.!:-]+)*(?:${STRONG}[\s,.!:-]+(?:(?:please|oh)[\s,]+)*)+`,
);
const TRAIL = /[\s,]+(?:instead|rather|i mean|i meant)[\s.!]*$/;
/** "make it to Tim": what is spoken of is the draft. */
const HELD =
  /^(?:(?:please|just)\s+)*(?:(?:make|send|write|address|draft|do|change|set|e-?mail|mail)\s+(?:it|that|this|the\s+(?:e-?mail|mail|draft))\s+|(?:it|that)(?:'s|\s+is|\s+was|\s+should\s+(?:be|go|have\s+been))\s+|(?:the\s+)?(?:recipient|addressee)\s*(?:is|:|should\s+be)\s*)/;
const SUBJECT =
  /^(?:the\s+)?subject(?:\s+line)?\s+(?:(?:should|must)\s+(?:be|say|read)|was\s+supposed\s+to\s+be)\s+(?=\S)/;
const INTRODUCED =
  /^(?:to|for|about|regarding|re|concerning|on|saying|cc|with\s+(?:the\s+)?subject|(?:the\s+)?subject)\b/;
const SAID = /^(?:say|saying|tell|telling|it\s+should\s+say|write\s+that)\b/;
/** Said of the text, not of anybody. */
const NO_NAME =
  /^(?:(?:a\s+(?:bit|little)|much|very|more|less|too|not|as|in|with|without|using|use)\b|(?:short|long|nic|polit|bett|simpl|clear|friendl|warm|kind|strict)i?er\b|(?:formal|informal|friendly|casual|polite|professional|short|long|again|wrong|later|now|template|yes|no|ok|okay|thanks|urgent|high|low|medium)\b)/;

/**
 * What "no, to Bob" and "actually, about the exam" change of a draft of an email that is being made, or was; null when the text
 * is no such correction.
 */
export function readEmailCorrection(draft: Draft): Slots | null {
  if (draft.folded.length > 1_000) return null;
  const mark = MARK.exec(draft.folded)?.[0].length ?? 0;
  const trail = TRAIL.exec(draft.folded.slice(mark));
  const end = trail ? mark + trail.index : draft.folded.length;
  const marked = mark > 0 || trail !== null;
  const said = part(draft, mark, end);
  const subject = SUBJECT.exec(said.folded)?.[0].length ?? 0;
  if (subject > 0) return valuesOf(readSlot(part(said, subject, said.folded.length), 'subject'));
  const held = HELD.exec(said.folded)?.[0].length ?? 0;
  if (!marked && held === 0) return null;
  const rest = part(said, held, said.folded.length);
  const values = valuesOf(readWords(said, rest, { marked, held: held > 0 })) ?? {};
  const changed = Object.entries(values).filter(([slot]) => CHANGEABLE.has(slot));
  return changed.length > 0 ? Object.fromEntries(changed) : null;
}

/** What a correction may change; the kind of email only follows from the words. */
const CHANGEABLE = new Set(['recipient', 'subject', 'body']);

const part = (draft: Draft, start: number, end: number): Draft =>
  newDraft(draft.text.slice(start, end).trim(), draft.timezone, draft.now, draft.preferences);

function readWords(said: Draft, rest: Draft, is: { marked: boolean; held: boolean }): Entity[] {
  if (rest.folded === '') return [];
  const request = is.marked ? readEmailRequest(said) : null;
  if (request) return request.params.another ? [] : request.entities;
  if (SAID.test(rest.folded)) return is.marked ? readSlot(rest, 'body') : [];
  if (INTRODUCED.test(rest.folded)) {
    const named = part(rest, /^(?:to|for)\s+/.exec(rest.folded)?.[0].length ?? 0, rest.folded.length);
    return isImperative(named) || NO_NAME.test(named.folded) ? [] : readEmailAnswer(rest);
  }
  const bare = namesSomebody(rest, { start: 0, end: rest.folded.length });
  const few = is.marked && !is.held && rest.folded.split(/\s+/).length <= 3;
  if (!(bare || few) || NO_NAME.test(rest.folded) || isImperative(rest)) return [];
  return recogniseByRules(said).recognition ? [] : readSlot(rest, 'recipient');
}
