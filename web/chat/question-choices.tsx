import type { Choice, Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

/** The choices of an open question; the numbers are keys. */
export function QuestionChoices({ question }: { question: Clarification }) {
  if (question.choices.length === 0) return null;
  return (
    <div className="choices" role="group" aria-label={question.question}>
      {question.choices.map((choice, index) => (
        <ChoiceButton key={choice.choice_id} question={question} choice={choice} index={index} />
      ))}
    </div>
  );
}

interface ChoiceButtonProps {
  question: Clarification;
  choice: Choice;
  /** Its place in the question: one less than its key. */
  index: number;
}

export function ChoiceButton({ question, choice, index }: ChoiceButtonProps) {
  const { choose } = useChatActions();
  return (
    <button
      type="button"
      className="choice"
      aria-keyshortcuts={index < 9 ? String(index + 1) : undefined}
      onClick={() => choose(question, choice)}
    >
      {index < 9 && <kbd aria-hidden>{index + 1}</kbd>}
      {choice.label}
    </button>
  );
}
