import { X } from 'lucide-react';
import type { Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

/** Which question the next line answers, with its choices. */
export function AnsweringBar({ question, onLeave }: { question: Clarification; onLeave: () => void }) {
  const { choose } = useChatActions();
  return (
    <div className="answering" role="group" aria-label="Answering">
      <span>
        Answering: <b>{question.question}</b>
      </span>
      <span className="answering-choices">
        {question.choices.map((choice) => (
          <button
            key={choice.choice_id}
            type="button"
            className="link"
            onClick={() => {
              choose(question, choice);
              onLeave();
            }}
          >
            {choice.label}
          </button>
        ))}
      </span>
      <button type="button" className="link quiet" aria-label="Don’t answer now" onClick={onLeave}>
        <X size={15} aria-hidden />
      </button>
    </div>
  );
}
