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
export function fillTemplate({ recipients, subject, body, type, tone }: Said): EmailText {
  const template = TEMPLATES[type];
  const { open, close } = template.tones[tone];
  const topic = topicOf(subject, template);
  const opening = open.replace(/\{(.*?)topic\}/, (_words, lead: string) =>
    topic === '' ? '' : `${lead}${inSentence(topic)}`,
  );
  const paragraphs = [
    salutation(recipients, tone),
    opening,
    body === undefined || body.trim() === '' ? template.gap : sentence(body),
    close,
    `${SIGN_OFF[tone]}\n${YOUR_NAME}`,
  ];
  return { subject: subjectOf(subject, type), body: paragraphs.join('\n\n') };
}

/** The subject that was said, or one made of the type. */
export function subjectOf(said: string | undefined, type: EmailType): string {
  const whole = said?.trim().replace(/\s+/g, ' ') ?? '';
  const { subject, about, own } = TEMPLATES[type];
  if (whole === '') return subject;
  return own?.test(whole) ? capitalised(whole) : about.replace('{topic}', () => capitalised(whole));
}

/** What a subject is about, without the words that the template has of itself. */
const topicOf = (subject: string | undefined, { own }: { own: RegExp | null }): string =>
  (subject ?? '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(own ?? '', '')
    .replace(/^[:\s-]+|[.!:\s]+$/g, '');

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

/** "professor lang" → "Professor Lang", "my boss" → "boss"; what has capitals of its own is left. */
function nameOf(recipient: string): string {
  const name = recipient.trim().replace(/^(?:my|our|the)\s+/i, '');
  return name === name.toLowerCase() && !ROLE.test(name)
    ? name.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : name.replace(/^prof\b/, 'Prof').replace(/^(?:professor|doctor|dr|mr|mrs|ms)\b/, capitalised);
}
const ROLE =
  /^(?:team|boss|manager|landlord|landlady|neighbou?rs?|colleagues?|class|teacher|everyone|everybody|all|mum|mom|dad|support|hr)$/;

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
