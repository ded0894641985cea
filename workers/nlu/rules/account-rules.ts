import type { Rule } from './rule.ts';

const TOKENS = String.raw`(?:tokens?|toekns?|tokns?|credits?)`;
const QUOTA = String.raw`(?:quota|qouta|allowance|usage|usgae|token\s+(?:usage|limit|balance|count|budget)|${TOKENS}|limits?|subscription)`;
const PERIOD = String.raw`(?:(?:so far|this month|today|already|right now|now|please|until now|this week|for (?:this|the) month|in total|at all|info|stats|status|details)[\s,]*)*`;
const OWN = String.raw`(?:(?:my|the|our|current|monthly|remaining|left|total|token|email|of|any)\s+)*`;
const PAID = String.raw`(?:premium|pro|the paid (?:plan|version|tier)|unlimited(?:\s+${TOKENS})?)`;
const PLAN = String.raw`(?:\s+(?:plan|version|account|subscription|member|membership|user|tier|cost|costs|a month|per month|monthly|please|now|again|then))*`;
const FEATURE = String.raw`(?:drafts?|drafting|e-?mails?|ai|optimi[sz]\w*|bulk|feature|searches|search|schedul\w*)`;

const whole = (...sources: string[]): RegExp =>
  new RegExp(String.raw`^(?:${sources.join('|')})[\s.!?\p{Extended_Pictographic}\uFE0F\u200D]*$`, 'su');

