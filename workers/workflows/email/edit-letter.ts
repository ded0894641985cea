import type { Draft } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { Slots } from '../../../contracts/slots.ts';
import type { DraftSaid } from '../../../db/drafts.ts';
import { quote } from '../sentences.ts';
import {
  inManner,
  lettersParts,
  replacedIn,
  shortened,
  signedBy,
  wholeLetter,
  withoutPart,
} from './letter-parts.ts';
import { EMAIL_TYPES, type Tone } from './template-shape.ts';
import { fillTemplate, paragraphOf } from './templates.ts';

export type Edit = NonNullable<ActParams['edit']>;

/** An email as the changes leave it. */
export interface Changed {
  recipients: string[];
  subject: string;
  body: string;
  tone: Tone;
  method: Draft['method'];
  said: DraftSaid | null;
  /** What was done, in parts of a sentence. */
  did: string[];
  /** What could not be done, as a sentence. */
  obstacle: string | null;
}

interface Wanted {
  draft: Draft;
  /** What its template was filled with, where that still tells its words. */
  said: DraftSaid | null;
  recipients: readonly string[];
  edit: Edit;
  slots: Slots;
  tone: Tone;
  /** A template's words are wanted in place of others. */
  refill: boolean;
}

/** Changes an email without a language model: its template is filled anew, or its text is changed where it stands. */
export function changeLetter(wanted: Wanted): Changed {
  const { draft, said, edit, refill } = wanted;
  const isTemplates = draft.method === 'template' || refill;
  const onlyText = edit.cut !== undefined || edit.replace !== undefined;
  return said && isTemplates && !onlyText ? filledAnew(wanted, said) : inPlace(wanted);
}

function filledAnew({ draft, recipients, edit, slots, tone, refill }: Wanted, before: DraftSaid): Changed {
  const did: string[] = [];
  const said: DraftSaid = { ...before, added: [...before.added] };
  let obstacle: string | null = null;
  if (slots.subject !== undefined) {
    if (edit.about) {
      delete said.heading;
      said.subject = slots.subject;
      did.push(`it is about ${quote(slots.subject)} now`);
    } else {
      said.heading = capitalised(slots.subject);
      did.push(`the subject is ${quote(said.heading)} now`);
    }
  }
  if (slots.body !== undefined) {
    said.body = slots.body;
    did.push('it says that now');
  }
  if (edit.add !== undefined) {
    const paragraph = paragraphOf(edit.add, recipients, tone);
    said.added.push(paragraph);
    did.push(`added ${quoted(paragraph)}`);
  }
  if (edit.sign !== undefined) {
    said.signature = nameOf(edit.sign);
    did.push(`signed it as ${said.signature}`);
  }
  if (edit.length !== undefined) {
    const length = LENGTHS[edit.length][said.length];
    if (length === null)
      obstacle = `It is as ${edit.length === 'shorter' ? 'short' : 'long'} as its template gets.`;
    else {
      said.length = length;
      did.push(`made it ${edit.length}`);
    }
  }
  if (tone !== draft.tone) did.push(`made it ${tone}`);
  else if (obstacle === null && did.length === 0 && !edit.to)
    obstacle = edit.reword && !refill ? ONLY_MODEL : `It is ${tone} already.`;
  if (refill && draft.method !== 'template') did.push('put it in the words of a template');
  const type = EMAIL_TYPES.find((known) => known === said.email_type) ?? 'general';
  const email = fillTemplate({ ...said, recipients, type, tone });
  return {
    recipients: [...recipients],
    subject: email.subject,
    body: email.body,
    tone,
    method: 'template',
    said,
    did,
    obstacle,
  };
}

const ONLY_MODEL =
  'A template has the same words each time. Say "rewrite it with AI" to have the language model word it.';
type Length = DraftSaid['length'];
const LENGTHS: Readonly<Record<'shorter' | 'longer', Readonly<Record<Length, Length | null>>>> = {
  shorter: { long: 'usual', usual: 'short', short: null },
  longer: { short: 'usual', usual: 'long', long: null },
};

function inPlace({ draft, said, recipients, edit, slots, tone }: Wanted): Changed {
  const did: string[] = [];
  const obstacles: string[] = [];
  let { subject } = draft;
  let letter = lettersParts(draft.body);
  if (slots.subject !== undefined) {
    subject = capitalised(slots.subject);
    did.push(`the subject is ${quote(subject)} now`);
  }
  if (slots.body !== undefined) {
    letter = { ...letter, paragraphs: [paragraphOf(slots.body, recipients, tone)] };
    did.push('it says that now');
  }
  if (edit.cut !== undefined) {
    const cut = withoutPart(letter, edit.cut);
    ({ letter } = cut);
    if (cut.gone === null) obstacles.push('I found no such part that it could do without.');
    else did.push(`took out ${quoted(cut.gone)}`);
  }
  if (edit.replace !== undefined) {
    const { from, to } = edit.replace;
    const [inSubject, inBody] = [
      replacedIn(subject, edit.replace),
      replacedIn(wholeLetter(letter), edit.replace),
    ];
    if (inSubject === null && inBody === null) obstacles.push(`${quote(from)} does not stand in it.`);
    else {
      subject = inSubject ?? subject;
      letter = inBody === null ? letter : lettersParts(inBody);
      did.push(`put ${quote(to)} in place of ${quote(from)}`);
    }
  }
  if (edit.add !== undefined) {
    const paragraph = paragraphOf(edit.add, recipients, tone);
    letter = { ...letter, paragraphs: [...letter.paragraphs, paragraph] };
    did.push(`added ${quoted(paragraph)}`);
  }
  if (edit.length === 'shorter') {
    const cut = shortened(letter);
    ({ letter } = cut);
    if (cut.gone === null) obstacles.push('It is as short as it gets.');
    else did.push('made it shorter');
  }
  if (edit.length === 'longer')
    obstacles.push(
      'Tell me what to add, for example "add that I will call on Monday", or say "rewrite it with AI".',
    );
  const isOthers = recipients.join('\n') !== draft.recipients.join('\n');
  if (tone !== draft.tone || isOthers) letter = inManner(letter, { recipients, tone });
  if (tone !== draft.tone) did.push(`made it ${tone}`);
  if (edit.sign !== undefined) {
    letter = signedBy(letter, nameOf(edit.sign), tone);
    did.push(`signed it as ${nameOf(edit.sign)}`);
  }
  const body = wholeLetter(letter);
  if (edit.reword && did.length === 0)
    obstacles.push('Say "rewrite it with AI" to have the language model word it.');
  return {
    recipients: [...recipients],
    subject,
    body,
    tone,
    method: draft.method,
    // Its template can't say any more what it says.
    said: draft.method === 'llm' || body === draft.body ? said : null,
    did,
    obstacle: obstacles.length > 0 ? obstacles.join(' ') : null,
  };
}

/** A sentence within another has no stop of its own. */
const quoted = (sentence: string): string => quote(sentence.replace(/\.$/, ''));
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** A name typed in small letters has its capitals in a letter. */
const nameOf = (said: string): string =>
  said === said.toLowerCase()
    ? said.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : said;
