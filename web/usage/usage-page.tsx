import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { UsageSummary } from '../../contracts/usage.ts';
import { useNow } from '../app/now.ts';
import { usePlace } from '../app/place.ts';
import { useStore } from '../app/store.ts';
import type { UsageStore } from '../app/usage-store.ts';
import { useConversationPart } from '../app/use-conversation.ts';
import { ConnectionLine } from '../chat/connection-line.tsx';
import { formatTokens, monthBefore, sayMonth, sayReset, sayTokens } from '../client/index.ts';
import type { RestClient, SessionClient } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { MonthDetails } from './month-details.tsx';
import { QuotaMeter } from './quota-meter.tsx';
import { TurnCosts } from './turn-costs.tsx';
import { useMonth, type MonthChoice } from './use-month.ts';
import { sayPlan, usePlan } from './use-plan.ts';

interface UsagePageProps {
  rest: RestClient;
  session: SessionClient;
  store: UsageStore;
}

const CHOICES: readonly MonthChoice[] = ['this', 'last'];

/** What the language model's help cost, what is left, and what it went to. The conversation waits underneath. */
export function UsagePage({ rest, session, store }: UsagePageProps) {
  const place = usePlace();
  const { version } = useStore(store);
  const [choice, setChoice] = useState<MonthChoice>('this');
  const { view, problem, reload, more, loadingMore } = useMonth(rest, choice, version);
  const [summary, setSummary] = useState<UsageSummary | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const link = useConversationPart(session, (state) => state.link);
  const linkError = useConversationPart(session, (state) => state.linkError);
  useWayBack(() => place.openChat());
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    if (view) setSummary(view.summary);
  }, [view]);

  return (
    <main className="usage-page" aria-labelledby="usage-heading">
      <header className="bar">
        <IconButton icon={ArrowLeft} label="Back to the conversation" onClick={() => place.openChat()} />
        <h1 className="bar-title" id="usage-heading" ref={heading} tabIndex={-1}>
          Usage
        </h1>
      </header>
      <ConnectionLine
        state={{ link, linkError }}
        meanwhile="These numbers may be old."
        onRetry={() => session.reconnect()}
      />
      <div className="usage-scroll" tabIndex={0} role="region" aria-label="Usage">
        <div className="usage-column">
          {summary && <Standing summary={summary} rest={rest} version={version} />}
          {summary && (
            <div className="usage-month">
              <h2>{sayMonth(choice === 'this' ? summary.period : monthBefore(summary.period))}</h2>
              <div className="segments" role="group" aria-label="Month">
                {CHOICES.map((one) => (
                  <button
                    key={one}
                    type="button"
                    aria-pressed={one === choice}
                    onClick={() => setChoice(one)}
                  >
                    {one === 'this' ? 'This month' : 'Last month'}
                  </button>
                ))}
              </div>
            </div>
          )}
          {problem !== null && (
            <p className="usage-problem" role="alert">
              <span>
                {problem} {view && 'What is shown here is from before.'}
              </span>
              <button type="button" className="link" onClick={reload}>
                Try again
              </button>
            </p>
          )}
          {!view && problem === null && <p className="usage-soft">Adding up</p>}
          {view && <MonthDetails view={view} onMore={more} loadingMore={loadingMore} />}
          {view?.choice === 'this' && <TurnCosts rest={rest} version={version} />}
        </div>
      </div>
    </main>
  );
}

function Standing({ summary, rest, version }: { summary: UsageSummary; rest: RestClient; version: number }) {
  const now = useNow();
  const plan = usePlan(rest, version);
  const { tokens_used_this_month: used, quota_remaining: left, limit, resets_at: resetsAt } = summary;
  return (
    <section className="usage-standing" aria-label="This month">
      <p className="usage-number">
        <b>{formatTokens(used)}</b> {limit === null ? 'tokens used' : `of ${formatTokens(limit)} tokens used`}
      </p>
      {limit !== null && <QuotaMeter used={used} limit={limit} />}
      <p>
        {left === null ? 'No limit' : `${sayTokens(left)} left`}
        <span className="usage-soft"> · {sayReset(resetsAt, now)}</span>
      </p>
      <p className="usage-soft">{sayPlan(plan, summary.subscription_tier, now)}</p>
    </section>
  );
}

/** Escape goes back, unless something on the page has a use for it. */
function useWayBack(back: () => void): void {
  const latest = useRef(back);
  useEffect(() => {
    latest.current = back;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
