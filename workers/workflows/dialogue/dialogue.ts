import type { Action } from '../../../contracts/intents.ts';
import { forgetThat } from '../forgotten-facts.ts';
import { openShown } from '../open-shown.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import { JUST_DONE_MS } from '../policy.ts';
import { capital, lower } from '../sentences.ts';
import { isUndo, keepAfterAll, stopSending } from './undo.ts';
import { whyPlanned } from './why-planned.ts';
import { changes, why } from './why.ts';
import { showUsage, upgrade } from './usage.ts';

/** A dialogue move: it is done at once and never asks. */
type Move = (work: Work) => Promise<Outcome>;

const say =
  (reply: string, outcome: Partial<Outcome> = {}): Move =>
  () =>
    Promise.resolve({ ...OUTCOME, ...outcome, reply });

export const EXAMPLES = [
  'buy milk tomorrow',
  'what do I have to do this week?',
  'mark the milk task as done',
  'lunch with Ann friday at noon, and remind me an hour before',
  'am I free on thursday afternoon?',
  'find an hour for the gym this week',
  'plan my week',
  'give me my daily briefing',
  'search for the contract',
  'draft an email to Ann with a template',
  'show my drafts',
  'how many tokens do I have left?',
  'brief me every morning at 7',
  'my dentist is Dr. Weber',
  'what do you know about me?',
  'why did you move the gym?',
  'undo',
];

const commands = say(
  `Tell me what you want to get done, in your own words. For example:\n${EXAMPLES.map((line) => `• ${line}`).join('\n')}\nDrafts from templates and everyday requests are free; only a draft worded by the language model takes tokens, and a message that nothing else could read.`,
);

/** Not by words: nothing that can't be undone is done by a sentence that may have been read wrongly. */
const erasure = say(
  'I don’t erase an account by words, since nothing brings it back. Open Settings (/settings), "Your data", "Erase account": it takes everything out of every store. You can export it first in the same place.',
);
const exporting = say(
  'Open Settings (/settings), "Your data", "Export": a file with all that is kept of you, or a calendar of your events, tasks and reminders. The account can be erased there too.',
);

const kept = say(
  'Your tasks, events, reminders, emails and contacts, what you told me about yourself, and what was said here. It is kept until you delete it or erase your account; what was said here may go sooner. Open Settings (/settings), "Your data": "Export" gives you a file with all of it, "Erase account" takes all of it away. What I remember about you is at /memory.',
);
const conversations = say(
  'A conversation is renamed and deleted in the list beside it on the page: press the three dots behind its name. Deleting takes away its words for good; what was made in it stays.',
);

/** What can be said; or, where it was asked, what was done, and why. */
const help: Move = async (work) => {
  switch (work.params?.tell) {
    case 'why':
      return whyPlanned(work) ?? (await why(work)) ?? outOfScope(work);
    case 'changes':
      return changes(work);
    case 'erasure':
      return erasure(work);
    case 'export':
      return exporting(work);
    case 'kept':
      return kept(work);
    case 'conversations':
      return conversations(work);
    default:
      return commands(work);
  }
};

const outOfScope: Move = async (work) => {
  const words = work.words.trim();
  const opened = await openShown(work);
  if (opened) return opened;
  if (work.params?.foreign)
    return say(
      'I am sorry, I understand English only so far. Please try it in English, for example "buy milk tomorrow".',
      {
        decision: 'FALLBACK',
      },
    )(work);
  if (work.params?.unremembered)
    return say(
      'I remember nothing that this could be the same as. Say what it is, for example "lunch with Ann friday at noon".',
      { decision: 'FALLBACK' },
    )(work);
  // A few words that ask nothing may well be something to do.
  const jotted = /^[\p{L}\p{S}][^?\n]{1,60}$/u.test(words) && /\p{L}{3}/u.test(words) && !TALK.test(words);
  const hint = jotted
    ? ` If it is something to do, say "add ${words.replace(/[!"]+|\.+(?=\s|$)/g, '')}".`
    : '';
  return say(
    `I did not understand that as something I can do. I keep your tasks, calendar, reminders and emails: try "buy milk tomorrow", "lunch with Ann friday at noon" or "what is due this week?".${hint}`,
    { decision: 'FALLBACK' },
  )(work);
};
const TALK =
  /^(?:add|i|you|we|he|she|they|it|that|this|there|what|who|why|when|where|which|how|is|are|do|does|did|don't|dont|never|have|has|can|could|tell|play|sing|actually|no|oops|oh|lol|haha)\b/i;

/** What was done within the last minutes, and how to take it back; null when it is longer ago. */
async function justDone(work: Work): Promise<{ id: string; doneAt: number; words: string } | null> {
  const [last] = await work.ports.receipts.undoable(1);
  const doneAt = last?.created_at.getTime() ?? -Infinity;
  if (!last || work.now.getTime() - doneAt > JUST_DONE_MS) return null;
  const words = isUndo(last)
    ? 'the undo is done already. Say "undo that undo" to put it back.'
    : `that is done already: ${lower(last.summary)}. Say "undo" to take it back.`;
  return { id: last.id, doneAt, words };
}

/** "No" when nothing is asked may mean what was done just now. */
const denied: Move = async (work) => {
  const last = await justDone(work);
  if (last && KEEPS.test(work.words))
    return (await keepAfterAll(work.ports.receipts, work.now)) ?? say('All right, it stays.')(work);
  return say(last ? capital(last.words) : 'All right, nothing was changed.')(work);
};

const KEEPS =
  /\b(?:keep|leave|stays?|(?:still|do) (?:need|want)|(?:don'?t|do not) (?:delete|remove|cancel))\b/i;

/**
 * Nothing runs and nothing is asked: "forget that" may mean what was told or shown just now, and an email that waits for its delay is stopped. What else was done a moment ago can't be stopped any more, but taken back. It is a
 * refusal when the word was said before it was done: nobody could look at it in time, or the other was faster.
 */
const tooLate: Move = async (work) => {
  const over = (await forgetThat(work)) ?? (await stopSending(work.ports.receipts, work.now));
  if (over) return over;
  const last = await justDone(work);
  if (!last) return say('There is nothing to cancel right now.')(work);
  const executionResult = { too_late: true, receipt_id: last.id };
  if (last.doneAt < work.receivedAt.getTime()) return say(capital(last.words), { executionResult })(work);
  const message = `Too late, ${last.words}`;
  return say(message, {
    decision: 'REFUSE',
    refused: { code: 'cancel_too_late', message },
    executionResult,
  })(work);
};

const repeat: Move = (work) => say(work.context.last_reply || 'I have not said anything yet.')(work);

/** Acts that need no graph: dialogue moves (undo has its own way), and intents that need none. */
export const DIALOGUE: Partial<Record<Action, Move>> = {
  greeting: say('Hello! What would you like to get done?'),
  goodbye: say('Goodbye. Everything is saved.'),
  thanks: say("You're welcome."),
  help,
  out_of_scope: outOfScope,
  cancel: tooLate,
  affirm: say('Good. What would you like to do?'),
  deny: denied,
  repeat,
  show_usage: showUsage,
  upgrade,
};
