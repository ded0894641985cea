import { Pencil, Send } from 'lucide-react';
import { useEffect, type RefObject } from 'react';
import type { Draft } from '../../contracts/entities.ts';
import { useStore } from '../app/store.ts';
import { sayPrice } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';

/** What the words for it are, behind "make it". */
const TONES = [
  ['Shorter', 'shorter'],
  ['More formal', 'more formal'],
  ['Friendlier', 'friendlier'],
] as const;

interface EmailDeedsProps {
  draft: Draft;
  isLast: boolean;
  /** The card stands below the question whether to send it. */
  isAsked: boolean;
  editButton: RefObject<HTMLButtonElement | null>;
  onEdit: () => void;
}

/**
 * What can be done with an email that is kept. Tone and sending are said, as if typed: the answer is a turn of its own,
 * with its question before anything leaves, and its way back.
 */
export function EmailDeeds({ draft, isLast, isAsked, editButton, onEdit }: EmailDeedsProps) {
  const { say, usage } = useChatActions();
  const { costs } = useStore(usage);
  const metered = draft.method === 'llm';
  useEffect(() => {
    if (metered) void usage.loadCosts();
  }, [metered, usage]);
  const name = isLast ? 'it' : `the email ${nameOf(draft)}`;
  return (
    <div className="email-deeds">
      {!isAsked && (
        <button type="button" className="button small primary" onClick={() => say(`send ${name}`)}>
          <Send size={14} aria-hidden /> Send
        </button>
      )}
      <button ref={editButton} type="button" className="button small" onClick={onEdit}>
        <Pencil size={14} aria-hidden /> Edit
      </button>
      <span className="email-tones" role="group" aria-label="Word it anew">
        {TONES.map(([label, tone]) => (
          <button key={tone} type="button" className="link quiet" onClick={() => say(`make ${name} ${tone}`)}>
            {label}
          </button>
        ))}
        {metered && <span className="email-method">each for {sayPrice(costs, 'email_draft_llm')}</span>}
      </span>
    </div>
  );
}

/** By whom it is for, as people say it; else by what it is about. */
const nameOf = ({ recipients, subject }: Draft): string =>
  recipients[0] === undefined ? `"${subject}"` : `to ${recipients[0]}`;
