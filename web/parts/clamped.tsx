import { useState, type ReactNode } from 'react';
import { stopAt } from './roving.tsx';

/** Longer texts are shown in part. */
const SHOWN_CHARS = 140;

interface ClampedProps {
  text: string;
  /** Within `Roving`, what its button is called there. */
  stop?: string;
  /** Draws it; `look` is the class that cuts it short. */
  children: (look: string) => ReactNode;
}

/** A text that is cut where it is long, and the way to all of it. */
export function Clamped({ text, stop, children }: ClampedProps) {
  const [whole, setWhole] = useState(false);
  const isLong = text.length > SHOWN_CHARS;
  return (
    <>
      {children(isLong && !whole ? 'clamped' : '')}
      {isLong && (
        <button
          type="button"
          {...(stop !== undefined && stopAt(stop))}
          className="link clamped-more"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </>
  );
}
