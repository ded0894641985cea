import type { ActParams } from '../../../contracts/nlu.ts';
import type { Action } from '../../../contracts/intents.ts';
import type { Draft, Recognition } from '../draft.ts';
import type { Rule } from './rule.ts';
import { withoutTarget } from './rule.ts';

type Contact = NonNullable<ActParams['contact']>;

/** An address, as the group `change`. */
export const ADDRESS = String.raw`(?:mailto:)?(?<change>[^\s@<>,;:"'()]+@[^\s@<>,;:"'()]+\.[\p{L}\p{N}-]{2,}|[^\s@<>,;:"'()]+@[^\s@<>,;:"'()]+)`;
const NAME = String.raw`(?<target>[\p{L}\uFFFC][^@<>:;,!?"]{0,80}?)`;
const FIELD = String.raw`(?:(?:e-?\s?mail|mail|contact)(?:\s+(?:address|addr|adress))?|address|adress|contact\s+details)`;
export const LEAD = String.raw`(?:(?:please|pls|can\s+you|could\s+you|and|also|ok|okay|so|hey|btw|by\s+the\s+way|fyi|note|remember|save|store|keep|write\s+down|know|for\s+the\s+record|just\s+so\s+you\s+know|actually|no|sorry|oh)(?:\s+that)?[\s,.:!-]+)*`;
const THEIRS = String.raw`(?:her|his|their|hers|the)\s+(?:new\s+|own\s+|work\s+|private\s+|correct\s+|e-?mail\s+)?`;
const CONTACTS = String.raw`(?:(?:my|the|our)\s+)?(?:contacts?(?:\s+list)?|address\s*book|people|list\s+of\s+contacts)`;
const END = String.raw`[\s.!?]*(?:please|pls|thanks|thank\s+you)?[\s.!?]*$`;

/** "Ann's email is …", "change Ann's address to …" */
const SAVE_FORMS = [
  // Whoever was spoken of last, see `leaning/person.ts`.
  String.raw`(?:(?:change|set|update|correct|make)\s+)?${THEIRS}${FIELD}\s*(?:is\s+now|is|'s|to|=|:|should\s+be|has\s+changed\s+to|changed\s+to|would\s+be)?\s*<?${ADDRESS}>?(?:\s+now)?`,
  String.raw`(?:he|she|they)(?:'s|s|'re|\s+is|\s+are|\s+has|\s+have|\s+uses?|\s+can\s+be\s+(?:reached|found|contacted))?\s+(?:(?:reachable\s+)?(?:at|under|by|on)\s+|the\s+address\s+)?<?${ADDRESS}>?`,
  String.raw`<?${ADDRESS}>?\s+is\s+${THEIRS}${FIELD}`,
  String.raw`(?:save|add|store|remember|note|put)\s+<?${ADDRESS}>?\s+(?:as|for)\s+(?:${THEIRS}${FIELD}|him|her|them)`,
  String.raw`(?:(?:change|set|update|correct|make|add|enter|put\s+in)\s+)?${NAME}(?:'s|s'|')\s+(?:new\s+|own\s+|work\s+|private\s+|correct\s+)?${FIELD}\s*(?:is\s+now|is|was\s+changed\s+to|to|=|:|should\s+be|has\s+changed\s+to|changed\s+to)?\s*<?${ADDRESS}>?(?:\s+now)?`,
  String.raw`(?:the\s+)?(?:new\s+)?${FIELD}\s+(?:of|for)\s+${NAME}\s+(?:is|=|:|to)\s*<?${ADDRESS}>?`,
  String.raw`${NAME}\s+(?:can\s+be\s+reached|is\s+reachable|is\s+to\s+be\s+reached|has\s+the\s+(?:e-?mail\s+)?address|is|is\s+at|=)\s+(?:at\s+|under\s+|by\s+)?<?${ADDRESS}>?`,
  String.raw`(?:(?:you|we|one)\s+can\s+(?:reach|contact|find|get)|reach)\s+(?!(?:him|her|them|me|us)\b)${NAME}\s+(?:at|under|by|on|via)\s+<?${ADDRESS}>?`,
  String.raw`(?:add|save|put|store|enter)\s+${NAME}\s+(?:to|in|into|as)\s+(?:an?\s+contact|${CONTACTS})[\s,:(-]+(?:(?:with|at|under)\s+)?(?:(?:the\s+|his\s+|her\s+|their\s+)?${FIELD}\s*(?:is\s+|:\s*)?)?<?${ADDRESS}>?\)?`,
  String.raw`(?:add|save|put|store|create|make|new|remember|enter)\s+(?:an?\s+|a\s+new\s+|as\s+a\s+|the\s+)?(?:new\s+)?(?:contact\s*(?:for|called|named|:|of)?\s*)?${NAME}[\s,:(]+(?:(?:with|at|as|under)\s+)?(?:(?:the\s+|his\s+|her\s+|their\s+)?${FIELD}\s*(?:is\s+|:\s*)?)?<?${ADDRESS}>?\)?(?:\s+(?:to|in|into|as)\s+(?:an?\s+contact|${CONTACTS}))?`,
  String.raw`(?:save|add|store|remember|note|put)\s+<?${ADDRESS}>?\s+(?:as|for|to|under)\s+${NAME}(?:'s|')?(?:\s+${FIELD})?(?:\s+(?:to|in|into)\s+${CONTACTS})?`,
  String.raw`(?:add|save|put|store)\s+(?:an?\s+)?(?:new\s+)?(?:contact\s+(?:for|called|named)?\s*)?${NAME}\s+(?:to|in|into|as)\s+(?:an?\s+contact|${CONTACTS})`,
  String.raw`(?:add|create|make|new|save)\s+(?:an?\s+|a\s+new\s+)?contact\s*(?:for|called|named|:)?\s+${NAME}`,
];
const FIND_FORMS = [
  String.raw`(?:what(?:'s|\s+is|\s+was|s)|do\s+(?:you|i|we)\s+(?:know|have)|tell\s+me|give\s+me|show\s+me|show|look\s+up|have\s+(?:you|we|i)\s+got)\s+${NAME}(?:'s|s'|')\s+${FIELD}`,
  String.raw`(?:what(?:'s|\s+is|s)|do\s+(?:you|i|we)\s+(?:know|have)|tell\s+me|give\s+me|show\s+me|look\s+up|find|have\s+(?:you|we|i)\s+got)\s+(?:the|an|any)\s+${FIELD}\s+(?:of|for)\s+${NAME}`,
  String.raw`(?:what|which)\s+${FIELD}\s+(?:do\s+(?:you|i|we)\s+have\s+(?:for|of)\s+${NAME}|does\s+${NAME}\s+have)`,
  String.raw`(?:is|do\s+i\s+have|have\s+i\s+got)\s+${NAME}\s+(?:in|among)\s+${CONTACTS}`,
];
const LIST_FORMS = [
  String.raw`(?:(?:show|list|see|display|view|open|give|read)(?:\s+me)?(?:\s+all)?(?:\s+of)?\s+|(?:who|what)(?:'s|\s+is|\s+are)(?:\s+(?:all|in|on))?\s+|who\s+do\s+i\s+have\s+in\s+)?(?:my|the|our)\s+(?:contacts|contact\s+list|address\s*book)|who\s+do\s+(?:i|you)\s+know`,
];
const FORGET_FORMS = [
  String.raw`(?:delete|remove|erase|forget|drop|take)\s+${NAME}\s+(?:from|off|out\s+of)\s+${CONTACTS}`,
  String.raw`(?:delete|remove|erase|forget|drop)\s+(?:the\s+)?contact\s+${NAME}`,
  String.raw`(?:delete|remove|erase|forget|drop)\s+${NAME}(?:'s|s'|')\s+(?:e-?mail\s+address|address|mail\s+address|contact)`,
];

