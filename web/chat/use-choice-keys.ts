import { useEffect, type RefObject } from 'react';
import type { Choice, Clarification } from '../../contracts/clarification.ts';

/**
 * Keys 1 to 9 answer the question on screen. In the empty line they do so at once where the question is a choice; where
 * it asks for words ("3 pm"), a digit there is a word and needs Enter.
 */
export function useChoiceKeys(
  question: Clarification | null,
  line: RefObject<HTMLTextAreaElement | null>,
  lineIsEmpty: boolean,
  choose: (question: Clarification, choice: Choice) => void,
): void {
  useEffect(() => {
    if (!question) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
      const choice = question.choices[Number(event.key) - 1];
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const inLine = event.target === line.current && lineIsEmpty && question.kind !== 'slot';
      if (!choice || (typing && !inLine)) return;
      event.preventDefault();
      choose(question, choice);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [question, line, lineIsEmpty, choose]);
}
