import { ArrowUpRight } from 'lucide-react';
import { useEffect } from 'react';
import { DEMO_PEOPLE } from '../app/demo-login.ts';
import { useLogin } from '../app/login-context.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { useEvents } from '../app/use-events.ts';
import type { UsageStore } from '../app/usage-store.ts';
import { addDays, dayStart, sayPrice, todayOf } from '../client/index.ts';
import { FIRST_EXAMPLES } from './examples.ts';
import { useChatActions } from './chat-actions.ts';

/** An empty conversation: sentences that work at once. */
export function Welcome({ usage }: { usage: UsageStore }) {
  const { say } = useChatActions();
  const { costs, status, model } = useStore(usage);
  // Without a limit nobody counts, and without a model nothing is charged.
  const isPriced = model && status !== null && status.limit !== null;
  useEffect(() => void usage.loadCosts(), [usage]);
  return (
    <div className="welcome">
      <h2>What’s on your mind?</h2>
      <p>Say it in your own words. You see what was understood, and every change can be taken back.</p>
      <ul>
        {FIRST_EXAMPLES.map(({ text, about, feature }) => (
          <li key={text}>
            <button type="button" onClick={() => say(text)}>
              <span>
                <span className="welcome-text">{text}</span>
                <span className="welcome-about">
                  {isPriced && feature && costs?.[feature]
                    ? `${about}; written by the language model, it takes ${sayPrice(costs, feature)}`
                    : about}
                </span>
              </span>
              <ArrowUpRight size={17} strokeWidth={1.75} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <OtherPeople />
    </div>
  );
}

/** A guest begins with an empty day; somebody else's shows more. */
function OtherPeople() {
  const { login, become } = useLogin();
  const isEmpty = useEmptyDay();
  if (login.kind !== 'demo' || !login.isGuest) return null;
  return (
    <p className="welcome-people">
      {isEmpty
        ? 'You are a guest, and your day is empty still. To see a full one, try it as'
        : 'You are a guest. To see the day of somebody else, try it as'}
      {DEMO_PEOPLE.map(({ name, label }, index) => (
        <span key={name}>
          {index > 0 && 'or'}
          <button type="button" className="link" onClick={() => become(name)}>
            {label}
          </button>
        </span>
      ))}
    </p>
  );
}

/** Whether there is nothing yet to do, to be reminded of or to go to today; not as long as that is not known. */
function useEmptyDay(): boolean {
  const { tasks, reminders, events } = useChatActions();
  const today = todayOf(useNow());
  const [from = '', to = ''] = [today, addDays(today, 1)].map((day) => dayStart(day).toISOString());
  const own = useEvents(events, from, to);
  const [todo, told] = [useStore(tasks), useStore(reminders)];
  return own?.length === 0 && [todo, told].every(({ loaded, items }) => loaded && items.size === 0);
}
