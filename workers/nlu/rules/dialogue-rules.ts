import { entityAt } from '../draft.ts';
import { ORDINALS, CARDINALS } from '../time/words.ts';
import { BACK_NAME, UNDO_NAME, type Target } from '../../../contracts/slots.ts';
import type { Rule } from './rule.ts';

const NAME = String.raw`(?:pulse\s?plan|there|again|everyone|all|folks|buddy|mate|friend|you|assistant)`;

function whole(source: string): RegExp {
  return new RegExp(String.raw`^[\s,.!]*(?:${source})[\s,.!?\u{1F300}-\u{1FAFF}\u2764\uFE0F]*$`, 'du');
}

/** "No wait, keep it after all": what was to go stays. A plain "leave it" stops what is going on. */
const KEEP = (() => {
  const it = String.raw`(?:it|that|this|them|those|these|both(?:\s+of\s+them)?|all\s+of\s+them|(?:that|this)\s+one)`;
  const before = String.raw`(?:(?:no+|nah|nope|wait|hang\s+on|hold\s+on|stop|actually|oh|oops|h+m+|um+|sorry|well|ok(?:ay)?|but|please|then|rather|better|let'?s|on\s+second\s+thoughts?|(?:i(?:'ve|\s+have)?\s+)?changed\s+my\s+mind|i(?:'?d|\s+would)\s+(?:rather|like\s+to|prefer\s+to)|(?:i|we)(?:'?ll|\s+will|\s+should)|(?:i|we)\s+(?:want|have|need)\s+to|i\s+think\s+(?:i'?ll|we'?ll|we\s+should)|maybe|you\s+can|can\s+(?:we|you)|could\s+you|just)[\s,.!]+)*`;
  const after = String.raw`(?:[\s,]+(?:after\s+all|anyways?|then|please|thanks|for\s+now|though|instead|actually|in(?:\s+(?:there|my\s+(?:calendar|list)))?|there|on(?:\s+(?:the|my)\s+list)?|as\s+(?:it|they)\s+(?:is|was|are|were)|as\s+is))`;
  return String.raw`${before}(?:keep\s+${it}${after}*|leave\s+${it}${after}+|(?:it|they|that)\s+(?:stays?|can\s+stay|should\s+stay)${after}*|(?:i|we)\s+(?:still|do)\s+(?:need|want)\s+${it}${after}*|(?:don'?t|do\s+not)\s+(?:delete|remove|cancel)\s+${it}${after}*)`;
})();

/** "Leave the window repair where it was", once it was moved. */
const KEPT_AS_IT_WAS = String.raw`(?:(?:please|actually|but|no)[\s,]+)*(?:leave|keep|put|bring|move|set)\s+(?<kept>(?:the|my|our)\s+[^,.!?]{2,60}?)\s+(?:back\s+)?(?:to\s+)?(?:where|when|how|what|the\s+way|as)\s+(?:it|they|that)\s+(?:was|were|had\s+been)(?:\s+before)?`;

