import type { Action } from '../../../contracts/intents.ts';
import { done, type Handler, type Step } from '../outcome.ts';
import { undo } from './undo.ts';

const say =
  (reply: string): Handler =>
  () =>
    Promise.resolve(done({ reply }));

export const EXAMPLES = [
  'buy milk tomorrow',
  'create a task to study physics by friday',
  'what do I have to do this week?',
  'mark the milk task as done',
  'undo',
];

const help: Handler = () =>
  Promise.resolve(
    done({
      reply: `Tell me what you want to get done, in your own words. For example:\n${EXAMPLES.map((line) => `• ${line}`).join('\n')}`,
    }),
  );

const outOfScope: Handler = () =>
  Promise.resolve(
    done({
      reply:
        'I did not understand that as something I can do. I keep your tasks: try "buy milk tomorrow" or "what is due this week?".',
      decision: 'FALLBACK',
    }),
  );

/** Known to be meant, but not built: said plainly, with what can be done instead. */
const notYet =
  (what: string): Handler =>
  () => {
    const reply = `I understood that as ${what}, which I can't do yet. I can keep it as a task: start with "create a task to …".`;
    return Promise.resolve(
      done({ reply, decision: 'REFUSE', refused: { code: 'feature_unavailable', message: reply } }),
    );
  };

const repeat: Handler = ({ context }) =>
  Promise.resolve(done({ reply: context.last_reply || 'I have not said anything yet.' }));

const nothingOpen = (reply: string): ((work: Parameters<Handler>[0]) => Promise<Step>) => say(reply);

/** Acts that need no graph: dialogue moves, and intents whose workflow does not exist yet. */
export const DIALOGUE: Partial<Record<Action, Handler>> = {
  greeting: say('Hello! What would you like to get done?'),
  goodbye: say('Goodbye. Everything is saved.'),
  thanks: say("You're welcome."),
  help,
  out_of_scope: outOfScope,
  cancel: nothingOpen('There is nothing to cancel right now.'),
  affirm: nothingOpen('Good. What would you like to do?'),
  deny: nothingOpen('All right, nothing was changed.'),
  undo,
  repeat,
  create_event: notYet('a calendar event'),
  update_event: notYet('a change to a calendar event'),
  cancel_event: notYet('cancelling a calendar event'),
  list_events: notYet('a question about your calendar'),
  plan_schedule: notYet('planning your schedule'),
  find_time: notYet('finding a free time'),
  reschedule: notYet('finding a new time'),
  daily_briefing: notYet('a briefing of your day'),
  weekly_briefing: notYet('a briefing of your week'),
  search: notYet('a search over everything'),
  draft_email: notYet('drafting an email'),
  send_email: notYet('sending an email'),
  search_email: notYet('searching your mail'),
  set_reminder: notYet('a reminder'),
  list_reminders: notYet('a question about your reminders'),
  show_usage: notYet('a question about your usage'),
  upgrade: notYet('an upgrade'),
  set_preference: notYet('a change of your settings'),
};
