import { useCallback, useEffect, useRef, useState } from 'react';
import { describe } from '../app/messages.ts';
import type { PulseClient, ReceiptRecord } from '../client/index.ts';

const PAGE = 30;

interface Receipts {
  /** Newest first; null until they were read. */
  receipts: readonly ReceiptRecord[] | null;
  problem: string | null;
  hasMore: boolean;
  loading: boolean;
  reload: () => void;
  more: () => void;
}

/** Pages of receipts; the first is read again whenever something has changed, and what is new stands on top. */
export function useReceipts(client: PulseClient): Receipts {
  const [receipts, setReceipts] = useState<readonly ReceiptRecord[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const wanted = useRef(PAGE);

  const read = useCallback(
    async (from: string | undefined): Promise<void> => {
      setLoading(true);
      try {
        // What is read again is as long as what was shown; older changes may have been taken back meanwhile.
        const limit = from === undefined ? Math.min(200, wanted.current) : PAGE;
        const page = await client.rest.receipts({ limit, ...(from !== undefined && { cursor: from }) });
        setReceipts((before) => (from === undefined ? page.items : [...(before ?? []), ...page.items]));
        setCursor(page.next_cursor);
        setProblem(null);
      } catch (error) {
        setProblem(describe(error));
      } finally {
        setLoading(false);
      }
    },
    [client],
  );
  useEffect(() => {
    void read(undefined);
    return client.onNews((news) => {
      if (news.type === 'entity.changed') void read(undefined);
    });
  }, [client, read]);
  return {
    receipts,
    problem,
    hasMore: cursor !== null,
    loading,
    reload: () => void read(undefined),
    more: () => {
      wanted.current += PAGE;
      if (cursor !== null) void read(cursor);
    },
  };
}
