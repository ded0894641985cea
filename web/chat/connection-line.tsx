import type { ConversationState } from '../client/index.ts';

/** Says that the line is down, and nothing when it is up. What is written meanwhile is kept and sent later. */
export function ConnectionLine({ state }: { state: ConversationState }) {
  const text = lineText(state);
  return (
    <div className={`connection ${text === null ? '' : 'shown'}`} role="status">
      {text}
    </div>
  );
}

function lineText({ link, linkError, epoch }: ConversationState): string | null {
  if (link === 'refused') return linkError?.message ?? 'The server refused the connection.';
  if (link === 'reconnecting') return 'Reconnecting. What you write is kept.';
  return link === 'connecting' && epoch === null && linkError ? 'Connecting' : null;
}
