import type { MouseEvent, ReactNode } from 'react';
import { PAGES, usePlace, type PageName } from '../app/place.ts';

interface PageLinkProps {
  page: PageName;
  className: string;
  label?: string;
  /** Something to do beside, such as closing what the link stands in. */
  onOpen?: (() => void) | undefined;
  children: ReactNode;
}

/** A link to one of the pages; one that is meant for another tab is left to the browser. */
export function PageLink({ page, className, label, onOpen, children }: PageLinkProps) {
  const place = usePlace();
  const onClick = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen?.();
    place.open(page);
  };
  return (
    <a href={PAGES[page]} className={className} aria-label={label} title={label} onClick={onClick}>
      {children}
    </a>
  );
}
