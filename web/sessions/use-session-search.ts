import { useCallback, useEffect, useRef, useState } from 'react';
import { describe } from '../app/messages.ts';
import { useLasting } from '../app/use-lasting.ts';
import type { SessionList, SessionStore } from '../app/session-store.ts';
import type { RestClient, SessionRecord } from '../client/index.ts';

const PAUSE_MS = 200;
/** What is answered sooner needs no word about it. */
const PATIENCE_MS = 300;
const PAGE = 30;
/** As long as the server takes a search. */
export const SEARCH_MAX = 400;

interface Search {
  /** Those that have the words, the latest first; null as long as nothing is looked for, or known. */
  found: readonly SessionRecord[] | null;
  problem: string | null;
  /** The words are being looked for, and that takes a while. */
  looking: boolean;
  hasMore: boolean;
  more: () => void;
}

/** Looks for conversations as the words are typed, and again whenever the list has changed. */
export function useSessionSearch(
  rest: RestClient,
  store: SessionStore,
  list: SessionList,
  words: string,
): Search {
  const [result, setResult] = useState<{
    words: string;
    found: readonly SessionRecord[];
    cursor: string | null;
  } | null>(null);
  const [problem, setProblem] = useState<{ words: string; text: string } | null>(null);
  const wanted = useRef(PAGE);
  const { items } = list;
  useEffect(() => {
    wanted.current = PAGE;
  }, [words]);
  useEffect(() => {
    if (words === '') return undefined;
    const over = new AbortController();
    const timer = setTimeout(() => {
      rest
        .sessions({ q: words, limit: Math.min(200, wanted.current) }, over.signal)
        .then((page) => {
          setResult({ words, found: page.items, cursor: page.next_cursor });
          setProblem(null);
          store.note(page.items);
        })
        .catch((error: unknown) => {
          if (!over.signal.aborted) setProblem({ words, text: describe(error) });
        });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      over.abort();
    };
  }, [rest, store, words, items]);
  const cursor = result?.cursor ?? null;
  const more = useCallback((): void => {
    if (cursor === null) return;
    wanted.current += PAGE;
    rest
      .sessions({ q: words, limit: PAGE, cursor })
      .then((page) =>
        setResult((before) =>
          before?.cursor === cursor
            ? { words, found: [...before.found, ...page.items], cursor: page.next_cursor }
            : before,
        ),
      )
      .catch((error: unknown) => setProblem({ words, text: describe(error) }));
  }, [rest, words, cursor]);
  // What went wrong with other words says nothing about these.
  const fault = problem?.words === words ? problem.text : null;
  const looking = useLasting(words !== '' && fault === null && result?.words !== words, PATIENCE_MS);
  if (words === '') return { found: null, problem: null, looking: false, hasMore: false, more };
  // What was found for the words before stays while the next ones are looked for.
  return { found: result?.found ?? null, problem: fault, looking, hasMore: cursor !== null, more };
}