/** Moves in the conversation itself. They take the whole text, so that "stop the milk delivery" is none of them. */
export const DIALOGUE_RULES: readonly Rule[] = [
  {
    name: 'cancel',
    action: 'cancel',
    confidence: 0.99,
    pattern: whole(
      String.raw`(?:no,?\s+|oh,?\s+|ok,?\s+|okay,?\s+|actually,?\s+|please\s+|just\s+|wait,?\s+)*(?:cancel(?:\s+(?:it|that|this|please|everything|the request|request|what i said))?|stop(?:\s+(?:it|that|this|please|now))?|never\s?mind(?:\s+(?:that|it|then))?|nvm|forget\s+(?:it|that|about\s+(?:it|that)|what i said)|abort|leave\s+it(?:\s+be)?|drop\s+it|scratch\s+that|quit|exit|ignore\s+(?:that|it|me)|don't\s+bother|discard\s+that|halt|not\s+any\s?more)(?:,?\s+(?:please|then|thanks|thank you|now|i changed my mind))*`,
    ),
  },
  {
    // What is on its way is stopped; to take it for "send it" would be the worst reading there is.
    name: 'cancel.sending',
    action: 'cancel',
    confidence: 0.98,
    sure: /^/,
    pattern: whole(
      String.raw`(?:no,?\s+|wait,?\s+|stop,?\s+|please\s+|oh,?\s+|actually,?\s+)*(?:(?:don'?t|do\s+not|never)\s+(?:you\s+)?(?:send|mail|email|deliver)\s+(?:it|that|this|them|(?:the|that|this|my)\s+(?:e-?mail|mail|message|letter|draft)|(?:that|the)\s+one)(?:\s+(?:yet|now|please|off|out|after\s+all))*|(?:hold|keep)\s+(?:it|that|(?:the|that|my)\s+(?:e-?mail|mail|message|letter))\s+back|stop\s+(?:the|that|my)\s+(?:e-?mail|mail|message|letter|sending|delivery))(?:\s+please)?`,
    ),
  },
  {
    name: 'undo',
    action: 'undo',
    confidence: 0.98,
    sure: /^undo(?:\s+(?:that|it|this|everything|the\s+last(?:\s+\S+)?))?$/,
    pattern: whole(
      String.raw`(?:please\s+|ok\s+|no,?\s+|oops,?\s+)*(?:un-?delete|restore(?=\s+(?:the|that|my|it)\b)|undo|revert|roll\s?back|reverse|take\s+back)(?:\s+(?<what>[^,.!?]{1,200}))?|(?:take|turn)\s+(?:it|that)\s+back|(?:put|bring|get|move|change|switch|set|rename|call)\s+(?:all\s+(?:of\s+)?)?(?:it|that|them|everything)(?:\s+all)?\s+back(?:\s+(?:to\s+)?(?:where|what|how|the\s+way|as)\s+(?:it|they|that)\s+(?:was|were|had\s+been)(?:\s+before)?)?(?:\s+(?:again|please|now|then))*|(?:oops|that was (?:a mistake|wrong)),?\s+undo(?:\s+(?:it|that))?|(?:go|step)\s+back(?:\s+(?:a|one)\s+step)?|ctrl[\s+-]*z|${KEPT_AS_IT_WAS}|re-?do(?:\s+(?:it|that|this|please|the\s+change))*|ctrl[\s+-]*y`,
    ),
    read: (draft, recognition, groups) => {
      const what = (groups['what'] ?? groups['kept'])?.trim();
      const again = /\bre-?do\b|ctrl[\s+-]*y/.exec(draft.folded);
      if (what === undefined && again) {
        const span = { start: again.index, end: again.index + again[0].length };
        return {
          ...recognition,
          implied: [entityAt(draft, 'target', span, THE_UNDO, 'the undo that came last')],
        };
      }
      const back =
        /\b(?:put|bring|get|move|change|switch|set|rename)\s+(?:all\s+(?:of\s+)?)?(?:it|that|them|everything)(?:\s+all)?\s+back\b/.exec(
          draft.folded,
        );
      if (what === undefined && back) {
        const span = { start: back.index, end: back.index + back[0].length };
        return {
          ...recognition,
          implied: [entityAt(draft, 'target', span, LAST_DONE, 'what was done last')],
        };
      }
      if (what === undefined) return recognition;
      // "undo that and delete milk" asks for something else besides.
      if (what.split(/\s+/).length > 6 || BESIDES.test(what)) return null;
      const start = draft.folded.lastIndexOf(what);
      const named = undoTarget(what, draft.text.slice(start, start + what.length));
      if (!named) return recognition;
      const implied = [
        entityAt(draft, 'target', { start, end: start + what.length }, named, 'what is to be taken back'),
      ];
      return { ...recognition, implied };
    },
  },
  {
    name: 'repeat',
    action: 'repeat',
    confidence: 0.97,
    pattern: whole(
      String.raw`(?:sorry,?\s+|please\s+)*(?:repeat(?:\s+(?:that|it|please|the question|your question|yourself))*|(?:say|ask|tell me)\s+(?:that|it)?\s*(?:again|once more|one more time)|what\s+(?:did|was)\s+(?:you\s+(?:say|ask)|that|the question)(?:\s+again)?|come\s+again|pardon(?:\s+me)?|again(?:\s+please)?|once\s+more|i\s+didn't\s+(?:get|catch|understand)\s+that|what\??|huh|sorry\?)`,
    ),
  },
  {
    name: 'help',
    action: 'help',
    confidence: 0.98,
    pattern: whole(
      String.raw`(?:\/?help(?:\s+(?:me|please|menu))*|(?:can|could|would|will)\s+you\s+(?:please\s+)?help(?:\s+me)?(?:\s+out)?(?:\s+please)?|i\s+need\s+(?:some\s+)?help(?:\s+please)?|what\s+(?:can|could|do)\s+you\s+(?:do|offer|understand)(?:\s+for\s+me)?|what\s+(?:can|should)\s+i\s+(?:say|ask|do here|type)(?:\s+(?:to\s+)?you)?|how\s+(?:do(?:es)?|can|should)\s+(?:this|it|you|i\s+use\s+(?:this|it|you)|pulse\s?plan)(?:\s+(?:work|function|app work|thing work))?|how\s+(?:do|can|would|should)\s+i\s+(?:add|create|make|delete|remove|complete|finish|change|rename|move|edit|list|see|undo)\b[^.!?]{0,60}|show\s+(?:me\s+)?(?:the\s+)?(?:commands|help|examples)|commands|instructions|manual|usage\s+examples|who\s+are\s+you|what\s+are\s+you|\?+)`,
    ),
  },
  {
    name: 'thanks',
    action: 'thanks',
    confidence: 0.98,
    pattern: whole(
      String.raw`(?:(?:ok|okay|great|perfect|cool|nice|awesome|wonderful|good|super|yes|got it|alright|no),?\s+)*(?:thanks?(?:\s+(?:a\s+(?:lot|bunch|million)|so\s+much|very\s+much|again|you(?:\s+(?:so|very)\s+much)?|for\s+(?:that|the help|your help|everything|helping)|man|buddy|mate))*|thank\s?you(?:\s+(?:so\s+much|very\s+much|again|kindly|for\s+(?:that|the help|your help|everything)))*|thx(?:\s+(?:a\s+lot|so\s+much|again))?|thanx|tysm|ty|cheers|much\s+appreciated|(?:i\s+)?(?:really\s+)?appreciate\s+(?:it|that|your help)|that(?:'s|\s+was)\s+(?:very\s+)?helpful|(?:great|good|nice|awesome)\s+(?:job|work)|well\s+done|many\s+thanks|you(?:'re| are)\s+(?:the best|great|awesome))(?:[,!\s]+(?:${NAME}|bye|that's all))*`,
    ),
    // "no thanks" declines something; it does not thank for it.
    read: (draft, recognition) =>
      /^[\s,.!]*no[\s,]+(?:thanks|thank|thx|ty)/.test(draft.folded) ? null : recognition,
  },
  {
    name: 'greeting',
    action: 'greeting',
    confidence: 0.98,
    pattern: whole(
      String.raw`(?:(?:oh|ah|and|also|btw|by\s+the\s+way|sorry|well|wait|first(?:\s+of\s+all)?)[\s,]+)*(?:(?:hi+|hello+|hey+|hiya|howdy|yo|greetings|(?:a\s+(?:very\s+)?)?good\s+(?:morning|afternoon|evening|day)|morning|g'day|sup|what'?s\s+up|hallo|welcome\s+back)(?:[\s,]+(?:${NAME}|hi|hello|hey|good\s+(?:morning|afternoon|evening|day)|how\s+are\s+you(?:\s+(?:doing|today))*|how's\s+it\s+going|what'?s\s+up))*|how\s+are\s+you(?:\s+(?:doing|today))*|how's\s+it\s+going|nice\s+to\s+(?:meet|see)\s+you)(?:[\s,]+(?:by\s+the\s+way|btw|first(?:\s+of\s+all)?|though|to\s+(?:you|all)(?:\s+(?:too|as\s+well))?|too|as\s+well))*`,
    ),
  },
  {
    name: 'goodbye',
    action: 'goodbye',
    confidence: 0.98,
    pattern: whole(
      String.raw`(?:(?:ok|okay|alright|thanks|well|thank you),?\s+)*(?:(?:good\s?)?bye+(?:\s?-?bye)?|see\s+(?:you|ya)(?:\s+(?:later|soon|tomorrow|around|then|next time))?|cya|laters?(?=\s*!|[\s,]+(?:${NAME}|bye|thanks))|talk\s+to\s+you\s+(?:later|soon|tomorrow)|ttyl|good\s?night|have\s+a\s+(?:good|nice|great)\s+(?:day|one|night|evening|weekend)|take\s+care|i(?:'m| am)\s+(?:off|out|leaving)|that(?:'s| is| will be)\s+all(?:\s+for\s+(?:now|today))?|farewell|so\s+long|gotta\s+go|i\s+(?:have\s+to|gotta)\s+go)(?:[\s,]+(?:${NAME}|for now|now|thanks|thank you))*`,
    ),
  },
  {
    name: 'deny',
    action: 'deny',
    confidence: 0.98,
    pattern: whole(
      String.raw`${KEEP}|(?:no+|nope|nah|naw|n|nay|negative|don't|do\s+not|(?:please\s+)?don't\s+(?:do\s+(?:it|that)|delete(?:\s+(?:it|them|that|anything))?)|not\s+(?:now|really|yet|that|this time|at all)|no\s+way|wrong|incorrect|that(?:'?s|\s+is)\s+(?:wrong|not right|incorrect|not (?:it|what i (?:meant|want(?:ed)?)))|absolutely not|certainly not|(?:i(?:'d| would| had)\s+)?(?:better|rather|maybe|probably|perhaps)\s+not|i\s+(?:don'?t|do\s+not)\s+think\s+so|keep\s+(?:it|them)|👎|❌|🙅)(?:[\s,]+(?:no|thanks|thank you|thx|please|don't|do not|not now|i don't|keep (?:it|them)|way|sorry|ty|(?:better|rather|maybe) not))*`,
    ),
  },
  {
    name: 'affirm',
    action: 'affirm',
    confidence: 0.98,
    pattern: whole(
      String.raw`(?:yes+|yep|yup|yeah+|yea|ya|y|aye|ok(?:ay)?|k|kk|sure(?:\s+thing)?|correct|right|exactly|absolutely|definitely|certainly|of\s+course|affirmative|confirm(?:ed)?|agreed|do\s+(?:it|so|that)|go\s+(?:ahead|for\s+it)|please\s+do|sounds\s+(?:good|great|fine|right)|that(?:'?s|\s+is)\s+(?:right|correct|fine|good|it|perfect|ok|okay)|perfect|fine(?:\s+(?:by|with)\s+me)?|looks\s+good|good|great|cool|alright|all\s+right|why\s+not|make\s+it\s+so|proceed|continue|i\s+(?:confirm|agree|do|am sure)|i'm\s+sure|indeed|👍|✅|👌)(?:[\s,]+(?:yes|yeah|please|sure|do (?:it|that|so)|go ahead|that(?:'s| is) (?:right|correct|fine)|delete (?:it|them|all|them all)|confirm|thing|right|ok|okay|of course|i'm sure|thanks|thank you|exactly|correct))*`,
    ),
    read: (draft, recognition) => (/^[\s,.!]*good\s*[?]/.test(draft.folded) ? null : recognition),
  },
];

