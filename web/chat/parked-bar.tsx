import { CircleHelp } from 'lucide-react';
import { DROP_CHOICE, type Choice, type Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

interface ParkedBarProps {
  question: Clarification;
  onAnswer: () => void;
}

/** A question that is still open while the conversation went on. */
export function ParkedBar({ question, onAnswer }: ParkedBarProps) {
  const { choose } = useChatActions();
  const drop = dropOf(question);
  return (
    <div className="parked" role="group" aria-label="Still open">
      <CircleHelp size={15} aria-hidden />
      <span className="parked-text">
        Still open: <b>{question.question}</b>
      </span>
      <span className="parked-actions">
        <button type="button" className="link" onClick={onAnswer}>
          Answer
        </button>
        <button type="button" className="link quiet" onClick={() => choose(question, drop)}>
          {drop.label}
        </button>
      </span>
    </div>
  );
}

/** Gives up this very question, in the words of its own where it can be answered so; "never mind" would mean the one asked last. */
function dropOf({ kind, choices }: Clarification): Choice {
  const own = choices.find(({ choice_id: id }) => id === DROP_CHOICE || (kind === 'confirm' && id === 'no'));
  return kind !== 'slot' && own ? own : { choice_id: DROP_CHOICE, label: 'Drop this question' };
}
