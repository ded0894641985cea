import { useEffect, useRef, type ReactNode } from 'react';
import { Brand } from '../parts/brand.tsx';

interface DoorFrameProps {
  title?: string;
  problem?: string | null;
  busy?: boolean;
  children: ReactNode;
}

/** One card in the middle. A change of what it says is read out, and the heading has the focus then. */
export function DoorFrame({ title, problem, busy = false, children }: DoorFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = 'PulsePlan';
    heading.current?.focus();
  }, [title]);
  return (
    <main className={`door ${busy ? 'door-busy' : ''}`} aria-busy={busy}>
      <div className="door-card">
        <Brand />
        {title !== undefined && (
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        )}
        {problem != null && (
          <p className="door-problem" role="alert">
            {problem}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
