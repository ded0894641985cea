import { looksLikeActivity } from '../../nlu/rules/statement-rules.ts';

/** Past tenses that no rule makes of their verbs. */
const IRREGULAR: Readonly<Record<string, string>> = {
  ate: 'eat',
  bought: 'buy',
  brought: 'bring',
  built: 'build',
  cut: 'cut',
  drew: 'draw',
  drove: 'drive',
  fed: 'feed',
  found: 'find',
  gave: 'give',
  got: 'get',
  held: 'hold',
  hung: 'hang',
  made: 'make',
  met: 'meet',
  paid: 'pay',
  put: 'put',
  ran: 'run',
  rang: 'ring',
  read: 'read',
  sent: 'send',
  sold: 'sell',
  swept: 'sweep',
  taught: 'teach',
  told: 'tell',
  took: 'take',
  went: 'go',
  wrote: 'write',
};

const DEED =
  /^[\s,.!]*(?:(?:ok|okay|so|hey|yes|great|oh|and|also)[\s,]+)*(?:(?:i|we)(?:['’]ve|\s+have)?\s+)?(?:(?:just|already|finally|also|now)\s+)*(?<deed>\p{L}+)\s+(?:(?<way>up|off|out|in|back|down|over)\s+)?\S/iu;

/** What one did, as it is told to be done: "i called mum" tells of "call". The likelier verbs come first. */
export function deedsIn(words: string): string[] {
  const { deed = '', way } = DEED.exec(words)?.groups ?? {};
  return verbsOfPast(deed.toLowerCase()).map((verb) => (way ? `${verb} ${way.toLowerCase()}` : verb));
}

/** Deeds that are no way to do anything else, each with what people say for it. */
const PLAIN_DEEDS: readonly (readonly string[])[] = [
  ['call', 'ring', 'phone', 'talk', 'speak', 'contact', 'tell', 'ask'],
  ['buy', 'get', 'order', 'pick', 'grab', 'fetch', 'collect', 'bring'],
];

/** Whether a title tells to do something else than what was done: who called mum has bought no present for her. */
export function isOtherDeed(title: string, deeds: readonly string[]): boolean {
  const alike = PLAIN_DEEDS.find((verbs) => deeds.some((deed) => verbs[0] === deed || verbs[1] === deed));
  const folded = title.toLowerCase();
  return (
    alike !== undefined && looksLikeActivity(folded) && !alike.some((verb) => folded.startsWith(`${verb} `))
  );
}

function verbsOfPast(word: string): string[] {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return [irregular];
  if (/[^aeiou]ied$/.test(word)) return [word.replace(/ied$/, 'y')];
  return /[^e]ed$/.test(word) ? verbsOf(word.slice(0, -2)) : [];
}

/** "vacuuming the house" as "vacuum the house"; the likelier verbs come first. */
export function ordersOf(words: string): string[] {
  const { gerund = '', rest = '' } = /^(?<gerund>\p{L}{3,})ing(?<rest>\s.*)?$/iu.exec(words)?.groups ?? {};
  return gerund === '' ? [] : verbsOf(gerund).map((verb) => verb + rest);
}

/** The verbs that such a stem may belong to: "book", "mop" of "mopp", "bake" of "bak". */
function verbsOf(stem: string): string[] {
  const doubled = /(?<unit>[bdgklmnprt])\k<unit>$/i.test(stem);
  return [stem, ...(doubled ? [stem.slice(0, -1)] : []), `${stem}e`];
}
