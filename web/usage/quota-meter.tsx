import { sayTokens } from '../client/index.ts';

/** How much of a limit is used, as a bar; the numbers stand beside it in words. */
export function QuotaMeter({ used, limit }: { used: number; limit: number }) {
  // A limit of nothing is used up.
  const share = limit === 0 ? 1 : Math.min(1, Math.max(0, used / limit));
  const level = share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'low';
  return (
    <div
      className={`meter meter-${level}`}
      role="meter"
      aria-label="Tokens used this month"
      aria-valuemin={0}
      aria-valuemax={Math.max(limit, used, 1)}
      aria-valuenow={limit === 0 ? Math.max(used, 1) : Math.max(0, used)}
      aria-valuetext={`${sayTokens(used)} of ${sayTokens(limit)}`}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
