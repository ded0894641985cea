import { useEffect, useState } from 'react';
import type { UsageSummary } from '../../contracts/usage.ts';
import type { Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import type { UsageStore } from '../app/usage-store.ts';
import { formatTokens, monthBefore, sayMonth, sayReset, sayTokens } from '../client/index.ts';
import type { RestClient, SessionClient } from '../client/index.ts';
import { LoadProblem } from '../parts/load-problem.tsx';
import { PageColumn, PageFrame } from '../parts/page-frame.tsx';
import { MonthDetails } from './month-details.tsx';
import { QuotaMeter } from './quota-meter.tsx';
import { TurnCosts } from './turn-costs.tsx';
import { useMonth, type MonthChoice } from './use-month.ts';
import { sayPlan, usePlan } from './use-plan.ts';

interface UsagePageProps {
  rest: RestClient;
  session: SessionClient;
  messages: Messages;
  store: UsageStore;
}

const CHOICES: readonly MonthChoice[] = ['this', 'last'];

/** What the language model's help cost, what is left, and what it went to. The conversation waits underneath. */
export default function UsagePage({ rest, session, messages, store }: UsagePageProps) {
  const { version } = useStore(store);
  const [choice, setChoice] = useState<MonthChoice>('this');
  const { view, problem, reload, more, loadingMore } = useMonth(rest, choice, version);
  const [summary, setSummary] = useState<UsageSummary | null>(null);
  useEffect(() => {
    if (view) setSummary(view.summary);
  }, [view]);

  return (
    <PageFrame title="Usage" session={session} messages={messages} meanwhile="These numbers may be old.">
      <PageColumn label="Usage">
        {summary && <Standing summary={summary} rest={rest} version={version} />}
        {summary && (
          <div className="usage-month">
            <h2>{sayMonth(choice === 'this' ? summary.period : monthBefore(summary.period))}</h2>
            <div className="segments" role="group" aria-label="Month">
              {CHOICES.map((one) => (
                <button key={one} type="button" aria-pressed={one === choice} onClick={() => setChoice(one)}>
                  {one === 'this' ? 'This month' : 'Last month'}
                </button>
              ))}
            </div>
          </div>
        )}
        {problem !== null && (
          <LoadProblem onRetry={reload}>
            {problem} {view && 'What is shown here is from before.'}
          </LoadProblem>
        )}
        {!view && problem === null && <p className="usage-soft">Adding up</p>}
        {view && <MonthDetails view={view} onMore={more} loadingMore={loadingMore} />}
        {view?.choice === 'this' && <TurnCosts rest={rest} version={version} />}
      </PageColumn>
    </PageFrame>
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
