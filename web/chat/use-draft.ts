import { useEffect, useRef, useState } from 'react';
import type { ConversationState } from '../client/index.ts';
import { isNew } from './is-new.ts';

const PREFIX = 'pulseplan.draft';

/**
 * What is being typed: one draft for each conversation of a person, and one for the conversation that has yet to begin.
 * It outlives a reload of the tab.
 */
export function useDraft(person: string, state: ConversationState): [string, (text: string) => void] {
  const key = `${PREFIX} ${person} ${placeOf(state)}`;
  const [text, setText] = useState(() => window.sessionStorage.getItem(key) ?? '');
  const keptAt = useRef(key);
  useEffect(() => {
    if (keptAt.current !== key) {
      // The conversation has begun, or turned out to be a new one: what is in the line goes along.
      window.sessionStorage.removeItem(keptAt.current);
      keptAt.current = key;
      const kept = window.sessionStorage.getItem(key);
      if (text === '' && kept !== null) return setText(kept);
    }
    if (text === '') window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, text);
  }, [key, text]);
  return [text, setText];
}

/** Nobody finds a conversation again in which nothing was said: all of those share one draft. */
const placeOf = (state: ConversationState): string =>
  state.sessionId === null || isNew(state) ? 'new' : state.sessionId;

/** What one person was typing is not for the next. */
export function dropDrafts(): void {
  for (const key of Object.keys(window.sessionStorage))
    if (key.startsWith(PREFIX)) window.sessionStorage.removeItem(key);
}