/** Words that name nobody: "it", "the meeting", "milk". */
const NOBODY =
  /^(?:it|this|that|he|she|they|i|we|you|the|an?|my|your|what|who|there|here|everyone|everybody|someone|anybody|nobody|an? .*|the (?:email|address|meeting|event|task|draft|list).*|task .*|event .*)$/;
/** What an address belongs to besides people, in words. */
const OF_THINGS =
  /\b(?:meeting|event|task|appointment|party|dinner|lunch|draft|reminder|white\s+house)\b|\bon\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|the\s+\d)/;
const LONGEST = 600;

/** "Ann's email is ann@example.com", "what is Ann's address?", "show my contacts". They stand before all else. */
export const CONTACT_RULES: readonly Rule[] = [
  contactRule('save', 'draft_email', SAVE_FORMS),
  contactRule('find', 'search_email', FIND_FORMS),
  contactRule('list', 'search_email', LIST_FORMS),
  contactRule('forget', 'draft_email', FORGET_FORMS),
];

function contactRule(move: Contact['move'], action: Action, forms: readonly string[]): Rule {
  let count = 0;
  // Each place has a group of its own; what they are called is the same but for a number.
  const numbered = (source: string): string =>
    source.replace(/\?<(?<group>target|change)>/g, (_, group: string) => `?<${group}${(count += 1)}>`);
  return {
    name: `email.contact-${move}`,
    action,
    confidence: 0.97,
    sure: /^/,
    pattern: new RegExp(`^${LEAD}(?:${forms.map(numbered).join('|')})${END}`, 'dsu'),
    read: (draft, recognition) => withContact(draft, recognition, move),
  };
}

function withContact(draft: Draft, recognition: Recognition, move: Contact['move']): Recognition | null {
  if (draft.folded.length > LONGEST) return null;
  const { target, change } = recognition;
  const name = target && draft.text.slice(target.start, target.end).trim().replace(/\s+/g, ' ');
  if (name !== undefined && (NOBODY.test(name.toLowerCase()) || OF_THINGS.test(name.toLowerCase())))
    return null;
  const address = change && draft.text.slice(change.start, change.end).replace(/[.!?]+$/, '');
  const contact: Contact = { move, ...(name && { name }), ...(address && { address }) };
  return { ...withoutTarget(recognition), params: { contact } };
}
