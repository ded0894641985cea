import { ME, type Fact } from '../../../contracts/entities.ts';
import { factName, sayWho } from '../../../contracts/fact-words.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { forgotten } from '../forgotten-facts.ts';
import { ask, done, type Outcome, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { notFound } from '../references.ts';
import { count, quote } from '../sentences.ts';
import { eventOfDay } from './its-day.ts';
import { aboutOf } from './recall.ts';
import { isSameValue, knownOf } from './same.ts';

type Talk = NonNullable<ActParams['fact']>;

/** "Forget my dentist", "forget everything about Ann": with all that does not hold any more. */
export async function forget(work: Work, talk: Talk): Promise<Step> {
  const { subject, attribute, value } = talk;
  const all = await work.ports.facts.list();
  if (attribute !== undefined) {
    const known = knownOf(all, subject ?? ME, attribute);
    const meant = value === undefined ? known : known.filter((one) => isSameValue(one.value, value));
    const name = factName({ subject: subject ?? ME, attribute });
    return meant.length === 0
      ? notFound(`You have not told me of ${name}, so there is nothing to forget.`).step
      : done(await withItsEvent(work, meant, forgotten(work, meant, name)));
  }
  const isAll = subject === undefined || subject === ME;
  const meant = isAll ? all : aboutOf(all, subject);
  const who = subject === undefined || subject === ME ? 'you' : sayWho(subject);
  if (meant.length === 0) return notFound(`You have told me nothing about ${who}.`).step;
  if (work.confirmed === false || work.choice === 'no')
    return done({ reply: 'All right, I will keep it in mind.' });
  const isBulk = isAll || needsConfirmation('delete_task', meant.length);
  if (isBulk && !work.confirmed) return askWhether(meant, who, isAll);
  return done({
    ...forgotten(work, meant, `everything about ${who}`),
    decision: isBulk ? 'CONFIRM' : 'AUTO',
  });
}

/** What stands in the calendar stays there, and is told. */
async function withItsEvent(
  work: Work,
  [fact]: readonly Fact[],
  outcome: Partial<Outcome>,
): Promise<Partial<Outcome>> {
  const event = fact?.value_kind === 'date' ? await eventOfDay(work, fact) : undefined;
  return event
    ? {
        ...outcome,
        reply: `${outcome.reply} ${quote(event.title)} stays in your calendar: say "cancel ${event.title}" to take it out.`,
      }
    : outcome;
}

function askWhether(meant: readonly Fact[], who: string, isAll: boolean): Step {
  const what = isAll ? 'everything that you told me' : `everything about ${who}`;
  return ask({
    slot: 'preference',
    kind: 'confirm',
    replaces: true,
    question: `Forget ${what}? That is ${count(meant.length, 'thing')}${isAll ? '; your settings stay' : ''}.`,
    choices: [
      { choice_id: 'yes', label: 'Yes, forget it' },
      { choice_id: 'no', label: 'No, keep it' },
    ],
    choiceSlots: { yes: {}, no: {} },
  });
}
