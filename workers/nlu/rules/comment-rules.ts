import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

const NOTE = String.raw`(?:notes?|comments?|remarks?)`;
const SAYS = String.raw`(?:\s*:\s*|,\s+|\s+(?:that\s+says|that\s+reads|saying|that)\s+)`;
/** What is no single item: notes there are of something else. */
const NO_ITEM =
  /^(?:self|me|myself|us|him|her|them|(?:(?:my|the|our)\s+)?(?:(?:to-?\s?do|task|shopping)\s+)?(?:list|tasks|to-?dos|calendar|diary|notes|groceries))\b/;

/** Words that are to be kept beside an item: "add a note to the van task: bring the id card". */
export const COMMENT_RULES: readonly Rule[] = [
  {
    name: 'update.note',
    action: 'update_task',
    confidence: 0.97,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:add|put|write|attach|leave|make|note|save)\s+(?:down\s+)?(?:(?:an?|another|one\s+more|this|the\s+following)\s+)?${NOTE}\s+(?:to|on|for|in|under)\s+(?<target>[^:;,?]{2,60}?)${SAYS}(?<body>\S.*)$|^(?:add|put|write|save)\s+(?<body2>\S[^:;?]*?)\s+(?:(?:as\s+an?\s+${NOTE}\s+)?(?:to|on|in|into)\s+the\s+notes\s+(?:of|for|on)|as\s+an?\s+${NOTE}\s+(?:to|on|for|of))\s+(?<target2>[^:;,?]{2,60})$|^notes?\s+(?:to|on|for)\s+(?<target3>(?:the|my|our|that|this)\s[^:;,?]{2,60}?)\s*:\s*(?<body3>\S.*)$`,
      'ds',
    ),
    read: (draft, { body, target, ...recognition }) => {
      if (!target || NO_ITEM.test(foldedSlice(draft, target))) return null;
      // "The playdate event" is called playdate.
      const kind = /\s+event$/.exec(foldedSlice(draft, target))?.[0].length ?? 0;
      const named = { start: target.start, end: target.end - kind };
      const note = draft.text.slice(body.start, body.end).trim();
      return { ...recognition, body, target: named, params: { note } };
    },
  },
];
