import { useEffect, useState } from 'react';

const KEY = 'pulseplan.draft';

/** What is being typed; it outlives a reload of the tab. */
export function useDraft(): [string, (text: string) => void] {
  const [text, setText] = useState(() => window.sessionStorage.getItem(KEY) ?? '');
  useEffect(() => window.sessionStorage.setItem(KEY, text), [text]);
  return [text, setText];
}

/** What one person was typing is not for the next. */
export function dropDraft(): void {
  window.sessionStorage.removeItem(KEY);
}
