import { useCallback, useEffect, useState } from 'react';
import type { UsageItem, UsageSummary } from '../../contracts/usage.ts';
import {
  ClientError,
  daysOf,
  monthBefore,
  monthOfItems,
  monthOfSummary,
  type MonthUsage,
  type RestClient,
} from '../client/index.ts';

export type MonthChoice = 'this' | 'last';

/** What the page shows of a month. */
export interface MonthView {
  readonly choice: MonthChoice;
  /** Of the running month, whichever one is shown. */
  readonly summary: UsageSummary;
  readonly usage: MonthUsage;
  /** Newest first. */
  readonly items: readonly UsageItem[];
  /** Where the next lines begin; null when all are here. */
  readonly next: string | null;
}

export interface MonthReading {
  /** What was read last, kept while it is read again. */
  readonly view: MonthView | null;
  /** Why the last reading gave nothing; null when it did. */
  readonly problem: string | null;
  readonly reload: () => void;
  readonly more: () => void;
  readonly loadingMore: boolean;
}

const LINES = 25;
const PAGE_MAX = 200;
/** A month that is over is added up here, from this many lines at most. */
const PAGES_MAX = 25;
const SETTLING_MS = 2_000;
const SETTLING_MAX = 3;

/** The lines of what was just used come a little later than its number. */
const isBehind = ({ choice, summary, usage }: MonthView): boolean =>
  choice === 'this' && summary.tokens_used_this_month !== usage.total;

/** Reads a month, and reads it again whenever `version` says that something was used. */
export function useMonth(rest: RestClient, choice: MonthChoice, version: number): MonthReading {
  const [view, setView] = useState<MonthView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (left: number): void =>
      void read(rest, choice, signal).then(
        (found) => {
          if (signal.aborted) return;
          setView(found);
          setProblem(null);
          if (left > 0 && isBehind(found)) timer = setTimeout(() => look(left - 1), SETTLING_MS);
        },
        (error: unknown) => {
          if (!signal.aborted) setProblem(ClientError.from(error).message);
        },
      );
    look(SETTLING_MAX);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [rest, choice, version, asked]);

  const more = useCallback((): void => {
    if (!view || view.next === null || loadingMore) return;
    setLoadingMore(true);
    readLines(rest, view.usage.month, { cursor: view.next, limit: LINES })
      .then(
        ({ items, next_cursor: next }) =>
          // A reading that came meanwhile begins anew.
          setView((shown) => (shown === view ? { ...view, items: [...view.items, ...items], next } : shown)),
        (error: unknown) => setProblem(ClientError.from(error).message),
      )
      .finally(() => setLoadingMore(false));
  }, [rest, view, loadingMore]);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  return { view: view?.choice === choice ? view : null, problem, reload, more, loadingMore };
}

async function read(rest: RestClient, choice: MonthChoice, signal: AbortSignal): Promise<MonthView> {
  const summary = await rest.usageSummary(signal);
  if (choice === 'this') {
    const { items, next_cursor: next } = await readLines(rest, summary.period, { limit: LINES }, signal);
    return { choice, summary, usage: monthOfSummary(summary), items, next };
  }
  const month = monthBefore(summary.period);
  const items: UsageItem[] = [];
  let next: string | null = null;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await readLines(
      rest,
      month,
      { limit: PAGE_MAX, ...(next !== null && { cursor: next }) },
      signal,
    );
    items.push(...found.items);
    next = found.next_cursor;
    if (next === null) break;
  }
  return { choice, summary, usage: monthOfItems(month, items), items, next };
}

const readLines = (
  rest: RestClient,
  month: string,
  page: { cursor?: string; limit: number },
  signal?: AbortSignal,
): ReturnType<RestClient['usageHistory']> => {
  const { start, end } = daysOf(month);
  return rest.usageHistory({ start_date: start, end_date: end, ...page }, signal);
};
