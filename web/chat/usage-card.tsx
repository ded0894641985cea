import { ChevronRight } from 'lucide-react';
import type { UsageStatus } from '../../contracts/usage.ts';
import { useNow } from '../app/now.ts';
import { formatTokens, sayReset, sayTokens } from '../client/index.ts';
import { QuotaMeter } from '../usage/quota-meter.tsx';
import { PageLink } from '../parts/page-link.tsx';

/** How much was used and is left, as the reply told it. */
export function UsageCard({ data }: { data: UsageStatus }) {
  const now = useNow();
  const { tokens_used: used, limit, remaining, resets_at: resetsAt } = data;
  return (
    <section className="card quota-card" aria-label="Usage">
      <p className="quota-numbers">
        <b>{formatTokens(used)}</b>
        {limit === null ? ' tokens used, no limit' : ` of ${sayTokens(limit)} used`}
      </p>
      {limit !== null && <QuotaMeter used={used} limit={limit} />}
      <p className="quota-foot">
        <span>
          {remaining !== null && `${formatTokens(remaining)} left, `}
          {sayReset(resetsAt, now)}
        </span>
        <PageLink page="usage" className="link">
          What they went to <ChevronRight size={14} aria-hidden />
        </PageLink>
      </p>
    </section>
  );
}
