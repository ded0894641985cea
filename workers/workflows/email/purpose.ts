import type { Deed, Toned } from './deed.ts';
import { DEEDS } from './deeds.ts';
import type { EmailType, Tone } from './template-shape.ts';
import { readerPattern, toReader } from './to-reader.ts';

/** What an email shall do, as it is said to its reader. */
export interface Purpose {
  /** Null where the words fit any type. */
  type: EmailType | null;
  /** A whole sentence; null where the opening of the type says it with the topic. */
  sentence: string | null;
  topic: string;
  /** A noun phrase; null for the subject of the type. */
  subject: string | null;
  close: Toned | null;
  /** Whether a thing that was not said is still left to fill in. */
  gap: boolean;
  /** What it shall do besides: "apologise for X and ask for Y". */
  next: Purpose | null;
}

const TONES: readonly Tone[] = ['neutral', 'formal', 'friendly'];
/** Of three texts the one of a tone. */
export const inTone = (texts: Toned, tone: Tone): string => texts[TONES.indexOf(tone)] ?? texts[0];

/**
 * Reads one clause that says what an email shall do: "ask for X", "thanking Ann for X", "cancel Y". Null for words that
 * are the message themselves, which stay as they are.
 */
export function readPurpose(said: string, recipients: readonly string[], tone: Tone): Purpose | null {
  const text = said
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^(?:(?:to|and|please|just)\s+)+/i, '');
  const clause = text.replace(/[\s.!,;:]+$/, '');
  const who = readerPattern(recipients);
  const deed = (words: string): Purpose | null => readDeed(words, who, recipients, tone);
  const { one, two } = TO_DO.test(clause) ? {} : (TWO.exec(clause)?.groups ?? {});
  const [first, next] = [one ? deed(one) : null, two ? deed(two) : null];
  if (first && next) return { ...first, next };
  return deed(clause) ?? becauseOf(clause) ?? plainly(clause, recipients, who) ?? imperative(text);
}

/** "ask her to call and tell Tom": both are hers to do. */
const TO_DO = /^(?:ask|remind|invit|let|tell)\S* .*\b(?:to|that|if|whether)\b/i;
const TWO =
  /^(?<one>.+?),? and (?:to )?(?<two>(?:ask|thank|apologi[sz]|tell|let|invit|wish|congratulat|cancel|declin|suggest|propos|remind|say|schedul|arrang|reschedul)[a-z]* .+)$/i;

function readDeed(clause: string, who: string, recipients: readonly string[], tone: Tone): Purpose | null {
  for (const deed of DEEDS) {
    const match = new RegExp(`^(?:${deed.said.replaceAll('WHO', who)})$`, 'iu').exec(clause);
    if (match) return filled(deed, match.groups ?? {}, recipients, tone);
  }
  return null;
}

function filled(
  deed: Deed,
  said: Readonly<Record<string, string | undefined>>,
  recipients: readonly string[],
  tone: Tone,
): Purpose {
  const rest = toldTo(said['x'] ?? '', recipients);
  const x = deed.type === 'meeting_request' ? withoutReader(rest) : rest;
  const s = firstClause(x);
  const parts: Readonly<Record<string, string>> = {
    x,
    s,
    n: said['n'] === undefined ? s : toldTo(said['n'], recipients),
  };
  const put = (text: string, values: Readonly<Record<string, string>>): string =>
    text.replace(/\{(?<name>[xsn])\}/g, (_all, name: string) => values[name] ?? '');
  const subject = deed.subject && put(deed.subject, { ...parts, n: withoutArticle(parts['n'] ?? '') });
  return {
    type: deed.type,
    sentence: deed.words && capitalised(put(inTone(deed.words, tone), parts)),
    topic: x.trim(),
    subject: subject && capitalised(subject.trim()),
    close: deed.close ?? null,
    gap: deed.gap === true && !/\b(?:because|since|as I)\b/.test(x),
    next: null,
  };
}

const withoutReader = (text: string): string => text.replace(/ with you\b/i, '');
const withoutArticle = (text: string): string => text.trim().replace(/^(?:an?|another|some|the)\s+/i, '');

/** What a subject takes of a longer text. */
const firstClause = (text: string): string =>
  text.replace(
    /(?:[,;.!?]\s|\s(?:because|since|as (?=i\b|we\b)|so(?= that| i| we)|but|if|when|which)\b).*$/i,
    '',
  );

/** As it is said to the reader. */
export const toldTo = (text: string, recipients: readonly string[]): string =>
  tidy(toReader(text, recipients)).replace(
    /^(?:an?|the|my|our) (?<what>(?:[a-z]+ )?(?:meeting|call|appointment|lunch|dinner|coffee|date|interview)) with you\b/i,
    'our $<what>',
  );

