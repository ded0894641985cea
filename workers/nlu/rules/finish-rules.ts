import type { Draft, Recognition } from '../draft.ts';
import { mentions } from '../extract/change.ts';
import { timesIn } from '../extract/times.ts';
import { lastTarget } from '../extract/target.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { foldedSlice, withoutTarget } from './rule.ts';

/** Verbs that begin names of tasks and no others: "complete wash the car" ticks off, "complete the form" may be work. */
const DEEDS =
  'wash|buy|call|pay|feed|mow|iron|vacuum|hoover|water|clean|cook|send|take|bring|walk|fix|order|renew|return|pick up|drop off|hang|fold|empty|write|read|mail|email|e-mail|phone|ring|sweep|mop|tidy|shop|book|get|make|do';

/** What is told of oneself when something on the list is done. */
const SURELY_DID =
  'called|phoned|emailed|texted|paid|bought|washed|vacuumed|hoovered|mowed|ironed|watered|mopped|renewed|returned|submitted|booked|cleaned|fixed|posted';
const DID = `${SURELY_DID}|rang|sent|fed|ordered|collected|picked|dropped|swept|tidied|folded|emptied|signed|printed|packed|wrapped|cancelled|repaired|replaced|changed|visited|invited`;

const WORD = String.raw`(?:(?!(?:and|but|because|that|so|if|about|who|which|when|for|to|until)\b)[^\s,;:.?!]+)`;

