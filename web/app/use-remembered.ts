import { useState } from 'react';

/** A choice about the page that outlives it. */
export function useRemembered(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => (window.localStorage.getItem(key) ?? String(initial)) === 'true');
  return [
    value,
    (next) => {
      window.localStorage.setItem(key, String(next));
      setValue(next);
    },
  ];
}
