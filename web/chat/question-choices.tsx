import type { Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

/** The choices of an open question; the numbers are keys. */
export function QuestionChoices({ question }: { question: Clarification }) {
  const { choose } = useChatActions();
  if (question.choices.length === 0) return null;
  return (
    <div className="choices" role="group" aria-label={question.question}>
      {question.choices.map((choice, index) => (
        <button
          key={choice.choice_id}
          type="button"
          className="choice"
          aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
          onClick={() => choose(question, choice)}
        >
          {index < 9 && <kbd aria-hidden>{index + 1}</kbd>}
          {choice.label}
        </button>
      ))}
    </div>
  );
}
