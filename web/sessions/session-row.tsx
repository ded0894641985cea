import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { SESSION_TITLE_MAX } from '../../contracts/requests.ts';
import type { SessionStore } from '../app/session-store.ts';
import { AskDialog } from '../parts/ask-dialog.tsx';
import { Marked } from '../parts/marked.tsx';
import { stopAt } from '../parts/roving.tsx';
import { TitleField } from '../parts/title-field.tsx';
import { capitalised } from '../parts/capitalised.ts';
import type { SessionRecord } from '../client/index.ts';

interface SessionRowProps {
  session: SessionRecord;
  store: SessionStore;
  isActive: boolean;
  /** The words that are looked for; empty where nothing is. */
  words: string;
  onOpen: () => void;
}

/** A conversation to go back to, to name and to delete. One row of `Roving`. */
export function SessionRow({ session, store, isActive, words, onOpen }: SessionRowProps) {
  const [unfolded, setUnfolded] = useState(false);
  const [draft, setDraft] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { session_id: id, match } = session;
  const title = sessionTitle(session);
  const keep = (): void => {
    const name = draft?.trim() ?? '';
    if (name !== '' && name !== title) void store.rename(id, name);
    setDraft(null);
  };
  return (
    <div
      className={`session-row ${unfolded ? 'unfolded' : ''}`}
      data-row={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !unfolded || asking) return;
        // The drawer around it stays open.
        event.preventDefault();
        event.stopPropagation();
        setUnfolded(false);
      }}
    >
      {draft !== null ? (
        <TitleField title={title} most={SESSION_TITLE_MAX} draft={draft} onDraft={setDraft} onKeep={keep} />
      ) : (
        <button
          type="button"
          {...stopAt('title')}
          className={`session ${words === '' ? '' : 'found'}`}
          aria-current={isActive ? 'page' : undefined}
          onClick={onOpen}
        >
          <span className="session-title" title={title} dir="auto">
            <Marked text={title} query={words} />
          </span>
          {match !== null && match.snippet !== session.title && (
            <span className="session-snippet" dir="auto">
              <Marked text={match.snippet} query={words} />
            </span>
          )}
        </button>
      )}
      <button
        type="button"
        {...stopAt('more')}
        className="icon-button session-more"
        aria-label={`More about ${title}`}
        title="Rename or delete"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
      {unfolded && (
        <div className="session-deeds">
          <button
            type="button"
            {...stopAt('rename')}
            className="button"
            onClick={() => {
              setUnfolded(false);
              setDraft(title);
            }}
          >
            <Pencil size={14} aria-hidden />
            Rename
          </button>
          <button type="button" {...stopAt('delete')} className="button" onClick={() => setAsking(true)}>
            <Trash2 size={14} aria-hidden />
            Delete
          </button>
        </div>
      )}
      <AskDialog
        open={asking}
        question={`Delete “${title}”?`}
        yes="Delete"
        no="Keep it"
        onYes={() => {
          setAsking(false);
          void store.delete(id);
        }}
        onClose={() => setAsking(false)}
      >
        <p>
          What was said in this conversation goes, on all your devices, and this can not be undone. Tasks,
          events and all else that was made in it stay, with their history.
        </p>
      </AskDialog>
    </div>
  );
}

/** What a conversation is called on the page. */
export const sessionTitle = ({ title }: Pick<SessionRecord, 'title'>): string =>
  title === null ? 'New conversation' : capitalised(title);
