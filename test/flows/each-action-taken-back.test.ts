import { beforeAll, describe, expect, it } from 'vitest';
import { INTENTS, type Action } from '../../contracts/intents.ts';
import type { Heard, Talk } from '../conversations/talk.ts';
import { person, type Person } from '../conversations/with-rest.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

/** Everything somebody has, without what every write counts up. */
async function stateOf({ call }: Person): Promise<unknown> {
  const parts = ['/tasks', '/events', '/reminders', '/drafts', '/contacts', '/memory?past=true', '/settings'];
  const all = await Promise.all(parts.map((path) => call('GET', path)));
  return JSON.parse(
    JSON.stringify(all, (key, value: unknown) =>
      ['version', 'updated_at'].includes(key) ? undefined : value,
    ),
  );
}

/** What is said first, and what then does the action: the last answer is the change. */
type Deed = [action: Action, before: readonly string[], words: readonly [string, ...string[]]];

const CHANGES: Deed[] = [
  ['create_task', [], ['create a task to call Bob by friday']],
  ['update_task', ['create a task to call Bob'], ['move the task call Bob to friday']],
  ['complete_task', ['create a task to call Bob'], ['complete the task call Bob']],
  ['delete_task', ['create a task to call Bob'], ['delete the task call Bob']],
  ['create_event', [], ['dentist on friday at 3pm']],
  ['update_event', ['dentist on friday at 3pm'], ['move the dentist to 4pm']],
  ['cancel_event', ['dentist on friday at 3pm'], ['cancel the dentist']],
  ['set_reminder', [], ['remind me to stretch on friday at 3pm']],
  ['find_time', [], ['find an hour for the gym this week', 'the first one']],
  ['reschedule', ['dentist on friday at 3pm'], ['find a new time for the dentist', 'yes']],
  ['plan_schedule', ['create a task to write the report by friday for 2 hours'], ['plan my week', 'yes']],
  ['draft_email', [], ['draft an email to ann@example.com with a template about the rent']],
  ['set_preference', [], ['set my working hours to 8am to 4pm']],
];
const SENDING: Deed = [
  'send_email',
  ['draft an email to ann@example.com with a template about the rent'],
  ['send it', 'yes'],
];
const READS: [action: Action, words: string][] = [
  ['list_tasks', 'show my tasks'],
  ['list_events', 'what is on my calendar this week?'],
  ['list_reminders', 'what reminders do I have?'],
  ['daily_briefing', 'give me my daily briefing'],
  ['weekly_briefing', 'what does my week look like?'],
  ['search', 'search for physics'],
  ['search_email', 'show my drafts'],
  ['show_usage', 'how many tokens do I have left?'],
  ['upgrade', 'upgrade'],
  ['greeting', 'hello'],
  ['goodbye', 'goodbye'],
  ['thanks', 'thanks'],
  ['help', 'help'],
  ['out_of_scope', 'what is the capital of France?'],
  ['cancel', 'never mind'],
  ['affirm', 'yes'],
  ['deny', 'no'],
  ['undo', 'undo'],
  ['repeat', 'repeat that'],
];

it('every action of the contract is in one of the tables', () => {
  const all = Object.values(INTENTS).flatMap(({ actions }) => Object.keys(actions));
  const known = [...CHANGES, SENDING, ...READS].map(([action]) => action);
  expect(known.toSorted()).toEqual(all.toSorted());
});

const sayAll = async (me: Talk, words: readonly string[]): Promise<Heard> => {
  const [first = '', ...rest] = words;
  return me.sayAll(first, ...rest);
};

describe('what an action has changed', () => {
  it.each(CHANGES)('%s: taken back and put back, by words and by button', async (action, before, words) => {
    const who = await person(url);
    const { me } = who;
    if (before.length > 0) await sayAll(me, before);
    const at = await stateOf(who);
    const { result } = await sayAll(me, words);
    expect(result, result.reply).toMatchObject({ status: 'completed', action });
    expect(result.receipt, result.reply).not.toBeNull();
    const after = await stateOf(who);
    expect(after).not.toEqual(at);
    await me.say('undo');
    expect(await stateOf(who)).toEqual(at);
    const again = await me.say('redo');
    expect(await stateOf(who)).toEqual(after);
    const undone = await me.undo(again);
    expect(await stateOf(who)).toEqual(at);
    await me.undo(undone);
    expect(await stateOf(who)).toEqual(after);
  });

  it('send_email: stopped while it waits; what was stopped is asked for anew', async () => {
    const [action, before, words] = SENDING;
    const who = await person(url);
    await sayAll(who.me, before);
    const at = await stateOf(who);
    const { result } = await sayAll(who.me, words);
    expect(result).toMatchObject({ status: 'completed', action });
    await who.me.say('undo');
    expect(await stateOf(who)).toEqual(at);
    (await who.me.say('redo')).changesNothing();
    expect(await stateOf(who)).toEqual(at);
  });

  it.each(READS)('%s: nothing, so that there is nothing to undo', async (action, words) => {
    const who = await person(url);
    const at = await stateOf(who);
    const heard = await who.me.say(words);
    expect(heard.result.action, heard.result.reply).toBe(action);
    heard.changesNothing();
    expect(await stateOf(who)).toEqual(at);
    (await who.me.say('undo')).refused('not_found');
  });
});
