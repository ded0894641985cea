import { readReceiver } from './receivers.ts';
import type { Tone } from './template-shape.ts';

const TITLE = /^(?:professor|prof\.?|doctor|dr\.?|mr\.?|mrs\.?|ms\.?|mx\.?|sir|madam|judge)\s/i;

/** Greets those whose name nobody here can know. */
const NOBODY: Readonly<Record<Tone, string>> = {
  neutral: 'Dear Sir or Madam,',
  formal: 'Dear Sir or Madam,',
  friendly: 'Hello,',
};
/** Greets nobody in particular: no name was said, or an address alone. */
const ANYBODY: Readonly<Record<Tone, string>> = {
  neutral: 'Hello,',
  formal: 'Dear Sir or Madam,',
  friendly: 'Hi there,',
};

/** "Dear Professor Lang,", "Hi Ann and Bob,"; nobody can be greeted by an address or by what an office is called. */
export function salutation(recipients: readonly string[], tone: Tone): string {
  const people = recipients.flatMap((one) => readReceiver(one).name ?? []).filter((name) => name !== '');
  const names = [...new Set(people.map(nameOf).filter((name) => name !== null))];
  const formal = tone === 'formal' || (tone === 'neutral' && names.some((name) => TITLE.test(name)));
  if (names.length === 0) return (people.length > 0 ? NOBODY : ANYBODY)[tone];
  const greeting = formal ? 'Dear' : tone === 'neutral' ? 'Hello' : 'Hi';
  return `${greeting} ${NAMES.format(names)},`;
}

const NAMES = new Intl.ListFormat('en', { type: 'conjunction' });

/**
 * "professor lang" → "Professor Lang"; what has capitals of its own is left. Null for a role, "[Name]" for one whose
 * name the user knows well.
 */
function nameOf(recipient: string): string | null {
  const said = recipient.trim().replace(/\s+/g, ' ');
  const [, belonging, whole = said] = /^(?<of>(?:my|our|the|an?)\s+)?(?<name>.*)$/iu.exec(said) ?? [];
  // "my friend Tom" is Tom.
  const name = belonging ? whole.replace(/^(?:\p{Ll}+\s)+(?=\p{Lu}\p{Ll})/u, '') : whole;
  if (TITLE.test(`${name} `) && /\s/.test(name)) return titled(name);
  if (GROUP.test(name)) return (GROUP.exec(name)?.[0] ?? name).toLowerCase();
  if (KIN.test(name)) return titled(name);
  if (KNOWN.test(name)) return '[Name]';
  if (OFFICE.test(name) || (belonging && /^\p{Ll}/u.test(name)) || /^the\s/i.test(said)) return null;
  return titled(name);
}

const titled = (name: string): string =>
  name === name.toLowerCase()
    ? name.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase())
    : name.replace(/^(?:professor|prof|doctor|dr|mr|mrs|ms)\b/, capitalised);

const GROUP = /^(?:team|neighbou?rs|colleagues|class|everyone|everybody|all|friends)\b/i;
const KIN = /^(?:mum|mom|mama|dad|papa|grandma|grandpa|granny|nan)$/i;
const KNOWN =
  /^(?:boss|manager|supervisor|teacher|tutor|mentor|coach|professor|doctor|dentist|lawyer|neighbou?r|colleague|co-?worker|friend|client|customer|roommate|flatmate|sister|brother|mother|father|wife|husband|partner|parents|son|daughter|cousin|aunt|uncle|girlfriend|boyfriend|babysitter|nanny)$/i;
/** What nobody is called, with an article or without. */
const OFFICE =
  /^(?:hr|it|landlord|landlady|recruiter|support|reception|airline|bank|dean|director|principal|editor|plumber|electrician|agent|staff|council|insurer|supplier|vendor)$|\b(?:office|department|service|services|support|company|agency|insurance|airline|bank|university|school|college|council|committee|board|hotel|gym|hr|desk|centre|center|provider)$/i;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
