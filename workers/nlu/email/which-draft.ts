import type { Target } from '../../../contracts/slots.ts';

const NOUN = String.raw`(?:e-?mails?|mails?|drafts?|messages?|letters?|reply|note|one|text)`;
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  '1st': 1,
  second: 2,
  '2nd': 2,
  third: 3,
  '3rd': 3,
  fourth: 4,
  '4th': 4,
  fifth: 5,
  '5th': 5,
};
const LEAD = /^(?:(?:the|that|this|my|our)\s+)+/i;

/**
 * Which email is meant by "it", "the second draft", "the email to Ann", "my rent mail": what stands around the noun is
 * what it is looked up by.
 */
export function whichDraft(said: string): Target {
  const words = said
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\s.,!?]+$/, '');
  const bare = words.replace(LEAD, '');
  if (/^(?:it|that|this|them)$/i.test(bare) || bare === '') return { kind: 'draft', reference: 'last' };
  const [first = ''] = bare.toLowerCase().split(' ', 1);
  const place = ORDINALS[first];
  const rest = place === undefined ? bare : bare.slice(first.length).trim();
  if (place !== undefined && new RegExp(`^(?:${NOUN})?$`, 'i').test(rest))
    return { kind: 'draft', reference: 'ordinal', ordinal: place };
  const query = bare
    .replace(/^(?:(?:last|latest|newest|recent|most recent|current|new|whole)\s+)+/i, '')
    .replace(new RegExp(String.raw`^(?:(?:e-?mail|mail|draft)\s+)?${NOUN}(?=\s|$)\s*`, 'i'), '')
    .replace(new RegExp(String.raw`\s+(?:e-?mail\s+)?${NOUN}(?=\s+(?:to|for|about)\s|$)`, 'i'), '')
    .replace(/^(?:about|regarding|re|on|concerning|called|titled|with the subject)\s+/i, '')
    .trim();
  return query === '' ? { kind: 'draft', reference: 'last' } : { kind: 'draft', query };
}
