import { SUITS, type Toned } from './deed.ts';
import { inTone, readPurpose, toldTo, tidy, type Purpose } from './purpose.ts';
import { salutation } from './salutation.ts';
import type { EmailType, Tone } from './template-shape.ts';
import { TEMPLATES } from './template-texts.ts';

const SIGN_OFF: Readonly<Record<Tone, string>> = {
  neutral: 'Kind regards,',
  formal: 'Yours sincerely,',
  friendly: 'Best,',
};
export const YOUR_NAME = '[Your name]';

/** What an email is made of, as far as it was said. */
export interface Said {
  recipients: readonly string[];
  subject?: string | undefined;
  body?: string | undefined;
  type: EmailType;
  tone: Tone;
  /** What was asked for since: the subject word for word, more to say, another length, a name at the end. */
  heading?: string | undefined;
  added?: readonly string[] | undefined;
  length?: 'short' | 'usual' | 'long' | undefined;
  signature?: string | null | undefined;
}

/** An email as it is kept. */
export interface EmailText {
  subject: string;
  body: string;
}

/** What stands between the salutation and the close. */
interface Middle {
  type: EmailType;
  subject: string;
  paragraphs: readonly string[];
  close?: string | undefined;
}

/** A whole email from the template of its type: the same for the same words, and free for everybody. */
export function fillTemplate(said: Said): EmailText & { type: EmailType } {
  const { recipients, tone } = said;
  const { added = [], length = 'usual', signature, heading } = said;
  const { type, subject, paragraphs, close } = middleOf(said);
  const dated = type === 'meeting_request' && paragraphs.some((text) => DATED.test(text));
  const greeting = salutation(recipients, tone);
  const signOff = tone === 'formal' && greeting.startsWith('Dear Sir') ? 'Yours faithfully,' : SIGN_OFF[tone];
  const body = [
    greeting,
    ...paragraphs.filter((text) => added.length === 0 || text !== TEMPLATES[type].gap),
    ...added,
    length === 'short' ? '' : (close ?? (dated ? inTone(SUITS, tone) : TEMPLATES[type].tones[tone].close)),
    length === 'long' ? inTone(MORE, tone) : '',
    `${signOff}\n${signature ?? YOUR_NAME}`,
  ];
  const text = body.filter(Boolean).join('\n\n');
  // An introduction names its writer in its first sentence as well.
  const whole = signature == null ? text : text.replaceAll(YOUR_NAME, () => signature);
  return { type, subject: heading ?? subject, body: whole };
}

/** What a longer email has besides. */
const MORE: Toned = [
  'If there is anything you would like to know, please let me know.',
  'Should you have any questions, please do not hesitate to contact me.',
  'And if there is anything you would like to know, just ask!',
];

/** Who signs off, for each tone: the last paragraph of an email begins with one of them. */
export const SIGN_OFFS: readonly string[] = [...Object.values(SIGN_OFF), 'Yours faithfully,'];
export const signOffOf = (tone: Tone): string => SIGN_OFF[tone];

