import type { ReactNode } from 'react';

/** What could not be read, and the way to try it again. */
export function LoadProblem({ children, onRetry }: { children: ReactNode; onRetry: () => void }) {
  return (
    <p className="load-problem" role="alert">
      <span>{children}</span>
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