/** Questions about what the account has used and has left, and the wish for more. */
export const ACCOUNT_RULES: readonly Rule[] = [
  {
    name: 'usage.show',
    action: 'show_usage',
    confidence: 0.97,
    pattern: whole(
      // "my usage", "tokens left"
      String.raw`(?:(?:show|see|view|display|check|tell|give|get|open)\s+(?:me\s+)?(?:about\s+)?|what(?:'?s|\s+is|\s+are)\s+|how(?:'?s|\s+is|\s+are)\s+)?${OWN}${QUOTA}(?:\s+(?:left|remaining|used|balance|count|usage|limit|looking|doing|page|summary|do i have(?:\s+left)?|have i (?:got|used|spent)(?:\s+left)?))*\s*${PERIOD}`,
      // "how many tokens do I have left", "how much of my quota is used"
      String.raw`how\s+(?:much|many)\s+(?:of\s+)?${OWN}(?:more\s+)?${QUOTA}(?:\s+(?:is|are|do|did|have|has|can|i|we|left|remaining|used|spent|use|spend|gone|been|got|had|up|still|a|an|one|the|per|does|${FEATURE}|cost|costs|take|takes|need))*\s*${PERIOD}`,
      String.raw`how\s+much\s+(?:have|did)\s+i\s+(?:used?|spent|spend)(?:\s+up)?\s*${PERIOD}|how\s+much\s+(?:do\s+i\s+(?:still\s+)?have|is)\s+left\s*${PERIOD}`,
      String.raw`what\s+(?:did|have)\s+i\s+(?:spend|spent|use|used)(?:\s+(?:up|on tokens|on ai))?\s*${PERIOD}`,
      // "am I close to my limit"
      String.raw`am\s+i\s+(?:close|near|over|at|under|approaching|about\s+to\s+(?:hit|reach)|running\s+(?:low|out)|low|out|still\s+(?:under|within))\b.{0,20}?\b${QUOTA}\s*${PERIOD}`,
      String.raw`(?:have|did|will)\s+i\s+(?:hit|reach(?:ed)?|exceed(?:ed)?|used?(?:\s+up)?|run\s+out\s+of|ran\s+out\s+of)\s+(?:all\s+)?${OWN}${QUOTA}\s*${PERIOD}`,
      String.raw`(?:do\s+i\s+(?:still\s+)?have|have\s+i\s+got|are\s+there|is\s+there)?\s*(?:any|enough|some)\s+(?:\w+\s+)?${QUOTA}(?:\s+(?:left|remaining|for (?:an?|another|one more) \w+))*\s*${PERIOD}`,
      String.raw`how\s+many\s+(?:more\s+)?(?:ai\s+)?(?:drafts?|e-?mails)\s+(?:can|could|may)\s+i\s+(?:still\s+)?(?:make|write|draft|have|get|create|do|afford)\b.{0,40}|is\s+there\s+an?\s+(?:token\s+|monthly\s+|usage\s+)?limit`,
      // "when does my quota reset"
      String.raw`when\s+(?:do|does|will|is|are|did)\s+(?:i\s+get\s+(?:more|new|fresh|my)\s+)?${OWN}${QUOTA}(?:\s+(?:going to|be|get|gets|due to))*(?:\s+(?:resets?|renews?|renewed|refills?|refilled|refresh(?:es|ed)?|expires?|come\s+back|roll\s+over|replenish(?:ed)?|start\s+over|back|again))?\s*${PERIOD}`,
      String.raw`when(?:'s|\s+is)\s+(?:the\s+|my\s+)?(?:next\s+)?(?:quota\s+|token\s+|usage\s+)?(?:reset|renewal|refill)(?:\s+date)?`,
      // "how much does a draft cost"
      String.raw`(?:how\s+(?:much|many\s+${TOKENS})|what)\s+(?:does|do|would|will|is|are)\s+(?:\S+\s+){0,4}?${FEATURE}(?:\s+\S+){0,4}?\s+(?:cost|costs|use|take|need|worth)(?:\s+(?:me|in tokens))*`,
      String.raw`(?:what(?:'?s|\s+is)\s+)?(?:the\s+)?(?:price|cost)\s+(?:of|for|per)\s+(?:an?\s+|each\s+|one\s+|writing\s+)*(?:\w+\s+)?${FEATURE}|how\s+much\s+is\s+(?:an?|one|each)\s+(?:\w+\s+)?${FEATURE}`,
      // "what plan am I on"
      String.raw`(?:what|which)\s+(?:plan|tier|subscription|version)\s+(?:(?:am\s+i|i\s+am|i'm)\s+(?:on|using)|do\s+i\s+have|have\s+i\s+got|is\s+(?:mine|this))\s*${PERIOD}|what(?:'?s|\s+is)\s+my\s+(?:current\s+)?(?:subscription(?:\s+plan)?|(?:subscription\s+)?tier)`,
      String.raw`(?:am\s+i|i'm|is\s+my\s+account|are\s+we)\s+(?:still\s+|already\s+|now\s+)*(?:on\s+)?(?:an?\s+|the\s+)?(?:premium|pro|free|paid|paying|subscribed)(?:\s+(?:plan|user|tier|member|account|version))?\s*${PERIOD}|do\s+i\s+(?:already\s+)?have\s+(?:premium|pro|a\s+subscription)`,
    ),
    // "tell me the limit", "subscription" and the like are too little to go by.
    read: (draft, recognition) =>
      /^[\s,.!]*(?:the\s+|get\s+|any\s+|some\s+)*(?:limits?|subscription)[\s.!?]*$/.test(draft.folded)
        ? null
        : recognition,
  },
  {
    name: 'usage.upgrade',
    action: 'upgrade',
    confidence: 0.97,
    pattern: whole(
      String.raw`upgrade(?:\s+(?:me|now|please|my|account|plan|subscription|membership|tier|to|the|a|premium|pro|paid|unlimited|version))*`,
      String.raw`(?:go|get|buy|pay\s+for|purchase|unlock|activate|want|try|switch\s+to|move\s+to|sign\s+(?:me\s+)?up\s+for|start|join|become|upgrade\s+to)\s+(?:me\s+)?(?:on\s+)?(?:an?\s+|the\s+|for\s+)?${PAID}${PLAN}`,
      String.raw`(?:i|we)(?:'d\s+like|\s+would\s+like|\s+want|\s+need|\s+wanna)\s+(?:to\s+)?(?:have\s+|get\s+|go\s+|buy\s+|be\s+)?(?:an?\s+|some\s+)?(?:${PAID}${PLAN}|(?:more|extra)\s+(?:${TOKENS}|quota)|upgrade|subscription|no\s+limits?|subscribe)\s*(?:please|now)?`,
      String.raw`(?:how\s+much|what)(?:'?s|\s+is|\s+does|\s+would|\s+are|\s+do)?\s+(?:the\s+|an?\s+)?(?:(?:price|cost|costs)\s+(?:of|for)\s+)?(?:going\s+|included\s+in\s+|in\s+)?(?:the\s+)?(?:${PAID}|upgrade|upgrading|subscription)${PLAN}`,
      String.raw`what\s+do\s+i\s+get\s+(?:with|for|from)\s+${PAID}${PLAN}|(?:why|should\s+i|can\s+i|is\s+it\s+worth\s+to)\s+(?:upgrade|go\s+premium|get\s+premium)|${PAID}\s+(?:price|pricing|cost|costs|benefits|features)`,
      String.raw`how\s+(?:do|can|would|could)\s+i\s+(?:upgrade|subscribe|(?:get|go|buy)\s+(?:${PAID}|(?:more|extra)\s+${TOKENS}))${PLAN}`,
      String.raw`subscribe(?:\s+(?:me|now|please|to\s+${PAID}))*|(?:buy|get|give\s+me|order)\s+(?:me\s+)?(?:some\s+)?(?:more|extra|additional|unlimited)\s+(?:${TOKENS}|quota)|(?:more|unlimited)\s+${TOKENS}\s*(?:please|now)?|${PAID}${PLAN}|pricing|remove\s+(?:the|my)\s+(?:token\s+)?limits?`,
    ),
  },
];