/** What is to be said besides, to its reader: "ask him if he can come" → "I wanted to ask whether you can come." */
export function paragraphOf(words: string, recipients: readonly string[], tone: Tone): string {
  const thanks = /^say (?<what>thanks|thank you|sorry|hello|hi)\b(?<rest>.*)$/i.exec(words)?.groups;
  const text = thanks ? `${thanks['what']}${thanks['rest']}` : words;
  const about = /^(?:mention|about) (?<what>\S.*)$/i.exec(text)?.groups?.['what'];
  if (about !== undefined) return sentenceOf(`I would also like to mention ${toldTo(about, recipients)}`);
  const deed = /^(?:ask|thank|remind|invite|wish|tell|apologi[sz]e)\b/i.test(text)
    ? readPurpose(text, recipients, tone)
    : null;
  return deed?.sentence ?? sentenceOf(/["“]/.test(text) ? text : toldTo(text, recipients));
}

/** A day or an hour: who names one does not ask for one. */
const DATED =
  /\b(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|\d{1,2}(?::\d\d)?\s?[ap]\.?m\b|\d{1,2}:\d\d|at \d{1,2}\b|\d{1,2}(?:st|nd|rd|th)\b)/i;

function middleOf(said: Said): Middle {
  const { recipients, subject = '', body = '', tone } = said;
  const [first = '', ...others] = body.trim().split(/(?<=[^.\s]{2}[.!?])\s+(?=\S)/);
  const about = oneLine(subject);
  const sick = sickness(said);
  if (sick) return sick;
  const purpose =
    leaveBecause(said.type, first, tone) ??
    readPurpose(first, recipients, tone) ??
    (body.trim() === '' ? ofSubject(said) : null);
  if (purpose) return withPurpose(said, purpose, others.join(' '));
  return plain({ ...said, type: noticeIn(said.type, about || oneLine(body)) });
}

/** Who is ill asks for nothing, and hands nothing over before. */
function sickness({ type, subject, body, tone }: Said): Middle | null {
  const words = oneLine(body).replace(/^(?:because|since)\s+/i, '');
  const isSick =
    /^(?:i|we)(?:['’]m| am|['’]ve| have| feel| was| got| caught)?\b.*\b(?:sick|ill|unwell|flu|fever|cold|migraine)\b/i;
  if (type !== 'leave_request' || !isSick.test(words)) return null;
  return {
    type,
    subject: oneLine(subject) === '' ? 'Sick leave' : subjectOf(subject, type),
    paragraphs: [
      words === oneLine(body)
        ? sentenceOf(words)
        : `I am writing to let you know that ${tidy(sentenceOf(words, false))}`,
    ],
    close: inTone(BACK, tone),
  };
}
const BACK: Toned = [
  'I will let you know as soon as I am well again.',
  'I will keep you informed about my return.',
  'I will let you know as soon as I am back on my feet!',
];

/** A reason by itself is one for the time off that is asked for. */
function leaveBecause(type: EmailType, words: string, tone: Tone): Purpose | null {
  const reason = /^(?:because|since)\s+(?<why>.+?)[\s.!]*$/i.exec(oneLine(words))?.groups?.['why'];
  if (type !== 'leave_request' || reason === undefined) return null;
  const sentence = `${opening(type, tone, '').replace(/[.!?:]$/, '')} because ${tidy(reason)}.`;
  return { type, sentence, topic: '', subject: null, close: null, gap: false, next: null };
}

/** What a subject alone says that the email shall do, and what it says of a meeting. */
function ofSubject({ subject, recipients, type, tone }: Said): Purpose | null {
  const words = oneLine(subject);
  if (words === '') return null;
  const isMeeting =
    type === 'meeting_request' && /^(?:an?\s+)?meeting\b(?!\s+(?:request|with)\b)/i.test(words);
  const clause = isMeeting ? `arrange a ${lowered(words.replace(/^an?\s+/i, ''))}` : words;
  return readPurpose(clause, recipients, tone);
}

/** Types that are asked for by name ("an apology asking for patience"): their frame stays around another purpose. */
const STANDING: ReadonlySet<EmailType> = new Set([
  'apology',
  'thank_you',
  'follow_up',
  'status_update',
  'complaint',
  'congratulation',
  'resignation',
]);

function withPurpose(said: Said, purpose: Purpose, others: string): Middle {
  const { tone } = said;
  const own = purpose.type ?? said.type;
  const isFramed = STANDING.has(said.type) && own !== said.type;
  const type = isFramed ? said.type : own;
  const told = oneLine(said.body) === '' ? '' : oneLine(said.subject);
  const sentence = [purpose, purpose.next]
    .flatMap((one) => (one ? [one.sentence ?? opening(one.type ?? own, tone, one.topic)] : []))
    .join(' ');
  const before =
    told !== ''
      ? opening(isFramed ? type : 'general', tone, topicOf(told, type))
      : isFramed
        ? opening(type, tone, '')
        : '';
  const rest = others === '' ? '' : sentenceOf(others);
  return {
    type,
    subject:
      told === ''
        ? ((isFramed ? null : purpose.subject) ?? TEMPLATES[type].subject)
        : subjectOf(told, type === said.type ? type : 'general'),
    paragraphs: [
      before,
      [sentence, rest].filter(Boolean).join(' '),
      purpose.gap && !purpose.next && rest === '' ? TEMPLATES[own].gap : '',
    ],
    close: isFramed || !purpose.close ? undefined : inTone(purpose.close, tone),
  };
}

/** A noun or a message of its own, in the frame of its type. */
function plain(said: Said): Middle {
  const { type, tone } = said;
  const { own, gap } = TEMPLATES[type];
  const words = oneLine(said.body);
  const isOwn = !oneLine(said.subject) && own?.test(words) === true;
  // "Declining the invitation" says what the email is about, and is nothing to be said in it.
  const isAbout = isOwn && !/[.!?]\s+\S/.test(words);
  const subject = asTold(isAbout ? words : said.subject);
  const body = isAbout ? '' : (said.body?.trim() ?? '');
  const topic = topicOf(subject, type);
  const news = type === 'general' && subject === '' ? newsIn(body) : null;
  return {
    type,
    subject: news ?? subjectOf(subject, type),
    // Who is told something short has nothing to ask.
    ...(news !== null && { close: '' }),
    paragraphs: [
      // Who begins with thanks needs none before.
      (isOwn && !isAbout) || (subject === '' && ITSELF[type]?.test(body)) ? '' : opening(type, tone, topic),
      body !== '' ? sentenceOf(body) : type === 'congratulation' && topic !== '' ? '' : gap,
    ],
  };
}

/** "I'm running late" is its own subject: "Running late"; null for what is longer, or no news about the writer. */
function newsIn(body: string): string | null {
  const news = /^(?:i|we)(?:['’](?:m|re|ll)| am| are| will| have to| can['’]?t| cannot)\b.*$/i.exec(
    oneLine(body),
  )?.[0];
  if (news === undefined || news.split(' ').length > NEWS_WORDS || /[.!?]\s/.test(news)) return null;
  const said = news.replace(/^(?:i|we)(?:['’](?:m|re|ll(?: be)?)| am| are| will(?: be)?) /i, '');
  return capitalised(said.replace(/^(?:i|we)\s/i, '').replace(/[\s.!]+$/, ''));
}
const NEWS_WORDS = 10;

/** Words that say what the opening says. */
const ITSELF: Readonly<Partial<Record<EmailType, RegExp>>> = {
  apology: /\b(?:sorry|apologi)/i,
  thank_you: /\bthank/i,
  invitation: /\b(?:invit|would you like to|come to)/i,
  congratulation: /\bcongrat/i,
};

const NOTICES: readonly EmailType[] = ['complaint', 'congratulation', 'resignation', 'cancellation'];

const noticeIn = (type: EmailType, words: string): EmailType =>
  type === 'general' ? (NOTICES.find((notice) => TEMPLATES[notice].own?.test(words)) ?? type) : type;

const topicOf = (subject: string, type: EmailType): string =>
  subject.replace(TEMPLATES[type].own ?? '', '').replace(/^[:\s-]+|[.!:\s]+$/g, '');

const opening = (type: EmailType, tone: Tone, topic: string): string =>
  TEMPLATES[type].tones[tone].open
    .replace(/\{(.*?)topic(.*?)\}/, (_words, before: string, after: string) =>
      topic === '' ? '' : `${before}${inSentence(topic)}${after}`,
    )
    .trim();

/** The subject that was said, or one made of the type. */
export function subjectOf(said: string | undefined, type: EmailType): string {
  const whole = oneLine(said);
  const { subject, about, own } = TEMPLATES[type];
  if (whole === '') return subject;
  return own?.test(whole) ? capitalised(whole) : about.replace('{topic}', () => capitalised(whole));
}

const oneLine = (text: string | undefined): string => text?.trim().replace(/\s+/g, ' ') ?? '';

/** What was said of somebody, said to them: "for her help" is "for your help". */
const asTold = (text: string | undefined): string =>
  oneLine(text).replace(/^((?:\S+ (?:for|about) )?)(?:his|her|their)\b(?= )/i, '$1your');

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** As a part of a sentence: a word of its own is not begun with a capital there, a name or "I" is. */
const inSentence = (topic: string): string =>
  /^(?:The|A|An|My|Our|Your|This|That|Meeting|Project)\b/.test(topic) ? lowered(topic) : topic;

/** A whole sentence: with a capital and an end. */
function sentenceOf(text: string, isFirst = true): string {
  const whole = isFirst ? capitalised(text.trim()) : text.trim();
  return /[.!?…:)\]]$/.test(whole) ? whole : `${whole}.`;
}
