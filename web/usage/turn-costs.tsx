import { useEffect, useState } from 'react';
import type { TurnCost } from '../../contracts/usage.ts';
import { useNow } from '../app/now.ts';
import { formatTokens, sayTime, type RestClient } from '../client/index.ts';

const SHOWN = 12;

/** What was said last, and what it cost: nothing, nearly always. */
export function TurnCosts({ rest, version }: { rest: RestClient; version: number }) {
  const [turns, setTurns] = useState<readonly TurnCost[]>([]);
  const now = useNow();
  useEffect(() => {
    const abort = new AbortController();
    // The numbers above tell when something can't be read.
    rest.turnCosts(SHOWN, abort.signal).then(setTurns, () => undefined);
    return () => abort.abort();
  }, [rest, version]);
  if (turns.length === 0) return null;
  const free = turns.filter((turn) => turn.tokens_used === 0).length;
  return (
    <section aria-labelledby="turn-costs-head">
      <h3 id="turn-costs-head">What you said last</h3>
      <p className="usage-soft">
        {free} of {turns.length} cost nothing.
      </p>
      <ol className="usage-lines turn-costs">
        {turns.map((turn) => (
          <li key={turn.turn_id}>
            <time dateTime={turn.timestamp}>{sayTime(turn.timestamp, now)}</time>
            <span className="usage-what turn-words" title={turn.text}>
              {turn.text}
            </span>
            <span className={turn.tokens_used === 0 ? 'number usage-soft' : 'number'}>
              {formatTokens(turn.tokens_used)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
