import type { Rule } from './rule.ts';

const BUT = String.raw`(?:except(?:ing)?(?:\s+for)?|apart\s+from|other\s+than|besides|excluding|but(?:\s+not)?(?:\s+for)?|save\s+for)`;
const ALL = String.raw`(?:all|everything|every\s+(?:task|to-?do|item|thing))(?:\s+(?!${BUT}\b)[^\s,.!?]+){0,4}?`;
const DONE = String.raw`(?:as\s+)?(?:done|completed?|finished)`;

/** "Finish all except call mum", "mark everything as done but the bread": what stays is looked for by its words. */
export const ALL_BUT_RULES: readonly Rule[] = [
  {
    name: 'complete.all-but',
    action: 'complete_task',
    confidence: 0.97,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:(?:mark|set|tick|check|cross)\s+(?<target>${ALL})\s+(?:${DONE}|off)|(?:finish|complete|(?:tick|check|cross)\s+off)\s+(?<target2>${ALL}))\s*,?\s*${BUT}\s+\S.*$`,
      'ds',
    ),
  },
];
