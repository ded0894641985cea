import { DROP_CHOICE, type OpenQuestion } from '../../contracts/clarification.ts';
import type { Slot } from '../../contracts/slots.ts';
import { clausesOf } from './chatter.ts';
import type { Draft } from './draft.ts';

/** What gets somebody out of a question without answering it; `return`: they ask for the question again. */
type WayOut = 'skip' | 'drop' | 'return';

const THING = String.raw`(?:thing|task|to-?do|event|meeting|appointment|reminder|e-?mail|mail|draft|message|question|idea|request|plan|search)`;
const IT = String.raw`(?:it|that|this|them|these|those)`;
const DEED = String.raw`(?:send|delete|cancel|remove|complete|finish|change|create|add|move|do|make|schedule|book|save|draft|write|plan|reschedule|postpone|set)`;
/** The whole undertaking is given up. */
const DROP = [
  String.raw`never\s?mind(?:\s+(?:about\s+)?${IT})?|nvm`,
  String.raw`forget\s+(?:(?:about\s+)?${IT}|(?:about\s+)?the\s+(?:whole\s+)?${THING}|(?:i\s+(?:said|asked)|what\s+i\s+said).*|everything)`,
  String.raw`(?:cancel|drop|scrap|scratch|ditch|abort|kill|lose)\s+(?:${IT}|the\s+whole\s+${THING}|everything)`,
  String.raw`stop(?:\s+(?:it|that|this|now))?`,
  String.raw`(?:don't|do not|dont)\s+bother(?:\s+(?:with\s+)?${IT})?`,
  String.raw`(?:i|we)\s+(?:don't|do not|dont|no longer)\s+(?:need|want)\s+(?:${IT}|one|to|the\s+${THING}|an?\s+${THING})(?:\s+(?:any\s?more|now|at all|after all))?`,
  String.raw`no\s+need(?:\s+(?:for\s+${IT}|any\s?more|to))?`,
  String.raw`not\s+(?:needed|necessary)(?:\s+(?:any\s?more|now|after all))?`,
  String.raw`(?:please\s+)?(?:don't|do not|dont)\s+${DEED}\s+(?:anything|${IT}|any(?:\s+of\s+${IT})?|an?\s+${THING}|the\s+${THING})(?:\s+(?:any\s?more|now|at all|after all))?`,
  String.raw`(?:i(?:'ve| have)?\s+)?changed\s+my\s+mind`,
];
/** It stays as it is: nothing is changed, where something was to be. */
const KEEP = String.raw`(?:leave|keep)\s+(?:${IT}|everything|all of them)(?:\s+(?:all|alone|be|(?:as|where|how|the way|like)\s+(?:it|they|that)?\s*(?:is|are|was|were)?))?|(?:it|they|that)\s+(?:stays?|can stay|remains?)(?:\s+(?:as|where|how|the way)\s+(?:it|they)\s+(?:is|are|was|were))?`;
/** After these a clause goes on with why. */
const WHY = String.raw`(?=$|\s+(?:it|i|i'll|i've|i'm|he|she|we|they|my|our|because|cause|cos|since|for now|then|please|thanks|now|any\s?more|actually|after all|lol|all of)\b)`;
const NONE_OF = String.raw`(?:none|neither|not any|nothing)(?:\s+(?:of\s+(?:them|these|those)|here))?`;

const DROPPED = new RegExp(`^(?:${DROP.join('|')})${WHY}`);
const KEPT = new RegExp(`^(?:${KEEP})${WHY}`);
const NONE = new RegExp(`^(?:${NONE_OF})$`);

