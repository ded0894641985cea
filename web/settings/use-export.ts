import { useState } from 'react';
import { describe } from '../app/messages.ts';
import type { RestClient } from '../client/index.ts';

type Format = 'jsonl' | 'ics';

interface Export {
  loading: Format | null;
  /** What was downloaded last. */
  done: Format | null;
  fault: string | null;
  load: (format: Format) => void;
}

/** What is kept of a person, as a file; one at a time. */
export function useExport(rest: RestClient): Export {
  const [loading, setLoading] = useState<Format | null>(null);
  const [done, setDone] = useState<Format | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = async (format: Format): Promise<void> => {
    if (loading !== null) return;
    setLoading(format);
    setDone(null);
    setFault(null);
    try {
      save(await rest.exported(format), `pulseplan.${format}`);
      setDone(format);
    } catch (error) {
      setFault(`Nothing was downloaded. ${describe(error)}`);
    } finally {
      setLoading(null);
    }
  };
  return { loading, done, fault, load: (format) => void load(format) };
}

/** As a file of the person's own. */
function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
