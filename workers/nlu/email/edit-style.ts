import type { ActParams } from '../../../contracts/nlu.ts';

/** How the words of an email are to be: tone and length. */
export type Style = Pick<ActParams, 'tone' | 'edit'>;

const VERY = String.raw`(?:(?:a\s+(?:little\s+)?(?:bit|little|lot|touch|tad)|much|way|even|far|slightly|somewhat|very|really|quite|rather|nice\s+and)\s+)*`;
const SHORTER = String.raw`(?:short(?:er)?|brief(?:er)?|(?:more|as)\s+(?:concise|brief|short|compact|succinct|to\s+the\s+point)(?:\s+as\s+possible)?|concise|succinct|less\s+(?:wordy|long|verbose|chatty)|to\s+the\s+point|crisp(?:er)?|tight(?:er)?|half\s+as\s+long)`;
const LONGER = String.raw`(?:long(?:er)?|more\s+(?:detailed|elaborate|wordy|extensive)|detailed|less\s+(?:short|brief|terse|curt)|fuller)`;
const FORMAL = String.raw`(?:(?:more\s+)?(?:formal|professional|official|serious|business-?like|respectful|polite|courteous)|politer|less\s+(?:casual|informal|friendly|chummy|relaxed|familiar))`;
const FRIENDLY = String.raw`(?:friendl(?:y|ier)|(?:more\s+)?(?:friendly|casual|informal|relaxed|personal|warm|cheerful|easy-?going|kind|nice|approachable|chatty)|warmer|nicer|kinder|softer|gentler|less\s+(?:formal|stiff|cold|official|serious|harsh|strict|distant))`;
const NEUTRAL = String.raw`(?:(?:more\s+)?neutral|normal)`;

const wholly = (source: string): RegExp =>
  new RegExp(String.raw`^${VERY}(?:${source})(?:\s+(?:in\s+)?(?:tone|style|manner|way))?$`);
const STYLES: readonly (readonly [RegExp, Style])[] = [
  [wholly(SHORTER), { edit: { length: 'shorter' } }],
  [wholly(LONGER), { edit: { length: 'longer' } }],
  [wholly(FORMAL), { tone: 'formal' }],
  [wholly(FRIENDLY), { tone: 'friendly' }],
  [wholly(NEUTRAL), { tone: 'neutral' }],
];
/** What is too much of one thing wants the other. */
const TOO: readonly (readonly [RegExp, Style])[] = [
  [/^(?:long|wordy|verbose|much|detailed)$/, { edit: { length: 'shorter' } }],
  [/^(?:short|brief|terse|curt)$/, { edit: { length: 'longer' } }],
  [/^(?:formal|stiff|cold|serious|official|distant|harsh|rude|unfriendly|strict)$/, { tone: 'friendly' }],
  [/^(?:casual|informal|friendly|familiar|relaxed|chummy|chatty)$/, { tone: 'formal' }],
];

/** "shorter and a bit more formal"; null where any of it is no style. */
export function readStyle(words: string): Style | null {
  const parts = words.split(/\s*(?:,\s*(?:and|but)\s+|,|\band\b|\bbut\b|\byet\b)\s*/).filter(Boolean);
  const read = parts.map((part) => {
    const too = /^too\s+(?<what>\S+)$/.exec(part)?.groups?.['what'];
    const [table, said] = too === undefined ? [STYLES, part] : [TOO, too];
    return table.find(([pattern]) => pattern.test(said))?.[1] ?? null;
  });
  if (read.length === 0 || read.includes(null)) return null;
  return read.reduce<Style>((all, one) => ({ ...all, ...one, edit: { ...all.edit, ...one?.edit } }), {});
}
