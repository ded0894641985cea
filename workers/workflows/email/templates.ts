import { TEMPLATES, type EmailType, type Tone } from './template-texts.ts';

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
}

/** An email as it is kept. */
export interface EmailText {
  subject: string;
  body: string;
}

/** A whole email from the template of its type: the same for the same words, and free for everybody. */
export function fillTemplate(said: Said): EmailText {
  const { recipients, type, tone } = said;
  const { own, gap, tones } = TEMPLATES[type];
  // "Declining the invitation" says what the email is about, and is nothing to be said in it.
  const isAbout = !oneLine(said.subject) && own?.test(oneLine(said.body));
  const subject = asTold(isAbout ? said.body : said.subject);
  const body = isAbout ? '' : (said.body?.trim() ?? '');
  const topic = subject.replace(own ?? '', '').replace(/^[:\s-]+|[.!:\s]+$/g, '');
  const { open, close } = tones[tone];
  const opening = open.replace(/\{(.*?)topic(.*?)\}/, (_words, before: string, after: string) =>
    topic === '' ? '' : `${before}${inSentence(topic)}${after}`,
  );
  const paragraphs = [
    salutation(recipients, tone),
    opening,
    body === '' ? gap : sentence(body),
    close,
    `${SIGN_OFF[tone]}\n${YOUR_NAME}`,
  ];
  return { subject: subjectOf(subject, type), body: paragraphs.filter(Boolean).join('\n\n') };
}

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

const ADDRESS = /\S@\S/;
const TITLE = /^(?:professor|prof\.?|doctor|dr\.?|mr\.?|mrs\.?|ms\.?|mx\.?|sir|madam|dean|judge)\s/i;

/** "Dear Professor Lang,", "Hi Ann and Bob,"; nobody can be greeted by an address. */
export function salutation(recipients: readonly string[], tone: Tone): string {
  const names = recipients.filter((name) => name.trim() !== '' && !ADDRESS.test(name)).map(nameOf);
  const formal = tone === 'formal' || (tone === 'neutral' && names.some((name) => TITLE.test(name)));
  if (names.length === 0)
    return tone === 'formal' ? 'Dear Sir or Madam,' : tone === 'neutral' ? 'Hello,' : 'Hi there,';
  const greeting = formal ? 'Dear' : tone === 'neutral' ? 'Hello' : 'Hi';
  return `${greeting} ${NAMES.format(names)},`;
}

const NAMES = new Intl.ListFormat('en', { type: 'conjunction' });

/** "professor lang" → "Professor Lang"; what has capitals of its own is left, and a role is no name. */
function nameOf(recipient: string): string {
  const name = recipient.trim().replace(/^(?:my|our|the)\s+/i, '');
  if (ROLE.test(name)) return '[Name]';
  return name === name.toLowerCase() && !GROUP.test(name)
    ? name.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : name.replace(/^(?:professor|prof|doctor|dr|mr|mrs|ms)\b/, capitalised);
}
const ROLE =
  /^(?:boss|manager|supervisor|landlord|landlady|teacher|professor|doctor|dentist|lawyer|neighbou?r|colleague|client|customer|support|hr)$/i;
const GROUP = /^(?:team|neighbou?rs|colleagues|class|everyone|everybody|all|friends)$/;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** As a part of a sentence: a word of its own is not begun with a capital there, a name or "I" is. */
const inSentence = (topic: string): string =>
  /^(?:The|A|An|My|Our|Your|This|That|Meeting|Project)\b/.test(topic)
    ? topic.charAt(0).toLowerCase() + topic.slice(1)
    : topic;

/** A whole sentence: with a capital and an end. */
function sentence(text: string): string {
  const whole = capitalised(text.trim());
  return /[.!?…:)\]]$/.test(whole) ? whole : `${whole}.`;
}