const OK = String.raw`(?:\s+(?:is|are|would be)\s+(?:fine|ok|okay|good|best|nice|great|alright)(?:\s+(?:by|with|for)\s+me)?|\s+works?(?:\s+for\s+me)?|\s+will\s+do|\s+(?:please|for me|thanks))`;
const YET = String.raw`(?:\s+(?:yet|right now|now|for now|really|to me|me|for me|please|thanks|anyway|at all))*`;
/** The asked value is left to its default, or to us. */
const SKIP = new RegExp(
  `^(?:${[
    String.raw`(?:skip|pass|next)(?:\s+(?:${IT}|it all|this one|that one|one|the\s+question|question|on\s+(?:this|that)))?`,
    String.raw`(?:no\s+)?(?:you|u)(?:\s+can)?\s+(?:choose|decide|pick|say|tell me)(?:\s+(?:one|it|something|for me|that))*`,
    String.raw`your\s+(?:choice|call|pick|guess)`,
    String.raw`(?:it's\s+|its\s+)?up\s+to\s+you|surprise\s+me|move\s+on`,
    String.raw`(?:i'll\s+|i\s+will\s+)?leave\s+${IT}\s+(?:up\s+)?to\s+you`,
    String.raw`(?:just\s+)?(?:name|call|write|put|pick|choose|say|do|take|use)\s+(?:it\s+|in\s+)?(?:something|anything|whatever)(?:\s+.{0,40})?`,
    String.raw`(?:whatever|whenever|wherever|whoever|anything|anywhere|any\s?time|any\s+(?:one|day|time|place|list)|any|either(?:\s+one)?)(?:\s+(?:you\s+(?:think|want|like|prefer|say|choose)(?:\s+(?:is\s+)?(?:best|nice|good|fine|right|fits))?|fits(?:\s+best)?|suits(?:\s+you)?))?${OK}?`,
    String.raw`(?:i|we)\s+(?:don't|do not|dont)\s+(?:really\s+)?(?:care|know|mind)(?:\s+(?:when|where|who|which|what|how long))?${YET}`,
    String.raw`idk(?:\s+(?:when(?:ever)?|what(?:ever)?|any))?|dunno|no\s+(?:idea|clue|preference|opinion|matter)${YET}|(?:i'm\s+|i am\s+|we're\s+)?not\s+sure(?:\s+(?:when|what|who|where|which|how long))?${YET}|dont\s+(?:care|know|mind)`,
    String.raw`(?:we\s+|i\s+)?(?:haven't|have not|hasn't|didn't|did not)\s+(?:been\s+)?(?:decided?|chosen|choose|settled|figured\s+(?:it|that)\s+out|thought\s+about\s+it)${YET}`,
    String.raw`(?:it's\s+)?(?:not\s+(?:decided|fixed|known|clear|settled|set)|undecided|unclear|open|tbd|tba|to be (?:decided|determined|announced))${YET}`,
    String.raw`(?:it|that)?\s*(?:doesn't|does not|dont|don't|won't)\s+(?:really\s+)?matter${YET}|not\s+important|makes no difference`,
    String.raw`(?:the\s+)?(?:usual|default|standard)(?:\s+(?:one|thing|length|time|amount|place))?${OK}?|as\s+(?:usual|always)`,
    String.raw`(?:leave|keep)\s+(?:${IT}|the\s+\w+)\s+(?:open|blank|empty|out|off|for\s+now|undecided|without)`,
    String.raw`(?:just\s+)?(?:save|keep|leave|add|create)\s+(?:it\s+)?(?:as\s+(?:it\s+)?is|like\s+(?:that|this)|without(?:\s+(?:one|it|any))?)`,
    String.raw`who\s+cares|whenever\s+.{1,40}|the\s+sooner\s+the\s+better|nowhere`,
    String.raw`(?:it|this|that|there)(?:'s|\s+(?:has|have|needs|is|are))\s+none|(?:it|this|that|there)\s+(?:doesn't|does\s+not|isn't|is\s+not)\s+(?:(?:have|need)\s+)?(?:one|any)`,
    String.raw`without(?:\s+(?:one|it|any|that))?|nothing|none`,
    String.raw`(?:maybe\s+|i'll\s+do\s+(?:it|that)\s+)?(?:later|another\s+time)(?:\s+(?:on|please))?`,
    String.raw`(?:i'll|i will|we'll|i can|let me)\s+(?:fill|do|add|decide|tell|set|say|think|let|see|figure|put|choose|pick|enter|write).*\b(?:later|then|another time|afterwards|some other time|in time)`,
  ].join('|')})$`,
);

const SKIPS_IT = new RegExp(
  String.raw`^(?:let's\s+|just\s+|ok(?:ay)?\s+)*skip\s+${IT}(?:\s+(?:one|then|for\s+now))*$`,
);

