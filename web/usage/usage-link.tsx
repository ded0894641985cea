import type { MouseEvent, ReactNode } from 'react';
import { USAGE_PATH, usePlace } from '../app/place.ts';

interface UsageLinkProps {
  className: string;
  label?: string;
  children: ReactNode;
}

/** A link to the page on usage; one that is meant for another tab is left to the browser. */
export function UsageLink({ className, label, children }: UsageLinkProps) {
  const place = usePlace();
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    place.openUsage();
  };
  return (
    <a href={USAGE_PATH} className={className} aria-label={label} title={label} onClick={onClick}>
      {children}
    </a>
  );
}