const BESIDES =
  /\s(?:and|then)\s+(?:then\s+)?(?:add|create|delete|remove|move|rename|mark|change|set|show|remind|put|make)\s/;

/** The undo that came last, to be undone itself. */
const THE_UNDO: Target = { kind: 'receipt', query: UNDO_NAME };

const LAST_DONE: Target = { kind: 'receipt', query: BACK_NAME };

/** "the last two" → the last, two of them; "the meeting" → by words; "that" → the last one. */
export function undoTarget(folded: string, original: string): Target | null {
  const words = folded
    .replace(/[.!?]+$/, '')
    .replace(/\s+(?:again|please|now|then|thanks)$/, '')
    .trim();
  // "Undo that too", said after an undo, is about the change before.
  if (
    /^(?:(?:it|that|this)(?:\s+one)?|the\s+(?:change|one)\s+before(?:\s+(?:it|that))?)\s+(?:too|also|as\s+well)$/.test(
      words,
    )
  )
    return { kind: 'receipt', reference: 'last' };
  if (/^(?:(?:the|that|my|this|last|previous|your)\s+)*undo(?:ing)?$/.test(words)) return THE_UNDO;
  if (
    /^(?:it|that|this|please|(?:that|the|my)?\s*(?:last|latest|previous)(?:\s+(?:one|thing|change|action|step|edit|command))?|the change|my (?:last )?change)$/.test(
      words,
    )
  )
    return { kind: 'receipt', reference: 'last' };
  if (/^(?:both|both of (?:them|those|these)|(?:the )?(?:two|2) of (?:them|those|these))$/.test(words))
    return { kind: 'receipt', reference: 'last', ordinal: 2 };
  if (/^(?:all|everything|all of (?:it|them|that)|all (?:my )?changes)$/.test(words))
    return { kind: 'receipt', reference: 'all' };
  const several =
    /^(?:the |my )?(?:last|previous)\s+(?<count>(?:an?\s+|one\s+)?hundred|[a-z]+|\d{1,6})(?:\s+\w+)?$/.exec(
      words,
    )?.groups?.['count'];
  const count =
    several === undefined
      ? undefined
      : (CARDINALS.get(several) ??
        (several.endsWith('hundred') ? 100 : undefined) ??
        (/^\d+$/.test(several) ? Number(several) : undefined));
  if (count !== undefined && count > 0) return { kind: 'receipt', reference: 'last', ordinal: count };
  const nth = /^(?:the )?(?<nth>[a-z]+)(?: one| change)$/.exec(words)?.groups?.['nth'];
  const ordinal = nth === undefined ? undefined : ORDINALS.get(nth);
  if (ordinal !== undefined) return { kind: 'receipt', reference: 'ordinal', ordinal };
  const query = original
    .replace(/^(?:the|my|that|of)\s+/i, '')
    .replace(/[.!?]+$/, '')
    .trim();
  return query === '' ? null : { kind: 'any', query };
}