/** What the asked value is called when somebody wants none of it. */
const CALLED: Partial<Record<Slot, string>> = {
  due_date: 'due date|deadline|date|day|time|due',
  start: 'time|date|start|day',
  end: 'end|end time|time',
  remind_at: 'time|date',
  duration_minutes: 'duration|length|limit|time limit|estimate',
  date_range: 'dates?|range|limit',
  recurrence: 'repeats?|repetition|recurrence',
  priority: 'priority|prio',
  participants: 'participants|guests|people|attendees|one|one else|body|body else',
  recipient: 'recipient|name',
  subject: 'subject|subject line|title|topic',
  body: 'body|text|message',
  location: 'location|place|address|venue|room',
  list: 'lists?',
  tags: 'tags?|labels?',
  title: 'title|name',
  email_type: 'type|kind',
};

/** They did not get the question. */
const AGAIN =
  /^[\s,.!]*(?:(?:sorry|oh|uh+|um+|wait|hm+|ok|okay|excuse me|and)[\s,.!?]+)*(?:what\s+(?:do|did|would)\s+you\s+(?:mean|want|need|ask)(?:\s+(?:by\s+(?:that|this|it)|to know|from me|again))?|say\s+what|come\s+again|excuse\s+me|how\s+do\s+you\s+mean|meaning|(?:what|which)\s+(?:was|is|were|are)\s+(?:that|it|they|these|those|the\s+(?:question|options|choices|ones|candidates))(?:\s+again)?|what\s+(?:options|choices)(?:\s+(?:do\s+i\s+have|are\s+there))?|(?:which|what)\s+(?:ones|tasks|events)(?:\s+(?:are\s+there|do\s+you\s+mean|can\s+i\s+choose))?|(?:like|such\s+as)\s+what|i\s+(?:didn't|did\s+not|couldn't|don't|do\s+not|dont)\s+(?:quite\s+)?(?:hear|catch|follow|understand|get)(?:\s+(?:you|that|it|this|what\s+you\s+(?:said|mean|meant|want)|the\s+question))*|i'?m\s+confused)[\s.!?]*$/;

/** What the text is to a question, when it answers by none of its types. */
export function wayOut(draft: Draft, question: OpenQuestion): WayOut | null {
  const { folded } = draft;
  if (folded.length > 300) return null;
  if (AGAIN.test(folded)) return 'return';
  const all = clausesOf(folded);
  const clauses = all.filter((clause) => !/^(?:no+|nah|nope)$/.test(clause));
  const [first] = clauses;
  const last = clauses.at(-1);
  const offersNone = question.choices.some(({ choice_id: id }) => id === DROP_CHOICE);
  if (first === undefined || last === undefined)
    return all.length > 0 && offersNone && question.kind === 'choice' ? 'drop' : null;
  const changes = !/^(?:create|draft|set|list|find|plan|search|show|daily|weekly)/.test(question.action);
  const gives = either(
    (clause) =>
      DROPPED.test(clause) ||
      (changes && KEPT.test(clause)) ||
      ((question.slot === 'target' || offersNone) && NONE.test(clause)),
  );
  if (gives(first)) return 'drop';
  // "nobody, forget it": the end of it counts.
  if (
    clauses.length > 1 &&
    either((clause) => DROPPED.test(clause))(last) &&
    !/^(?:tell|say|write|that)\b/.test(first)
  )
    return 'drop';
  // To keep what overlaps is no default that anybody wants who skips it.
  if (
    question.choices.some(({ choice_id: id }) => id === 'keep') &&
    either((clause) => SKIPS_IT.test(clause))(last)
  )
    return 'drop';
  const called = CALLED[question.slot];
  const wantsNone =
    called === undefined
      ? null
      : new RegExp(
          String.raw`^(?:no|without(?:\s+an?)?)\s*(?:(?:particular|specific|special|real|fixed|exact)\s+)?(?:${called})${YET}$`,
        );
  const alone =
    question.slot === 'participants'
      ? /^(?:just|only)?\s*(?:me|myself|for me|by myself)(?:\s+alone)?$/
      : null;
  const skips = either(
    (clause) => SKIP.test(clause) || wantsNone?.test(clause) === true || alone?.test(clause) === true,
  );
  return clauses.every(skips) ? 'skip' : null;
}

/** A "no" before a clause is part of it ("no list"), or not ("no forget that"). */
const either =
  (fits: (clause: string) => boolean) =>
  (clause: string): boolean =>
    fits(clause) || fits(clause.replace(/^(?:(?:no+|nah|nope)\s+)+/, ''));
