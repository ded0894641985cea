import { literally } from '../../../core/literally.ts';

/** What stands for the reader in words that speak of the reader as of somebody else. */
const PRONOUN = String.raw`(?:him|her|them|you|everyone|everybody|(?:all|both) of (?:them|you))`;

/** A pattern of what names the readers: a pronoun, their names, or one of them by a first name. */
export function readerPattern(recipients: readonly string[]): string {
  const names = recipients.map((name) => name.trim().replace(/\s+/g, ' ')).filter((name) => name !== '');
  const firsts = names.flatMap(
    (name) => /^(?<first>\p{Lu}\p{L}+)\s\p{L}/u.exec(name)?.groups?.['first'] ?? [],
  );
  const one = [...names, ...firsts]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => `(?:(?:my|our|the)\\s+)?${literally(name.replace(/^(?:my|our|the)\s+(?=\S)/i, ''))}`);
  const people = one.length === 0 ? [] : [`(?:${one.join('|')})`];
  const lists = people.map((name) => `${name}(?:(?:,|,?\\s+and)\\s+${name})*`);
  return `(?:${[PRONOUN, ...lists].join('|')})(?![\\p{L}\\p{N}'’])`;
}

const KIN = String.raw`(?:mother|mum|mom|father|dad|sister|brother|wife|husband|son|daughter|aunt|uncle|friend|boss|manager|colleague|girlfriend|boyfriend|cousin|client|customer|neighbou?r|teacher|doctor|parents|kids|children)`;
const DATED =
  /^(?:I|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter|English|German|French|Spanish|Italian)/;

/**
 * Speaks to the reader of what was said about the reader ("his invitation" → "your invitation"), as far as nobody else
 * has been named before: "bring your wife and her bag" stays so.
 */
export function toReader(text: string, recipients: readonly string[]): string {
  const spoken = asPronouns(text, recipients);
  const until = otherPersonAt(spoken, recipients);
  if (until === spoken.length) return addressed(spoken, recipients);
  // A word must follow: "her" before it is "your".
  return addressed(`${spoken.slice(0, until)}somebody`, recipients).slice(0, -8) + spoken.slice(until);
}

/** The reader's name, where somebody would say "he" or "him". */
function asPronouns(text: string, recipients: readonly string[]): string {
  const names = recipients.filter((name) => /^(?:\p{Lu}|(?:my|our|the)\s)/u.test(name.trim()));
  if (names.length === 0) return text;
  const name = String.raw`(?<![\p{L}\p{N}])(?:${names.map((one) => literally(one.trim())).join('|')})`;
  return text
    .replace(new RegExp(String.raw`${name}['’]s(?!\p{L})`, 'gu'), 'his')
    .replace(
      new RegExp(String.raw`${name}(?=\s(?:is|was|has|can|could|should|will|would|must|may)\b)`, 'gu'),
      'he',
    )
    .replace(new RegExp(String.raw`${name}(?![\p{L}\p{N}'’])`, 'gu'), 'him');
}

function otherPersonAt(text: string, recipients: readonly string[]): number {
  const own = recipients.join(' ').toLowerCase();
  for (const { 0: word, index } of text.matchAll(
    new RegExp(String.raw`\b${KIN}\b|(?<=\s)\p{Lu}\p{Ll}+`, 'gu'),
  ))
    if (!DATED.test(word) && !own.includes(word.toLowerCase())) return index;
  return text.length;
}

const AFTER_YOU =
  /^(?:[\s]*$|[,.;:!?]|\s+(?:to|for|at|on|in|about|that|if|whether|when|how|what|why|where|back|up|with|by|and|or|again|soon|know|from|of|as|after|before|because|this|next|today|tomorrow|tonight|now|the|a|an|my|our|some|not)\b)/i;
const IRREGULAR: Readonly<Record<string, string>> = {
  is: 'are',
  was: 'were',
  has: 'have',
  does: 'do',
  goes: 'go',
  "isn't": "aren't",
  "hasn't": "haven't",
  "wasn't": "weren't",
  "doesn't": "don't",
};

function addressed(text: string, recipients: readonly string[]): string {
  const several = recipients.length > 1 || recipients.some((name) => MANY.test(name));
  const plain = text
    .replace(/\b(?:him|her)self\b/gi, 'yourself')
    .replace(/\b(?:he|she)(['’]s)\b/gi, "you're")
    .replace(
      /\b(?:he|she)\s+(?<verb>[\p{L}']+)/giu,
      (_all, verb: string) => `you ${asYouDo(verb.toLowerCase())}`,
    )
    .replace(/\b(?:he|she)\b/gi, 'you')
    .replace(/\bhis\b/gi, 'your')
    .replace(/\bhim\b/gi, 'you')
    .replace(/\bhers\b/gi, 'yours')
    .replace(/\bher\b/gi, (_word, at: number, whole: string) =>
      AFTER_YOU.test(whole.slice(at + 3)) ? 'you' : 'your',
    )
    .replace(/^their\b/i, 'your');
  return several
    ? plain
        .replace(/\btheir\b/gi, 'your')
        .replace(/\bthem\b/gi, 'you')
        .replace(/\bthey\b/gi, 'you')
    : plain;
}

/** A name for many, or for a house with many in it. */
const MANY =
  /\b(?:team|office|airline|hr|support|company|bank|department|class|everyone|neighbou?rs|colleagues|parents|service|insurance|hotel|agency|university|school|committee)\b/i;

const asYouDo = (verb: string): string =>
  IRREGULAR[verb] ??
  (/(?:ches|shes|sses|xes)$/.test(verb)
    ? verb.slice(0, -2)
    : verb.endsWith('ies')
      ? `${verb.slice(0, -3)}y`
      : /[^s'u]s$/.test(verb)
        ? verb.slice(0, -1)
        : verb);
