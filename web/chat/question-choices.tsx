import type { Choice, Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

interface QuestionChoicesProps {
  question: Clarification;
  /** Others are asked beside it, so that it has to be told which one the buttons answer. */
  isNamed: boolean;
  /** The numbers are its keys: those of one question only. */
  hasKeys: boolean;
}

/** The choices of an open question. */
export function QuestionChoices({ question, isNamed, hasKeys }: QuestionChoicesProps) {
  if (question.choices.length === 0) return null;
  return (
    <>
      {isNamed && <p className="choices-of">{question.question}</p>}
      <div className="choices" role="group" aria-label={question.question}>
        {question.choices.map((choice, index) => (
          <ChoiceButton
            key={choice.choice_id}
            question={question}
            choice={choice}
            index={hasKeys ? index : null}
          />
        ))}
      </div>
    </>
  );
}

interface ChoiceButtonProps {
  question: Clarification;
  choice: Choice;
  /** Its place in the question, which is one less than its key; null where it has none. */
  index: number | null;
}

export function ChoiceButton({ question, choice, index }: ChoiceButtonProps) {
  const { choose } = useChatActions();
  const key = index !== null && index < 9 ? String(index + 1) : undefined;
  return (
    <button type="button" className="choice" aria-keyshortcuts={key} onClick={() => choose(question, choice)}>
      {key !== undefined && <kbd aria-hidden>{key}</kbd>}
      {choice.label}
    </button>
  );
}
