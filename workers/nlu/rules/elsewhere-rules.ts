import { timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import type { Rule } from './rule.ts';

const AMOUNT = String.raw`(?:[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:[$€£]|euros?|eur|dollars?|bucks|usd|pounds?|quid|gbp|francs?|chf))`;
const NUMBER = String.raw`(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|a hundred)`;
/** Who asks for these means just that; nothing is left to weigh. */
const sure = /^/;

/** What looks like a request of ours and is for somebody else: sums, facts, money. */
export const ELSEWHERE_RULES: readonly Rule[] = [
  {
    name: 'elsewhere.sum',
    action: 'out_of_scope',
    confidence: 0.95,
    sure,
    pattern: new RegExp(
      String.raw`^(?:add|sum|subtract|multiply|divide|take)\s+(?:up\s+)?${NUMBER}\s+(?:and|to|from|by|with|plus|times)\s+${NUMBER}$|^what(?:'s|\s+is)\s+${NUMBER}\s*(?:and|plus|minus|times|divided by|x|[-+*/])\s*${NUMBER}$`,
      'ds',
    ),
  },
  {
    name: 'elsewhere.fact',
    action: 'out_of_scope',
    confidence: 0.95,
    sure,
    // "remind me who is coming to dinner" asks about what is noted.
    pattern:
      /^remind\s+me\s+(?:who\s+(?:wrote|invented|discovered|painted|directed|composed|sang|sings|founded|won|starred|built|is\s+the\s+(?:president|king|queen|pope|mayor|ceo|prime\s+minister))\s|how\s+(?:old|tall|far|deep|high|big|heavy)\s+(?:is|was|are|were)\s|why\s+(?:is|are|do|does|did)\s)(?!.*\b(?:i|we|my|our)\b).+$/ds,
  },
  {
    name: 'elsewhere.money',
    action: 'out_of_scope',
    confidence: 0.9,
    sure,
    pattern: new RegExp(
      String.raw`^(?:pay|send|transfer|wire)\s+${AMOUNT}\s+(?:to|into)\s+(?<body>\S.*)$`,
      'ds',
    ),
    // With a time it is noted for then.
    read: (draft, recognition) =>
      timesIn(draft, recognition.body).length > 0 || repetitionIn(draft, recognition.body)
        ? null
        : recognition,
  },
];
