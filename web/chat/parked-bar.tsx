import { CircleHelp } from 'lucide-react';
import type { Clarification } from '../../contracts/clarification.ts';
import { useChatActions } from './chat-actions.ts';

interface ParkedBarProps {
  question: Clarification;
  onAnswer: () => void;
}

/** A question that is still open while the conversation went on. */
export function ParkedBar({ question, onAnswer }: ParkedBarProps) {
  const { say } = useChatActions();
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
        <button type="button" className="link quiet" onClick={() => say('never mind')}>
          Drop
        </button>
      </span>
    </div>
  );
}
