import { useLasting } from '../app/use-lasting.ts';
import type { LinkState } from '../client/index.ts';
import { LoadProblem } from '../parts/load-problem.tsx';

/** What comes sooner needs no word about it. */
const PATIENCE_MS = 1_500;

/** In the place of turns that have not come yet. */
export function Unread({ link, onRetry }: { link: LinkState; onRetry: () => void }) {
  const isLate = useLasting(true, PATIENCE_MS);
  if (!isLate) return null;
  return (
    <div className="unread">
      {link === 'online' ? (
        <p className="soft">Reading</p>
      ) : (
        <LoadProblem onRetry={onRetry}>
          This conversation could not be read. It is read by itself when the connection is back.
        </LoadProblem>
      )}
    </div>
  );
}
