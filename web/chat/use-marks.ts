import { useEffect, useRef, useState } from 'react';
import { formatValue, slotLabel, type RestClient } from '../client/index.ts';

/** A piece of what is being typed that means something. */
export interface Mark {
  start: number;
  end: number;
  text: string;
  slot: string;
  shown: string;
}

const PAUSE_MS = 160;
const SPACING_MS = 400;
const AFTER_FAULT_MS = 10_000;
const SHORTEST = 3;
const LONGEST = 1_000;

/**
 * What is recognised while typing. Never in the way: asked for after a short pause and not too often, given up as
 * soon as the text goes on, and silent when it fails. A mark stays only while its words stand where they stood.
 */
export function useMarks(rest: RestClient, text: string, timezone: string): readonly Mark[] {
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  const notBefore = useRef(0);
  const worth = text.trim().length >= SHORTEST && text.length <= LONGEST && !text.startsWith('/');
  useEffect(() => {
    if (!worth) return undefined;
    const abort = new AbortController();
    const delayMs = Math.max(PAUSE_MS, notBefore.current - Date.now());
    const timer = setTimeout(() => {
      notBefore.current = Date.now() + SPACING_MS;
      rest.parse({ text, timezone }, abort.signal).then(
        ({ acts }) => setMarks(withoutOverlap(acts.flatMap(({ entities }) => entities.flatMap(markOf)))),
        () => {
          if (!abort.signal.aborted) notBefore.current = Date.now() + AFTER_FAULT_MS;
        },
      );
    }, delayMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [rest, text, timezone, worth]);
  return worth ? marks.filter((mark) => text.slice(mark.start, mark.end) === mark.text) : [];
}

interface Found {
  slot: string;
  value: unknown;
  text: string;
  start: number;
  end: number;
}

function markOf({ slot, value, text, start, end }: Found): Mark[] {
  const words = formatValue(slot, value, new Date());
  return words === null || start >= end
    ? []
    : [{ start, end, text, slot, shown: `${slotLabel(slot)} ${words}` }];
}

/** In order; where two pieces share words, the shorter one says more and wins. */
function withoutOverlap(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.end - a.start - (b.end - b.start)))
    if (!kept.some((other) => mark.start < other.end && other.start < mark.end)) kept.push(mark);
  return kept.toSorted((a, b) => a.start - b.start);
}