export const COMPLETE_RULES: readonly Rule[] = [
  {
    name: 'complete.bare',
    action: 'complete_task',
    confidence: 0.95,
    pattern:
      /^(?:(?:ok|okay|thanks|thank you|thx|great|yes|yep|got it|alright)[\s,.!]+)*(?:(?:(?:all|i'm|i am|it's|it is|that's|that is|already)\s+)?(?:done|finished|completed)(?:\s+(?:it|that|with\s+(?:it|that)))?|(?:i\s+)?(?:already\s+|just\s+)?(?:did|finished|took) it|dismiss(?:ed)?(?:\s+(?:it|this|that|(?:the|this|that|my)\s+(?:reminder|alarm|timer|notice|notification)))?)(?:\s+(?:already|now))?$/ds,
    // No item is named: the one spoken of last, or one of the list just shown.
    read: (draft, recognition) => nothingNamed(draft, recognition),
  },
  {
    name: 'complete.mark',
    action: 'complete_task',
    confidence: 0.98,
    pattern:
      /^(?!call\s.*\soff$)(?:mark|set|flag|check|tick|cross|call|consider|make)\s+(?:off\s+)?(?<target>.+?)\s+(?:(?:(?:as|to|off as|is)\s+)?(?:done|complete|completed|finished|off)|as\s+(?:paid|bought|sent|submitted|handed in|handled|sorted|settled|resolved))$|^(?:check|tick|cross|mark)\s+off\s+(?<target2>.+)$|^(?:mark|check|tick|cross)\s+(?:as\s+)?(?:done|complete|completed|finished|off)\s*:?\s+(?<target3>.+)$/ds,
    sure: /^(?:mark|tick off|check off|cross off)\s+(?:the|my)\s+.*\s(?:task|to-?do)\s.*(?:done|complete|completed|finished)$|^(?:mark|set|tick off|check off|cross off)\s+(?:all|every|each|everything)\b.*(?:done|complete|completed|finished)$|^(?:tick|check|cross)\s+off\s+(?:all|every|each|everything)\b/s,
    read: (draft, recognition) => positive(draft, recognition),
  },
  {
    name: 'complete.done',
    action: 'complete_task',
    confidence: 0.97,
    pattern:
      /^(?:(?:i\s+am|i'm|im|we're|all|just|finally)\s+)*(?:done|finished|through)\s+(?:with\s+)?(?<target>.+?)(?:\s+already)?$|^(?:i|we)(?:'ve|\s+have)?(?:\s+(?:just|already|finally|now|also))*\s+(?:finished|completed|done|did|finish|took care of|taken care of|dealt with|got done with|got through|handled)\s+(?:with\s+)?(?<target2>.+)$|^(?:done|finished|completed)\s*[:,-]\s*(?<target3>.+)$/ds,
    read: (draft, recognition) => positive(draft, behindDeed(draft, recognition)),
  },
  {
    name: 'complete.state',
    action: 'complete_task',
    confidence: 0.96,
    pattern:
      /^(?<target>.+?)(?:\s+(?:is|are|has been|have been|was|were|got)|'s(?:\s+been)?)\s+(?:all\s+|now\s+|already\s+|finally\s+)*(?:done|finished|complete|completed|ready to be checked off|taken care of)(?:\s+(?:now|already|today))?$|^(?:i\s+)?(?:got|have)\s+(?<target2>.+?)\s+(?:done|finished|completed)$|^(?<target3>.+?)(?:\s*[-:,])?\s+(?:done|completed|finished)$/ds,
    read: (draft, recognition) => {
      const hit = positive(draft, withoutIs(draft, recognition));
      const words = hit?.target ? foldedSlice(draft, hit.target) : '';
      return /^(?:what|which|who|how|is|are|show|list|when|i|get|i need to get|not|nothing|have|to get)\b/.test(
        words,
      )
        ? null
        : hit;
    },
  },
  {
    // "i called mum"
    name: 'complete.deed',
    action: 'complete_task',
    confidence: 0.95,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:(?:i|we)(?:'ve|\s+have)?\s+(?:(?:just|already|finally|also|now)\s+)*(?:${DID})|(?:(?:just|already|finally)\s+)*(?:${SURELY_DID}))(?:\s+(?:off|up|out|in|back))?\s+(?!(?:off|up|out|in|back|it|that|this|them|him|her|you|me|to|at|for|by|too|so|not|a\s+lot|all\s+(?:day|night|morning))\b)(?<target>${WORD}(?:\s+${WORD}){0,4}?)(?:\s+(?:already|now|just\s+now))?\s*$`,
      'ds',
    ),
    read: (draft, recognition) =>
      recognition.target && timesIn(draft, recognition.target).length === 0
        ? positive(draft, recognition)
        : null,
  },
  {
    name: 'complete.verb',
    action: 'complete_task',
    confidence: 0.95,
    sure: new RegExp(
      String.raw`^(?:complete|close|finish)\s+(?:the|my)\s.{1,40}\stask$|^complete\s+(?:all|every|each)\s.*\b(?:tasks?|items?|to-?dos?|list)\b|^complete\s+everything\s+(?:on|in)\s|^complete\s+(?:${DEEDS})\s+(?:(?:the|my|our|an?)\s+)?\S`,
      's',
    ),
    pattern:
      /^(?:complete|close|resolve|tick|check)\s+(?<target>.+)$|^finish\s+(?<target2>(?:task\s.+|(?:it|that|this|that one|this one)|(?:the\s+)?.+\s(?:task|to-?do|todo|item)|(?:the\s+)?(?:first|second|third|fourth|fifth|last)(?:\s+(?:one|task))?))$/ds,
    read: (draft, recognition) => {
      const hit = recognition;
      if (!hit?.target) return null;
      const words = foldedSlice(draft, hit.target);
      const named =
        TASK_NOUN.test(words) ||
        /^(?:it|that|this|all|everything|the (?:first|second|third|fourth|fifth|last)|#|number|["'`])/.test(
          words,
        );
      // "complete the tax form by friday" plans work; "complete the tax form" reports on it or asks to tick it off.
      if (/^(?:check|tick|resolve)\b/.test(draft.folded.slice(recognition.body.start)) && !named) return null;
      const deadline = mentions(draft, hit.target, 'due_date');
      if (deadline && !named)
        return { ...withoutTarget(hit), action: 'create_task', confidence: 0.75, body: recognition.body };
      return named ? hit : { ...hit, confidence: 0.85 };
    },
  },
];

export const DELETE_RULES: readonly Rule[] = [
  {
    name: 'cancel.call-off',
    action: 'cancel_event',
    confidence: 0.96,
    pattern: /^call\s+(?<target>(?:the|my|our)\s.+?)\s+off(?!\s+(?:my|the|our)\s)(?:\s.*)?$/ds,
    read: (draft, recognition) =>
      recognition.target && TASK_NOUN.test(foldedSlice(draft, recognition.target))
        ? { ...recognition, action: 'delete_task' }
        : recognition,
  },
  {
    name: 'delete.verb',
    action: 'delete_task',
    confidence: 0.97,
    sure: /^(?:delete|remove|erase)\s+(?:the|my)\s+(?:(?!(?:on|of|from|in|for|to|and)\s)\S+\s+){1,4}(?:task|to-?do)$/,
    pattern:
      /^(?:delete|remove|erase|trash|discard|scrap|get rid of|throw away|throw out|take off|wipe|clear(?: out)?|purge|bin|drop)\s+(?<target>.+)$|^take\s+(?<target2>.+?)\s+off(?:\s+(?:of\s+)?(?:my|the)\s+(?:[\p{L}-]+\s+){0,2}(?:list|tasks))?$/dsu,
    read: (draft, recognition) => {
      const hit = recognition;
      if (!hit?.target) return null;
      const words = foldedSlice(draft, hit.target);
      if (isEvent(words))
        return {
          ...hit,
          action: 'cancel_event',
          confidence: 0.95,
          ...(PLAIN_EVENT.test(words) &&
            !OUTSIDE.test(words) &&
            !MORE_THAN_NAMED.test(words) && { sure: true }),
        };
      const weak =
        /^(?:drop|clear|wipe|throw|take(?!.*\soff\b))\b/s.test(draft.folded.slice(recognition.body.start)) &&
        !TASK_NOUN.test(words) &&
        !/^(?:it|that|this|all|everything|my list|the list|the (?:first|second|third|last))\b/.test(words);
      // "clear the gutters", "throw out the trash": work out in the world.
      if (weak) return null;
      return hit;
    },
  },
  {
    // "we still have rice, take it off": what is not needed is named before
    name: 'delete.had',
    action: 'delete_task',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:(?:we|i)(?:'ve)?\s+(?:(?:still|already)\s+)?(?:have|got|have\s+got|bought|don't\s+need|no\s+longer\s+need)|there(?:'s|\s+is|\s+are)(?:\s+still)?)\s+(?:(?:enough|some|plenty\s+of|lots\s+of|the|any)\s+)*(?<target>(?!(?:to|it|that|them|an?|no|time)\b)(?:(?!(?:left|at|in|anymore|any|already|here)\b)[\p{L}'’-]+\s*){1,3}?)(?:\s+(?:left|at\s+home|in\s+the\s+\S+|anymore|any\s?more|already|here))*\s*[,;.-]\s*(?:so\s+)?(?:(?:please|you\s+can|can\s+you)\s+)*(?:(?:take|cross|strike|scratch)\s+(?:it|them|that)\s+off|(?:remove|delete|drop)\s+(?:it|them|that))(?:\s+(?:(?:of|from)\s+)?(?:my|the|our)\s+(?:[\p{L}-]+\s+){0,2}list)?$/dsu,
  },
  {
    // "stop the vacuuming"
    name: 'delete.stop',
    action: 'delete_task',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:stop|quit|end|(?:i(?:'m|\s+am)\s+)?(?:stopping|done\s+with)|no\s+more)\s+(?:(?:the|my|our|all\s+the)\s+)?(?<target>(?!(?:the|being|doing|going|making|showing|sending|asking|telling|talking|saying|reminding|bothering|notifying|emailing|calling\s+me|something|anything|everything|nothing|meeting|evening|morning|spending)\b)\p{L}{3,}ing(?:\s+(?:(?!(?:me|us|that|it|so|if)\b)[\p{L}'’-]+\s*){1,4}?)?)(?:\s+(?:every\s+\S+|from\s+now\s+on|altogether|completely|for\s+good|any\s?more))?$/dsu,
    read: (draft, recognition) => {
      const { target, body } = recognition;
      const words = target ? foldedSlice(draft, target) : '';
      const head = target ? foldedSlice(draft, { start: body.start, end: target.start }) : '';
      // "the dripping tap" is a thing, and to search or to listen is what is done here and now.
      if (/\b(?:the|my|our)\s+$/.test(head) && /^\S+\s+(?!of\b)/.test(words)) return null;
      if (OURS.test(words)) return null;
      return isEvent(words) || ACTIVITY_NOUN.test(words)
        ? { ...recognition, action: 'cancel_event' }
        : recognition;
    },
  },
  {
    name: 'delete.cancel',
    action: 'delete_task',
    confidence: 0.9,
    pattern:
      /^(?:cancel|forget(?: about)?|i (?:don't|do not|no longer) (?:need|want|have) to(?: do)?|kill)\s+(?<target>.+?)(?:\s+any\s?more)?$/ds,
    read: (draft, recognition) => {
      const words = recognition.target ? foldedSlice(draft, recognition.target) : '';
      if (isEvent(words) || (ACTIVITY_NOUN.test(words) && !TASK_NOUN.test(words)))
        return {
          ...recognition,
          action: 'cancel_event',
          confidence: 0.95,
          ...((PLAIN_EVENT.test(words) || isActivityThen(draft, recognition)) &&
            !OUTSIDE.test(words) && { sure: true }),
        };
      if (TASK_NOUN.test(words) || /^["'`]|^(?:the (?:first|second|third|last))/.test(words))
        return recognition;
      if (THOSE.test(words)) return { ...recognition, confidence: 0.95, sure: true };
      // "kill time until noon"
      if (/^kill\b/.test(foldedSlice(draft, recognition.body))) return null;
      // "cancel the gym membership" is something to do out in the world.
      return /^cancel\s+.*\b(?:subscription|membership|order|reservation|booking|flight|hotel|trial|plan|account|policy|contract|insurance)\b/.test(
        draft.folded.slice(recognition.body.start),
      )
        ? { ...withoutTarget(recognition), action: 'create_task', confidence: 0.75, body: recognition.body }
        : { ...recognition, confidence: 0.7 };
    },
  },
];

/** "Gym in december": nothing is said but what one does, and when. */
function isActivityThen(draft: Draft, { target }: Recognition): boolean {
  const [time, more] = target ? timesIn(draft, target) : [];
  return (
    target !== undefined &&
    time !== undefined &&
    more === undefined &&
    time.end === target.end &&
    /^\p{L}+$/u.test(draft.folded.slice(target.start, time.leadStart).trim())
  );
}

/** What an assistant or a device does rather than a person. */
const OURS =
  /^(?:answering|charging|drafting|listening|planning|playing|reading|recording|replying|scheduling|searching|speaking|syncing|thinking|tracking|typing|whispering|working|writing)\b/;

/** "The dentist", "my lunch with Ann": nothing is said but what is called off. */
const PLAIN_EVENT = /^(?:the|my|our)\s+\S+(?:\s+\S+){0,3}$/;
/** More than the name of an event: "remove the meeting from my list", "delete the call to Bob". */
const MORE_THAN_NAMED = /\b(?:from|off|out|of|and|all|to|you|just|idea|thought)\b/;
/** What hangs on an event, and what is called off out in the world by who has booked it. */
const OUTSIDE =
  /\b(?:reminder|alarm|timer|reservation|booking|order|membership|subscription|ticket|tickets|room|rooms|insurance)\b/;
/** Several that were shown or made: "cancel both". */
const THOSE =
  /^(?:both|them|these|those|all)(?:\s+(?:of\s+)?(?:them|these|those|two|three|four|five))*(?:\s+please)?$/;

/** "With it" is what was spoken of last; "done" alone may be one of the list just shown as well. */
function nothingNamed(draft: Draft, recognition: Recognition): Recognition {
  const end = { start: recognition.body.end, end: recognition.body.end };
  const pointed = /\b(?:it|that)\b(?!')/.test(foldedSlice(draft, recognition.body));
  return {
    ...withoutTarget(recognition),
    body: end,
    ...(pointed && { implied: [lastTarget(draft, end)] }),
  };
}

const DEED =
  /^(?:i\s+)?(?:\p{L}+ed|took|did|sent|bought|paid|got|made|wrote|read|put|gave|brought|told|swept|fed|hung)\s+(?:(?<it>it|that|them)\b|(?=(?:the|my|our)\s))/u;

/** "Done, paid the rent" names the rent, and "done, took it out" what was spoken of last. */
function behindDeed(draft: Draft, recognition: Recognition): Recognition {
  const { target } = recognition;
  const deed = target && DEED.exec(foldedSlice(draft, target));
  if (!deed || !/^(?:done|finished|completed)\s*[:,-]/.test(foldedSlice(draft, recognition.body)))
    return recognition;
  return deed.groups?.['it'] === undefined
    ? { ...recognition, target: { start: target.start + deed[0].length, end: target.end } }
    : { ...withoutTarget(recognition), implied: [lastTarget(draft, target)] };
}

/** "the second ones done": an apostrophe left out. */
function withoutIs(draft: Draft, recognition: Recognition): Recognition {
  const { target } = recognition;
  return target &&
    /\b(?:first|second|third|fourth|fifth|last|other|\d(?:st|nd|rd|th)) ones$/.test(
      foldedSlice(draft, target),
    )
    ? { ...recognition, target: { start: target.start, end: target.end - 1 } }
    : recognition;
}

function positive(draft: Draft, recognition: Recognition): Recognition | null {
  if (!recognition.target) return recognition;
  return /\b(?:not|isn't|aren't|never)$/.test(foldedSlice(draft, recognition.target).trim())
    ? null
    : recognition;
}
