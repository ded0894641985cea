import type { UsageItem } from '../../contracts/usage.ts';
import { useNow } from '../app/now.ts';
import { operationName, sayCharge, sayException, sayTime } from '../client/index.ts';

interface UsageLinesProps {
  items: readonly UsageItem[];
  hasMore: boolean;
  onMore: () => void;
  loadingMore: boolean;
}

/** Every use of the language model and every refund, newest first. */
export function UsageLines({ items, hasMore, onMore, loadingMore }: UsageLinesProps) {
  if (items.length === 0) return null;
  return (
    <section aria-label="Each use">
      <h3>Each use</h3>
      <ol className="usage-lines">
        {items.map((item) => (
          <UsageLine key={item.id} item={item} />
        ))}
      </ol>
      {hasMore && (
        <button type="button" className="button" disabled={loadingMore} onClick={onMore}>
          {loadingMore ? 'Reading' : 'Show older ones'}
        </button>
      )}
    </section>
  );
}

function UsageLine({ item }: { item: UsageItem }) {
  const now = useNow();
  const exception = sayException(item);
  return (
    <li className={item.tokens_used < 0 ? 'given-back' : ''}>
      <time dateTime={item.timestamp}>{sayTime(item.timestamp, now)}</time>
      <span className="usage-what">
        {operationName(item.operation)}
        <span className="usage-soft">
          {item.model}
          {exception !== null && ` · ${exception}`}
        </span>
      </span>
      <span className="number">{sayCharge(item)}</span>
    </li>
  );
}