const DAY =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|april|june|july|august|september|october|november|december)\b/g;
/** "i'm" and "friday" as they are written in a letter. */
export const tidy = (text: string): string =>
  text
    .replace(/\bi(?=$|[\s'’.,!?])/g, 'I')
    .replace(DAY, capitalised)
    .replace(/(?<=\b(?:from|in|until|till|by|next|last|since) )(?:may|march)\b/g, capitalised);

const WHOLE = { topic: '', subject: null, close: null, gap: false, next: null } as const;

function becauseOf(clause: string): Purpose | null {
  const reason = /^(?:because|since) (?<why>.+)$/i.exec(clause)?.groups?.['why'];
  return reason === undefined
    ? null
    : { ...WHOLE, type: null, sentence: `I am writing because ${tidy(reason)}.` };
}

/** Verbs by each of their two forms, from pairs such as `ask:asking`. */
function verbs(pairs: string): Readonly<Record<string, string>> {
  const forms = pairs.split(' ').map((pair) => pair.split(':'));
  return Object.fromEntries(
    forms.flatMap(([base = '', gerund = '']) => [
      [base, base],
      [gerund, base],
    ]),
  );
}

const VERBS: Readonly<Record<string, string>> = verbs(
  'explain:explaining announce:announcing share:sharing report:reporting offer:offering express:expressing clarify:clarifying recommend:recommending negotiate:negotiating submit:submitting suggest:suggesting propose:proposing book:booking arrange:arranging schedule:scheduling reserve:reserving order:ordering join:joining dispute:disputing extend:extending renew:renewing change:changing request:requesting discuss:discussing claim:claiming get:getting make:making buy:buying set:setting meet:meeting welcome:welcoming introduce:introducing',
);
const NOUNS: Readonly<Record<string, string>> = {
  explain: 'An explanation',
  offer: 'An offer',
  suggest: 'A suggestion',
  propose: 'A proposal',
  announce: 'An announcement',
  recommend: 'A recommendation',
  report: 'A report',
  clarify: 'A clarification',
};
const WANTED = /^(?:book|reserve|order|get|change|extend|renew|buy|arrange|schedule|join)$/;
const POSSIBLE: Toned = [
  'Please let me know whether that is possible.',
  'I would be grateful if you could confirm this.',
  'Let me know whether that works!',
];
/** Done to somebody: where that is not the reader, the reader is told of it. */
const TO_SOMEBODY: Readonly<Record<string, string>> = verbs(
  'ask:asking thank:thanking invite:inviting remind:reminding tell:telling inform:informing notify:notifying congratulate:congratulating wish:wishing warn:warning apologise:apologising apologize:apologizing update:updating complain:complaining let:letting talk:talking check:checking',
);

/** "explain why I was late" → "I would like to explain why I was late." */
function plainly(clause: string, recipients: readonly string[], who: string): Purpose | null {
  const [word = ''] = clause.split(' ', 1);
  const verb = VERBS[word.toLowerCase()];
  const other = TO_SOMEBODY[word.toLowerCase()];
  const rest = clause.slice(word.length).trim();
  if (rest === '' || /^(?:me|us)\b/i.test(rest)) return null;
  const told = toldTo(rest.replace(new RegExp(`^${who}(?= )`, 'iu'), 'you'), recipients);
  if (verb !== undefined) {
    const isThing = /^(?:the|an?|my|our|your)\s/i.test(told);
    const subject = isThing ? capitalised(withoutArticle(firstClause(told))) : null;
    return {
      ...WHOLE,
      type: null,
      sentence: `I would like to ${verb} ${told}.`,
      subject: subject ?? NOUNS[verb] ?? null,
      close: WANTED.test(verb) ? POSSIBLE : null,
    };
  }
  return other === undefined
    ? null
    : { ...WHOLE, type: null, sentence: `I am writing because I want to ${other} ${told}.` };
}

const ORDER =
  /^(?:call|send|bring|reply|answer|give|pay|return|fix|come|pick|let (?:me|us)|tell (?:me|us)|remind (?:me|us)|ask (?:me|us)|don['’]?t|do not|make sure|stop|help|keep|write|forward|sign|review|meet (?:me|us))\b/i;

/** What was said as an order: politely. */
function imperative(text: string): Purpose | null {
  if (!ORDER.test(text)) return null;
  const order = tidy(text.charAt(0).toLowerCase() + text.slice(1));
  return {
    ...WHOLE,
    type: null,
    close: ['Thank you in advance.', 'Thank you in advance.', 'Thank you!'],
    sentence: `Please ${order}${/[.!?…]$/.test(order) ? '' : '.'}`,
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
