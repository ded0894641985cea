import type { ActParams } from '../../../contracts/nlu.ts';
import type { Rule } from './rule.ts';

const TOKENS = String.raw`(?:tokens?|toekns?|tokns?|credits?)`;
const QUOTA = String.raw`(?:quota|qouta|allowance|usage|usgae|token\s+(?:usage|limit|balance|count|budget)|${TOKENS}|limits?|subscription)`;
const PERIOD = String.raw`(?:(?:so far|(?:this|last|past)\s+(?:month|week|year)|today|yesterday|already|right now|now|please|until now|for (?:this|the) month|in total|at all|info|stats|status|details|history|breakdown|log|by (?:day|operation))[\s,]*)*`;
const OWN = String.raw`(?:(?:my|the|our|today's|yesterday's|current|monthly|remaining|left|total|token|email|of|any)\s+)*`;
const PAID = String.raw`(?:premium|pro|the paid (?:plan|version|tier)|unlimited(?:\s+${TOKENS})?)`;
const PLAN = String.raw`(?:\s+(?:plan|version|account|subscription|member|membership|user|tier|cost|costs|a month|per month|monthly|please|now|again|then))*`;
const FEATURE = String.raw`(?:drafts?|drafting|e-?mails?|ai|optimi[sz]\w*|bulk|feature|searches|search|schedul\w*)`;

const whole = (...sources: string[]): RegExp =>
  new RegExp(String.raw`^(?:${sources.join('|')})[\s.!?\p{Extended_Pictographic}\uFE0F\u200D]*$`, 'su');

const A = String.raw`(?:(?:an?|one|each|every|another|the|my|your|more|single|ai|llm|extra)\s+)*`;
const WRITING = String.raw`(?:(?:e-?mail\s+)?drafts?|e-?mails?|letters?|(?:drafting|writing|generating)(?:\s+${A}(?:(?:e-?mail\s+)?drafts?|e-?mails?|letters?))?)`;
const APP = String.raw`(?:it|this|everything|pulse\s?plan|(?:the|this)\s+(?:app|service|assistant))`;
const CHARGED = String.raw`(?:${APP}|${A}(?:${WRITING}|templates?|(?:draft|e-?mail)\s+templates?|using\s+(?:an?\s+)?templates?|tasks?|${FEATURE}))`;
const LAST = String.raw`(?:that|it|this|(?:the|my|that|this)\s+(?:last\s+|previous\s+|latest\s+)?(?:one|draft|e-?mail|request|message|answer|letter))`;
const OUT = String.raw`(?:runs?\s+out(?:\s+of\s+(?:${OWN}${QUOTA}|them))?|(?:hit|reach|exceed|pass)\s+(?:my|the)\s+(?:\w+\s+)?(?:limit|quota)|(?:am|are|is)\s+(?:out(?:\s+of\s+${OWN}${QUOTA})?|gone|used\s+up|empty)|(?:use|have\s+used)\s+(?:them|it|(?:all\s+)?(?:of\s+)?${OWN}${QUOTA})(?:\s+all)?(?:\s+up)?|have\s+(?:no\s+(?:more\s+)?|0\s+|zero\s+)${TOKENS}(?:\s+left)?)`;
const FREE_PLAN = String.raw`(?:the\s+|an?\s+|your\s+)?(?:free|basic|premium|pro|paid)\s+(?:plan|tier|version|account|subscription)`;
const MODEL = String.raw`(?:(?:language|ai|gpt|llm)\s+models?|models?|ai|a\.i\.|llms?|gpt)(?:\s+(?:model|version|provider))?`;

type About = NonNullable<ActParams['about']>;

