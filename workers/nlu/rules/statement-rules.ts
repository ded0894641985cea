import type { Draft, Recognition } from '../draft.ts';
import { pickDeadline, timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import { isVagueTitle } from '../vague-titles.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

/** Verbs that begin what people jot down as things to do. */
const VERBS =
  'turn|shut|ship|load|unload|hem|glue|bleed|frame|harvest|patch|tile|plaster|varnish|mount|attach|charge|unclog|bleach|marinate|freeze|thaw|knit|shave|trade|swap|donate|nominate|vote|audit|benchmark|merge|migrate|release|document|outline|summarise|summarize|memorise|memorize|solve|calculate|invoice|bill|claim|cash|insure|lock|unlock|decorate|paint|hoist|rinse|soak|steam|accept|apply|arrange|ask|assemble|attend|backup|back up|bake|bathe|begin|book|borrow|bring|brush|build|buy|call|charge|chase|check|choose|clean|clear|climb|code|collect|compare|compile|confirm|contact|cook|copy|cut|debug|declutter|defrost|deliver|deploy|deposit|descale|design|dig|discuss|do|donate|download|draft|draw|drive|drop|dust|email|empty|enrol|enroll|exchange|exercise|feed|fetch|figure out|file|fill|film|find|finalise|finalize|finish|fix|fold|follow|get|give|go|google|grab|grade|hang|hire|hoover|implement|inform|inspect|install|interview|investigate|invite|iron|jog|join|learn|lend|listen|look into|mail|make|measure|meditate|meet|mend|message|mow|negotiate|oil|order|organise|organize|pack|paint|park|pay|phone|pick|ping|plan|plant|play|polish|post|practice|practise|prep|prepare|present|print|proofread|prune|publish|purchase|put|rake|read|rebook|recharge|record|recycle|refactor|refill|register|rehearse|renew|rent|repair|replace|reply|report|request|research|reserve|reset|respond|restock|return|review|revise|rewrite|ring|rsvp|run|sand|scan|schedule|scrub|sell|send|service|set|sew|share|shop|shovel|sign|sketch|skype|sort|start|stretch|study|submit|sweep|swim|switch|take|talk|teach|tell|test|text|thank|tidy|top up|train|transfer|translate|treat|trim|try|tune|unpack|update|upgrade|unsubscribe|subscribe|upload|vacuum|validate|vet|visit|volunteer|wake|walk|wash|watch|water|weed|weigh|wipe|withdraw|wrap|write|grease|sharpen|tighten|loosen|fasten|weld|solder|sterilise|sterilize|disinfect|repot|fertilise|fertilize|transplant|insulate|reconcile|refuel|tow|groom|vaccinate|transcribe|annotate|digitise|digitize|brainstorm|photocopy|laminate|scrape|peel|roast|boil|fry|rotate|reseal|relabel|restring|retile|repaint|redo|rehang|reheat|resand|repackage|unwrap|unbox|untangle|hand in|hand out|drop off|pick up|set up|wind up|hang up|clean up|clear out|look up|fill in|fill out|sign up|sign off|chase up|put up|put away|take out|take down|write up|write down|read through|go through|go over';

/** Of these, what people also tell an assistant to do for them; the others nobody says but to note them down. */
const TOLD_TO_US = new Set(
  'turn shut load frame attach charge freeze swap vote merge release document outline summarise summarize solve calculate lock unlock accept apply arrange ask assemble attend begin book bring check choose clear code collect compare compile confirm contact copy cut deliver deploy design dig discuss do download draft draw drive drop email empty exchange fetch figure file fill film find follow freeze get give go google grab grade hang hire inform inspect install interview invite join learn lend listen look mail make measure meet message negotiate order organise organize park phone pick ping plan play post prepare present print publish purchase put read record register rehearse rent replace report request reserve reset respond rewrite ring run scan schedule sell send service set share show sign skype sort start summarise switch take talk teach tell test text thank top track train transfer translate treat trim try tune unsubscribe subscribe update upgrade upload validate visit wake walk vet watch wipe withdraw wrap write rebook ship'.split(
    ' ',
  ),
);

/** Beside a time they are notes after all: "call Bob tomorrow", "email Ann by friday". */
const NOTED_WITH_TIME = new Set(
  'attend call collect compare deliver discuss draft drive drop email file fill fix follow fetch inform install interview learn mail mail message park phone pick prepare present print publish purchase record register rehearse rent replace reply respond return review rewrite ring rsvp sell send serve sign skype sort submit talk teach test text thank train update upgrade upload visit vote walk watch wrap write'.split(
    ' ',
  ),
);

/** How questions and remarks begin. */
const TALK =
  /^(?:what|when|where|who|why|how|which|is|are|was|were|will|would|can|could|does|did|do|i'm|i|you|it|that|there|he|she|they|we|no|yes|actually|but|the weather)\b/;

const CHORES = String.raw`laundry|ironing|washing(?:\s+up)?|dishes|hoovering|vacuuming|dusting|cleaning|groceries|grocery\s+shopping|food\s+shopping|bins|recycling|trash|garbage|rubbish|homework|gardening|weeding`;

/** Plain statements that sound like something to do. They are taken as tasks, with room for doubt. */
export const STATEMENT_RULES: readonly Rule[] = [
  {
    // "laundry every tuesday evening"
    name: 'statement.chore',
    action: 'create_task',
    confidence: 0.93,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?<body>(?<chore>(?:do\s+(?:the\s+|some\s+)?)?(?:${CHORES}))[\s,]+\S.*)$`,
      'ds',
    ),
    // Nothing but how often is said of it.
    read: (draft, recognition, { chore = '' }) => {
      const { body } = recognition;
      const often = repetitionIn(draft, body);
      if (!often) return null;
      const beside =
        draft.folded.slice(body.start + chore.length, often.start) + draft.folded.slice(often.end, body.end);
      return /[\p{L}\p{N}?]/u.test(beside) ? null : recognition;
    },
  },
  {
    name: 'statement.verb',
    action: 'create_task',
    confidence: 0.75,
    pattern: new RegExp(String.raw`^(?<body>(?:to\s+)?(?:${VERBS})\b(?!['’:])(?:\s.*)?)$`, 'ds'),
    read: (draft, recognition) => {
      const body = foldedSlice(draft, recognition.body);
      // A question or a remark to us is no entry of a list.
      if (
        /[?]\s*$/.test(draft.folded) ||
        /^(?:tell me|give me|show|ask me|do you|do i|does|did|let me|thank you|check if you|play (?:some |me )?(?:music|song)|go (?:away|on)\b|get lost|write me a|tell a|sing|set (?:an? )?(?:alarm|timer))\b/.test(
          body,
        )
      )
        return null;
      if (NAMES_AN_EVENT.test(body) || /^vet\s+(?:for|at|on|today|tomorrow|\w+day|\d)\b/.test(body))
        return null;
      const words = body.replace(/^to\s+/, '').split(/\s+/);
      if (words.length === 1 && !isVagueTitle(body)) return null;
      if (CHORE.test(body)) return { ...recognition, rule: 'statement.activity', sure: true };
      return isNote(draft, recognition, words)
        ? { ...recognition, rule: 'statement.activity', ...(PLAIN_NOTE.test(body) && { sure: true }) }
        : recognition;
    },
  },
  {
    name: 'statement.urgent',
    action: 'create_task',
    confidence: 0.75,
    sure: /^(?:urgent|important|asap)\s*:/,
    pattern: new RegExp(String.raw`^(?<body>(?:urgent|important|asap)\s*[:,!-]*\s*(?:${VERBS})\b.*)$`, 'ds'),
  },
  {
    name: 'statement.timed',
    action: 'create_task',
    confidence: 0.75,
    pattern: /^(?<body>\S.*)$/ds,
    // "tomorrow at 5pm call Bob"
    read: (draft, recognition) => {
      const { start, end } = recognition.body;
      if (end - start > 600 || /[?]\s*$/.test(draft.folded)) return null;
      const near = { start, end: Math.min(end, start + 80) };
      const time = timesIn(draft, near)[0];
      // "every day take vitamins" begins with how often.
      const often = repetitionIn(draft, near);
      const begins = time && time.leadStart <= start ? time : often && often.start <= start ? often : null;
      if (!begins) return null;
      const first = often && often.start <= start && often.end > begins.end ? often : begins;
      const rest = draft.folded
        .slice(first.end, end)
        .replace(/^[\s,:-]+(?:(?:i (?:need|have|want) to|to|i must|please)\s+)?/, '');
      return looksLikeActivity(rest) ? recognition : null;
    },
  },
  {
    name: 'statement.deadline',
    action: 'create_task',
    confidence: 0.72,
    sure: /^(?!(?:move|push|change|make|set|shift|finish|done)\b)(?:[\p{L}'-]+\s+){1,4}by\s/u,
    pattern: /^(?<body>\S.*)$/ds,
    // A noun with its deadline: "physics homework due friday", "tax return by the 15th".
    read: (draft, recognition) => {
      const words = foldedSlice(draft, recognition.body);
      if (words.length > 300 || /[?]\s*$/.test(draft.folded) || TALK.test(words)) return null;
      const deadline = pickDeadline(draft, timesIn(draft, recognition.body));
      if (
        !deadline ||
        (deadline.lead !== 'by' && deadline.lead !== 'before') ||
        deadline.leadStart <= recognition.body.start + 2
      )
        return null;
      return recognition;
    },
  },
  {
    name: 'statement.often',
    action: 'create_task',
    confidence: 0.75,
    // A noun with how often: "gym 3x a week until christmas".
    pattern:
      /^(?<body>(?:[\p{L}'-]+\s+){1,3}(?:\d\s?x|once|twice|thrice|(?:\d|two|three|four|five|six)\s+times)\s+(?:an?|per|each|every)\s+(?:day|week|month|year)\b.*)$/dsu,
    sure: /^/,
    read: (draft, recognition) =>
      /[?]\s*$/.test(draft.folded) ||
      TALK.test(foldedSlice(draft, recognition.body)) ||
      !repetitionIn(draft, recognition.body)
        ? null
        : recognition,
  },
];

function isNote(draft: Draft, { body }: Recognition, [verb = '', object = '']: readonly string[]): boolean {
  if (!TOLD_TO_US.has(verb)) return true;
  if (!NOTED_WITH_TIME.has(verb) || /^(?:me|us|it|this|that)$/.test(object)) return false;
  return timesIn(draft, body).some(({ past }) => !past) || repetitionIn(draft, body) !== null;
}

const OUT = 'trash|garbage|rubbish|bins?|recycling|compost|litter|dogs?';
/** What leaves the house is no entry that is to be taken out of a list; who does the dishes asks nobody to have done them. */
const CHORE = new RegExp(
  String.raw`^take\s+(?:out\s+(?:the\s+|my\s+|our\s+)?(?:${OUT})\b|(?:the\s+|my\s+|our\s+)?(?:${OUT})\s+out\b)|^do\s+(?:(?:the|my|our|some)\s+)?(?:${CHORES}|shopping|tax(?:es|\s+return)|accounts|books|paperwork)\b(?!.*\b(?:instead|should|update|move|change)\b)`,
);

/** What only notes say beside the deed: how urgent it is, its tags, how long it takes, when a mail is due. */
const PLAIN_NOTE =
  /(?:^|[\s,(])(?:not urgent|(?:low|medium|high|top) priority|priority (?:low|medium|high)|(?:tagged|with (?:the )?tags?)\s+\S+)|\sfor (?:\d+|an?|half an?) (?:min(?:ute)?s?|hours?)\b|^(?:e-?mail|write (?:an? e-?mail )?to|reply to|answer)\s(?!.*\b(?:asking|saying|telling|that)\b).*\b(?:tomorrow|tonight|(?:by|every|on) \w+day)$/;

/** "design review", "swim class": the verb only says of what kind the event is. */
export const NAMES_AN_EVENT =
  /^(?:design|code|test|document|report|budget|contract|book|film|study|run|walk|swim|dance|paint|draw|cook|bake|knit|sketch|practice|play|trade|planning|research|service|release|sell|pitch|train|board|present|draft|build|search|plan|travel|sing|climb|drive|audit|record|request|share|project|post|order|return)\s+(?:reviews?|class|lessons?|sessions?|club|group|rehearsal|workshop|course|retro|demo|crit|clinic|kick-?off|check-?in|stand-?up|sync|meetings?|night|jam)\b(?!\s+(?:notes|slides|agenda|report|book|fee|room)s?\b)/;

const FIRST_VERB = new RegExp(String.raw`^(?:${VERBS})\b`);

/** Whether words begin with a verb of something to do. */
export const startsWithVerb = (folded: string): boolean => FIRST_VERB.test(folded);

/** Whether words begin with a verb of something to do and say more than the verb. */
export function looksLikeActivity(folded: string): boolean {
  return FIRST_VERB.test(folded) && /\S\s+\S/.test(folded);
}
