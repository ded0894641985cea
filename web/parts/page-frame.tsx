import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Messages } from '../app/messages.ts';
import { usePlace } from '../app/place.ts';
import { useConversationPart } from '../app/use-conversation.ts';
import { ConnectionLine } from '../chat/connection-line.tsx';
import type { SessionClient } from '../client/index.ts';
import { IconButton } from './icon-button.tsx';
import { MessageLine } from './message-line.tsx';

interface PageFrameProps {
  title: string;
  session: SessionClient;
  messages: Messages;
  /** What to make of what is shown while the line is down. */
  meanwhile: string;
  /** Beside the title. */
  tools?: ReactNode;
  /** Something was taken back, and the button that did it is gone; by default the title has the focus next. */
  onUndone?: (id: string) => void;
  /** Whether Escape goes back too; not where it is pressed to close one of many small things. */
  escapes?: boolean;
  children: ReactNode;
}

const TITLE_ID = 'page-heading';
/** What had the focus is gone, and nothing stands in its place. */
export const focusTitle = (): void => document.getElementById(TITLE_ID)?.focus();

/** A page over the conversation, which waits underneath: its title, the way back, and what was just done. */
export function PageFrame({
  title,
  session,
  messages,
  meanwhile,
  tools,
  escapes = true,
  onUndone,
  children,
}: PageFrameProps) {
  const place = usePlace();
  const link = useConversationPart(session, (state) => state.link);
  const linkError = useConversationPart(session, (state) => state.linkError);
  useWayBack(() => {
    if (escapes) place.openChat();
  });
  useEffect(() => {
    focusTitle();
    return () => {
      // What only says that something was done has been said; a way back stays in reach.
      if (messages.get()?.undo === null) messages.dismiss();
    };
  }, [messages]);
  return (
    <main className="page" aria-labelledby={TITLE_ID}>
      <header className="bar">
        <IconButton icon={ArrowLeft} label="Back to the conversation" onClick={() => place.openChat()} />
        <h1 className="bar-title" id={TITLE_ID} tabIndex={-1}>
          {title}
        </h1>
        {tools}
      </header>
      <ConnectionLine state={{ link, linkError }} meanwhile={meanwhile} onRetry={() => session.reconnect()} />
      {children}
      <div className="page-message">
        <MessageLine messages={messages} onUndone={onUndone ?? focusTitle} />
      </div>
    </main>
  );
}

/** The part of a page that scrolls, with a column to read in. */
export function PageColumn({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label={label}>
      <div className="page-column">{children}</div>
    </div>
  );
}

/** Escape goes back, unless something on the page has a use for it. */
function useWayBack(back: () => void): void {
  const latest = useRef(back);
  useEffect(() => {
    latest.current = back;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // It closes that, wherever in it the focus is or was.
      if (document.querySelector('dialog:modal')) return;
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