/** Questions on one side of usage, in the order in which they are tried. What none of them is asks what is left. */
const ASKED: readonly (readonly [about: Exclude<About, 'left'>, patterns: readonly string[]])[] = [
  [
    'meaning',
    [
      String.raw`what(?:'?s|\s+is|\s+are|\s+exactly\s+(?:is|are))\s+(?:an?\s+|the\s+|these\s+|those\s+)?${TOKENS}(?:\s+(?:for|anyway|exactly|here|good for))*`,
      String.raw`what\s+(?:does|do)\s+(?:an?\s+|the\s+|you\s+mean\s+(?:by|with)\s+)?["']?${TOKENS}["']?(?:\s+(?:mean|do|stand for))?|(?:explain|define|describe)\s+(?:to\s+)?(?:me\s+)?(?:what\s+)?(?:an?\s+|the\s+)?${TOKENS}(?:\s+(?:is|are|mean))?(?:\s+to\s+me)?`,
      String.raw`how\s+(?:do|does)\s+(?:the\s+|an?\s+)?(?:${TOKENS}|quota|(?:token\s+)?(?:system|limit))\s+work|what\s+counts\s+as\s+an?\s+${TOKENS}|(?:why\s+(?:do\s+i\s+need|are\s+there)|what\s+do\s+i\s+need)\s+(?:the\s+|any\s+)?${TOKENS}(?:\s+for)?`,
    ],
  ],
  [
    'model',
    [
      String.raw`(?:which|what)\s+(?:kind\s+of\s+|sort\s+of\s+)?${MODEL}\s+(?:(?:do|does|are|is|did)\s+(?:you|this|it|pulse\s?plan|the\s+app)(?:\s+(?:use|using|used|run|running|based|on|run\s+on|for\s+${A}${WRITING}|behind\s+(?:it|this))){0,4}|(?:writes?|words?|drafts?|makes?|wrote)\s+(?:my\s+|the\s+|this\s+|that\s+)?${WRITING}|is\s+(?:used|behind\s+(?:this|it|pulse\s?plan))(?:\s+for\s+${A}${WRITING})?)`,
      String.raw`(?:are\s+you|is\s+(?:this|it)|do\s+you\s+use)\s+(?:really\s+|just\s+|based\s+on\s+|using\s+)?(?:chat\s?gpt|open\s?ai|gpt(?:[\s-]?\d[\w.]*)?|claude|gemini|llama|copilot|an?\s+(?:ai|llm|${MODEL}|gpt))`,
    ],
  ],
  [
    'refund',
    [
      String.raw`refund(?:\s+(?:me|us|it|that|this|my|the|last|draft|charge|purchase|subscription|money|${TOKENS}))*|(?:i|we)(?:'d\s+like|\s+would\s+like|\s+want|\s+need|\s+demand)\s+(?:to\s+(?:get|have)\s+)?(?:an?\s+|my\s+)(?:refund|money\s+back|${TOKENS}\s+back)|(?:an?\s+|my\s+)refund`,
      String.raw`(?:give|pay|get|have)\s+(?:me\s+)?(?:back\s+(?:my|the|those)\s+(?:money|${TOKENS})|(?:my|the|those)\s+(?:money|${TOKENS})\s+back)|how\s+(?:do|can|could|would)\s+i\s+(?:get|have|ask\s+for|request)\s+(?:an?\s+|my\s+)(?:refund|money\s+back|${TOKENS}\s+back)|do\s+(?:i\s+get|you\s+(?:give|offer|do))\s+(?:an?\s+|any\s+)?refunds?`,
    ],
  ],
  [
    'cancel',
    [
      String.raw`(?:how\s+(?:do|can|could|would)\s+i\s+)?(?:cancel|end|terminate|quit|stop|leave|unsubscribe\s+from|get\s+rid\s+of|turn\s+off|pause)\s+(?:(?:my|the|this|our)\s+)?(?:(?:premium|pro|paid|app\s+store|pulse\s?plan|monthly)\s+)*(?:subscription|membership|premium|pro|(?:premium|paid|pro)\s+plan|auto[\s-]?renew(?:al)?)`,
      String.raw`(?:how\s+(?:do|can|could|would)\s+i\s+)?(?:downgrade(?:\s+(?:me|now|my|account|plan|subscription|to|the|free|basic|tier|version))*|unsubscribe(?:\s+me)?|(?:switch|go|move|change)\s+(?:back\s+)?to\s+(?:the\s+)?(?:free|basic)(?:\s+(?:plan|tier|version|account))?)`,
      String.raw`(?:please\s+)?(?:stop|quit|don't|do\s+not)\s+(?:charg(?:e|ing)|bill(?:ing)?)\s+(?:me|us|my\s+(?:card|account))(?:\s+(?:for\s+(?:this|that|it|premium)|again|any\s?more|monthly|every\s+month))*`,
    ],
  ],
  [
    'reset',
    [
      // "when does my quota reset"
      String.raw`when\s+(?:do|does|will|is|are|did)\s+(?:i\s+get\s+(?:more|new|fresh|my)\s+)?${OWN}${QUOTA}(?:\s+(?:going to|be|get|gets|due to))*(?:\s+(?:resets?|renews?|renewed|refills?|refilled|refresh(?:es|ed)?|expires?|come\s+back|roll\s+over|replenish(?:ed)?|start\s+over|back|again))?\s*${PERIOD}`,
      String.raw`when(?:'s|\s+is)\s+(?:the\s+|my\s+)?(?:next\s+)?(?:quota\s+|token\s+|usage\s+)?(?:reset|renewal|refill)(?:\s+date)?|when\s+(?:does|will)\s+(?:it|that)\s+(?:reset|renew|refill|start\s+(?:over|anew))`,
      String.raw`(?:do|does|will)\s+(?:unused\s+|leftover\s+)?${OWN}(?:unused\s+)?${QUOTA}\s+(?:that\s+are\s+left\s+)?(?:roll\s?over|carry\s+over|expire|renew|reset|refill)(?:\s+(?:to\s+(?:the\s+)?next\s+month|every\s+month|each\s+month|monthly))?`,
    ],
  ],
  [
    'spent',
    [
      String.raw`(?:what|how\s+(?:much|many(?:\s+${TOKENS})?))\s+(?:did|has|have)\s+${LAST}\s+(?:just\s+)?(?:costs?|used?|taken?|took|spen[dt]|need(?:ed)?)(?:\s+(?:me|us|in\s+${TOKENS}))*|how\s+(?:much|many\s+${TOKENS})\s+was\s+${LAST}`,
      String.raw`did\s+${LAST}\s+(?:just\s+)?(?:cost|use|take)(?:\s+(?:me|us))?(?:\s+(?:anything|something|money|any|some|${TOKENS}|my))*|was\s+${LAST}\s+(?:for\s+)?(?:free|charged|paid)|(?:did|have)\s+(?:you|i)\s+(?:just\s+)?(?:been\s+)?(?:charged?|billed?|pay|paid)(?:\s+me)?(?:\s+(?:for\s+)?${LAST})?`,
      String.raw`why\s+(?:was|were|am|are|have|did)\s+(?:i|we|you)\s+(?:been\s+|being\s+|get\s+|just\s+)?(?:charged?|billed?|lose|lost|pay|paid|spend|spent)(?:\s+(?:me|us|for|so\s+(?:much|many)|${LAST}|my|${WRITING}|\d[\d,.]*|${TOKENS})){0,4}|why\s+(?:did|does)\s+${LAST}\s+(?:cost|use|take)(?:\s+(?:me|so|much|many|anything|something|that|\d[\d,.]*|${TOKENS}))*`,
      String.raw`what\s+(?:was|were|am|have)\s+(?:i|we)\s+(?:been\s+)?(?:charged|billed)(?:\s+for)?\s*${PERIOD}|what\s+(?:did|have)\s+(?:you|i)\s+(?:been\s+)?(?:charged?|paid|pay)(?:\s+me)?\s+for`,
      String.raw`what\s+(?:did|have|do)\s+i\s+(?:spend|spent|use|used)\s+(?:up\s+)?(?:all\s+)?(?:of\s+)?${OWN}${QUOTA}\s+(?:on|for)\s*${PERIOD}|what\s+(?:did|have)\s+i\s+(?:spend|spent)(?:\s+(?:on\s+${TOKENS}|${TOKENS}\s+on))?\s*(?:(?:this|last)\s+(?:month|week|year))?`,
      String.raw`where\s+(?:did|have|are|do)\s+(?:all\s+)?(?:of\s+)?${OWN}${TOKENS}\s+(?:go|gone|going)\s*${PERIOD}|what(?:'s|\s+is|\s+has)?\s+(?:used|using|ate|eating|took|spent)\s+(?:up\s+)?(?:all\s+)?(?:of\s+)?(?:my|the)\s+${TOKENS}`,
      String.raw`(?:(?:show|see|view|list|give|get)\s+(?:me\s+)?)?(?:my\s+|the\s+)?(?:charges|billing\s+history|(?:token|usage|quota)\s+(?:history|log|breakdown|details))\s*${PERIOD}`,
    ],
  ],
  [
    'price',
    [
      // "how much does a draft cost"
      String.raw`(?:how\s+(?:much|many\s+${TOKENS})|what)\s+(?:does|do|would|will|is|are)\s+(?:\S+\s+){0,4}?(?:${FEATURE}|letters?|templates?|writing)(?:\s+\S+){0,4}?\s+(?:cost|costs|use|take|need|worth)(?:\s+(?:me|in tokens))*`,
      String.raw`(?:how\s+(?:much|many\s+${TOKENS})|what)\s+(?:does|do|would|will)\s+${APP}\s+(?:costs?|take|use)(?:\s+(?:me|to\s+use|in\s+tokens|a\s+month|per\s+month))*|how\s+much\s+is\s+${APP}`,
      String.raw`(?:what(?:'?s|\s+is|\s+are)\s+)?(?:the\s+)?(?:prices?|costs?)\s+(?:of|for|per)\s+(?:an?\s+|each\s+|one\s+|writing\s+)*(?:\w+\s+)?(?:${FEATURE}|templates?)|what\s+are\s+(?:the|your)\s+prices|how\s+much\s+(?:is|are)\s+${A}(?:\w+\s+)?(?:${FEATURE}|templates?)|how\s+(?:expensive|costly|cheap)\s+(?:is|are)\s+${CHARGED}`,
      // "is drafting free", "do drafts cost money"
      String.raw`(?:is|are)\s+${CHARGED}\s+(?:(?:really|still|always|completely|totally|all)\s+)*(?:for\s+)?(?:free|paid|charged|metered|expensive)(?:\s+(?:of\s+charge|to\s+use))?`,
      String.raw`(?:do|does|will|would)\s+${CHARGED}\s+costs?(?:\s+(?:me|us|anything|something|money|any|${TOKENS}|a\s+lot|extra|much))*|(?:do|does|will|would)\s+${CHARGED}\s+(?:use|need|take)(?:\s+up)?\s+(?:any\s+|my\s+)?${TOKENS}`,
      String.raw`(?:do|will|would)\s+i\s+(?:have\s+to\s+|need\s+to\s+)?pay(?:\s+(?:for|with\s+${TOKENS}|anything|extra|money|something|${CHARGED}|to\s+(?:write|draft)\s+${A}${WRITING})){0,3}|what\s+do\s+i\s+(?:have\s+to\s+)?pay(?:\s+for(?:\s+${CHARGED})?)?|(?:are|will)\s+i\s+be\s+charged(?:\s+for\s+${CHARGED})?`,
      // "how many emails can I still write"
      String.raw`how\s+many\s+(?:more\s+)?(?:ai\s+)?(?:drafts?|e-?mails|letters)\s+(?:can|could|may)\s+i\s+(?:still\s+)?(?:make|write|draft|have|get|create|do|afford)\b.{0,40}|how\s+many\s+(?:more\s+)?(?:drafts?|e-?mails|letters)\s+(?:are\s+(?:there\s+)?|do\s+i\s+(?:still\s+)?(?:have|get)\s+|have\s+i\s+(?:got\s+)?)?left\s*${PERIOD}`,
      String.raw`(?:do\s+i\s+(?:still\s+)?have|have\s+i\s+got|are\s+there|is\s+there|is\s+(?:that|it))\s+(?:still\s+)?enough\s+(?:${OWN}${QUOTA}\s+)?(?:left\s+)?(?:for|to\s+(?:write|draft|make|do|afford))\s+${A}(?:one\s+more\s+)?(?:${WRITING}|one)\s*${PERIOD}|(?:i\s+)?(?:still\s+)?afford\s+${A}(?:more\s+)?${WRITING}`,
    ],
  ],
  [
    'plan',
    [
      // "what plan am I on"
      String.raw`(?:what|which)\s+(?:kind\s+of\s+)?(?:plan|tier|subscription|version)\s+(?:(?:am\s+i|i\s+am|i'm)\s+(?:on|using)|do\s+i\s+have|have\s+i\s+got|is\s+(?:mine|this))\s*${PERIOD}|(?:what(?:'?s|\s+is)|show\s+(?:me\s+)?)\s*(?:my\s+)(?:current\s+)?(?:plan|subscription(?:\s+plan)?|(?:subscription\s+)?tier)(?:\s+(?:again|right\s+now|now|called))?`,
      String.raw`(?:am\s+i|i'm|is\s+my\s+account|are\s+we)\s+(?:still\s+|already\s+|now\s+)*(?:on\s+)?(?:an?\s+|the\s+)?(?:premium|pro|paid|paying|subscribed|free(?=\s+(?:plan|user|tier|member|account|version)))(?:\s+(?:plan|user|tier|member|account|version))?\s*${PERIOD}|do\s+i\s+(?:already\s+)?have\s+(?:premium|pro|a\s+subscription)`,
      String.raw`(?:what(?:'?s|\s+is|\s+are)|tell\s+me)\s+the\s+(?:${OWN}|usage\s+)(?:limits?|quota|allowance|${TOKENS})\s+(?:on|of|for|with|in|under)\s+${FREE_PLAN}|(?:how\s+(?:much|many\s+${TOKENS})|what)\s+(?:does|do)\s+(?:i\s+get\s+(?:on|with|in)\s+)?${FREE_PLAN}(?:\s+(?:have|include|get|give|offer|cost|come\s+with)(?:\s+me)?)?`,
      String.raw`(?:what(?:'?s|\s+is)\s+(?:in\s+|included\s+in\s+)?|is\s+there\s+)(?:the\s+|an?\s+)free\s+(?:plan|tier|version|account)|(?:what|which)\s+(?:plans|subscriptions|tiers)\s+(?:are\s+there|do\s+you\s+(?:have|offer)|can\s+i\s+(?:get|have|choose))|is\s+there\s+an?\s+(?:token\s+|monthly\s+|usage\s+)?limit`,
      String.raw`what(?:'ll|\s+will)?\s+(?:happens?|if|when)\s+(?:(?:when|if|once|after|as\s+soon\s+as)\s+)?(?:i|we|they|it|${OWN}${QUOTA})\s+${OUT}`,
    ],
  ],
];

