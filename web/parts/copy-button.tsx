import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

const COPIED_MS = 2_500;

interface CopyButtonProps {
  text: string;
  /** What the button says. */
  label?: string;
}

/** Puts a text on the clipboard and says for a moment whether that worked. */
export function CopyButton({ text, label = 'Copy text' }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (next: 'copied' | 'refused'): void => {
    setState(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), COPIED_MS);
  };
  const copy = (): void => {
    // Browsers have no clipboard on a page that is neither local nor encrypted.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (!clipboard) return tell('refused');
    clipboard.writeText(text).then(
      () => tell('copied'),
      () => tell('refused'),
    );
  };
  const words = { idle: label, copied: 'Copied', refused: 'Your browser did not allow it' } as const;
  return (
    <button type="button" className="link" aria-live="polite" onClick={copy}>
      {state === 'copied' ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />} {words[state]}
    </button>
  );
}