/** What is said of the time decides what a question about usage wants to know. */
function aboutOf(folded: string): About {
  if (/\b(?:today|yesterday)\b/.test(folded)) return 'today';
  return /\b(?:(?:last|past)\s+(?:month|week|year)|this\s+(?:week|year)|history|breakdown|log|by\s+(?:day|operation))\b/.test(
    folded,
  )
    ? 'spent'
    : 'left';
}

/** Questions about what the account has used and has left, what things cost, and the wish for more. */
export const ACCOUNT_RULES: readonly Rule[] = [
  ...ASKED.map(([about, patterns]): Rule => ({
    name: `usage.${about}`,
    action: 'show_usage',
    confidence: 0.97,
    pattern: whole(...patterns),
    read: (_draft, recognition) => ({ ...recognition, params: { about } }),
  })),
  {
    name: 'usage.left',
    action: 'show_usage',
    confidence: 0.97,
    pattern: whole(
      // "my usage", "tokens left"
      String.raw`(?:(?:show|see|view|display|check|tell|give|get|open|gimme|lemme\s+see)\s+(?:me\s+)?(?:about\s+)?|what(?:'?s|\s+is|\s+are)\s+|how(?:'?s|\s+is|\s+are)\s+)?${OWN}${QUOTA}(?:\s+(?:left|remaining|used|balance|count|usage|limit|looking|doing|page|summary|do i have(?:\s+left)?|have i (?:got|used|spent)(?:\s+left)?))*\s*${PERIOD}`,
      // "how many tokens do I have left", "how much of my quota is used"
      String.raw`how\s+(?:much|many)\s+(?:of\s+)?${OWN}(?:more\s+)?${QUOTA}(?:\s+(?:is|are|do|did|have|has|can|i|we|left|remaining|used|spent|use|spend|gone|been|got|had|up|still|a|an|one|the|per|does|${FEATURE}|cost|costs|take|takes|need))*\s*${PERIOD}`,
      String.raw`how\s+much\s+(?:have|did)\s+i\s+(?:used?|spent|spend)(?:\s+up)?\s*${PERIOD}|how\s+much\s+(?:do\s+i\s+(?:still\s+)?have|is)\s+left\s*${PERIOD}`,
      String.raw`what\s+(?:did|have)\s+i\s+(?:spend|spent|use|used)(?:\s+(?:up|on tokens|on ai))?\s*${PERIOD}`,
      // "am I close to my limit"
      String.raw`am\s+i\s+(?:close|near|over|at|under|approaching|about\s+to\s+(?:hit|reach)|running\s+(?:low|out)|low|out|still\s+(?:under|within))\b.{0,20}?\b${QUOTA}\s*${PERIOD}`,
      String.raw`(?:have|did|will)\s+i\s+(?:hit|reach(?:ed)?|exceed(?:ed)?|used?(?:\s+up)?|run\s+out\s+of|ran\s+out\s+of)\s+(?:all\s+)?${OWN}${QUOTA}\s*${PERIOD}`,
      String.raw`(?:do\s+i\s+(?:still\s+)?have|have\s+i\s+got|are\s+there|is\s+there)?\s*(?:any|enough|some)\s+(?:\w+\s+)?${QUOTA}(?:\s+(?:left|remaining|for (?:an?|another|one more) \w+))*\s*${PERIOD}`,
    ),
    // "tell me the limit", "subscription" and the like are too little to go by.
    read: (draft, recognition) => {
      if (
        /^[\s,.!]*(?:(?:the|get|any|some|tell|show|give|see|me)\s+)*(?:limits?|subscription)[\s.!?]*$/.test(
          draft.folded,
        )
      )
        return null;
      const about = aboutOf(draft.folded);
      return about === 'left' ? recognition : { ...recognition, params: { about } };
    },
  },
  {
    name: 'usage.upgrade',
    action: 'upgrade',
    confidence: 0.97,
    pattern: whole(
      String.raw`upgrade(?:\s+(?:me|now|please|my|account|plan|subscription|membership|tier|to|the|a|premium|pro|paid|unlimited|version))*`,
      String.raw`(?:go|get|buy|pay\s+for|purchase|unlock|activate|want|try|switch\s+to|move\s+to|sign\s+(?:me\s+)?up\s+for|start|join|become|upgrade\s+to)\s+(?:me\s+)?(?:on\s+)?(?:an?\s+|the\s+|for\s+)?${PAID}${PLAN}`,
      String.raw`(?:i|we)(?:'d\s+like|\s+would\s+like|\s+want|\s+need|\s+wanna)\s+(?:to\s+)?(?:have\s+|get\s+|go\s+|buy\s+|be\s+)?(?:an?\s+|some\s+)?(?:${PAID}${PLAN}|(?:more|extra|additional)\s+(?:${TOKENS}|quota|drafts?)|upgrade|subscription|no\s+limits?|subscribe)\s*(?:please|now)?`,
      String.raw`(?:how\s+much|what)(?:'?s|\s+is|\s+does|\s+would|\s+are|\s+do)?\s+(?:the\s+|an?\s+)?(?:(?:price|cost|costs)\s+(?:of|for)\s+)?(?:going\s+|included\s+in\s+|in\s+)?(?:the\s+)?(?:${PAID}|upgrade|upgrading|subscription)${PLAN}`,
      String.raw`what\s+(?:do|would)\s+i\s+get\s+(?:with|for|from)\s+${PAID}${PLAN}|what\s+(?:does|would)\s+${PAID}\s+(?:plan\s+)?(?:include|give|have|offer|bring)(?:\s+me)?|what(?:'?s|\s+is)\s+the\s+difference\s+between\s+(?:the\s+)?(?:free|premium)(?:\s+plan)?\s+and\s+(?:the\s+)?(?:free|premium)(?:\s+plan)?|(?:why|should\s+i|can\s+i|is\s+it\s+worth\s+to)\s+(?:upgrade|go\s+premium|get\s+premium)|${PAID}\s+(?:price|pricing|cost|costs|benefits|features)`,
      String.raw`(?:how|where)\s+(?:do|can|would|could)\s+i\s+(?:upgrade|subscribe|(?:get|go|buy)\s+(?:${PAID}|(?:more|extra)\s+${TOKENS}))${PLAN}`,
      String.raw`subscribe(?:\s+(?:me|now|please|to\s+${PAID}))*|(?:buy|get|give\s+me|order)\s+(?:me\s+)?(?:some\s+)?(?:more|extra|additional|unlimited)\s+(?:${TOKENS}|quota|drafts?(?=[\s.!?]*$))|(?:more|unlimited)\s+${TOKENS}\s*(?:please|now)?|${PAID}${PLAN}|pricing|remove\s+(?:the|my)\s+(?:token\s+)?limits?`,
    ),
  },
];
