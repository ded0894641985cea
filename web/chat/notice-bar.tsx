import { Bell, BellRing, Check, MailWarning, Sunrise, X } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import type { Notice } from '../../contracts/frames.ts';
import { uuid } from '../../contracts/ids.ts';
import { card as cardSchema } from '../../contracts/result.ts';
import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { snoozes } from '../client/index.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { CardView } from './card-view.tsx';
import { useChatActions } from './chat-actions.ts';

/** What a notice may carry; each part by itself, since a notice is worth showing without it. */
const details = z.object({
  reminder_id: uuid.optional().catch(undefined),
  draft_id: uuid.optional().catch(undefined),
  session_id: uuid.optional().catch(undefined),
  turn_id: uuid.optional().catch(undefined),
  /** The data of a card. */
  briefing: z
    .unknown()
    .transform((data) => cardSchema.safeParse({ kind: 'briefing', data }).data)
    .optional(),
});
type Details = z.infer<typeof details>;

/** News for the user: a reminder is due, the briefing is there, an email did not go out, the quota runs low. */
export function NoticeBar({
  notices,
  onDismiss,
}: {
  notices: readonly Notice[];
  onDismiss: (id: string) => void;
}) {
  const { reminders } = useChatActions();
  const known = useStore(reminders).items;
  const now = useNow();
  // What was answered on another device, or on its card, needs no answer here.
  const shown = notices
    .map((notice) => ({ notice, data: details.catch({}).parse(notice.data) }))
    .filter(({ data: { reminder_id: id } }) => {
      const reminder = id === undefined ? undefined : known.get(id);
      // One that repeats waits for its next time while this one is still to be answered.
      const isLater =
        reminder?.status === 'scheduled' &&
        reminder.recurrence === null &&
        Date.parse(reminder.remind_at) > now.getTime();
      return reminder?.status !== 'done' && !isLater;
    });
  if (shown.length === 0) return null;
  return (
    <ul className="notices" aria-label="News" aria-live="polite">
      {shown.map(({ notice, data }) => (
        <Line
          key={notice.notice_id}
          notice={notice}
          data={data}
          onDismiss={() => onDismiss(notice.notice_id)}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  notice: Notice;
  data: Details;
  onDismiss: () => void;
}

function Line({ notice, data, onDismiss }: LineProps) {
  const { openTurn } = useChatActions();
  const [open, setOpen] = useState(false);
  const { reminder_id: reminderId, session_id: sessionId, turn_id: turnId, briefing: card } = data;
  return (
    <li className={reminderId === undefined ? '' : 'due'}>
      <div className="notice-line">
        <NoticeIcon notice={notice} data={data} />
        <span className="notice-text">{notice.text}</span>
        {reminderId !== undefined && notice.kind === 'reminder_due' && (
          <ReminderButtons id={reminderId} onDismiss={onDismiss} />
        )}
        {notice.kind === 'quota' && (
          <PageLink page="usage" className="link">
            See usage
          </PageLink>
        )}
        {card && (
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </button>
        )}
        {!card && sessionId !== undefined && turnId !== undefined && (
          <button
            type="button"
            className="link"
            onClick={() => {
              onDismiss();
              openTurn(sessionId, turnId);
            }}
          >
            Show
          </button>
        )}
        {!card && turnId === undefined && <AskFor notice={notice} onDismiss={onDismiss} />}
        <IconButton icon={X} label="Dismiss" onClick={onDismiss} />
      </div>
      {card && open && (
        <div className="notice-card">
          <CardView card={card} question={null} isOpen={false} chosen={null} isLast={false} />
        </div>
      )}
    </li>
  );
}

/** A briefing that does not come along is asked for. */
function AskFor({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const { say } = useChatActions();
  if (notice.kind !== 'briefing_ready') return null;
  return (
    <button
      type="button"
      className="link"
      onClick={() => {
        onDismiss();
        say('give me my briefing for today');
      }}
    >
      Show
    </button>
  );
}

function ReminderButtons({ id, onDismiss }: { id: string; onDismiss: () => void }) {
  const { reminders } = useChatActions();
  const now = useNow();
  return (
    <span className="notice-actions" role="group" aria-label="Answer the reminder">
      <button
        type="button"
        className="button small"
        onClick={() => {
          onDismiss();
          void reminders.answer(id, { status: 'done' });
        }}
      >
        <Check size={14} aria-hidden /> Done
      </button>
      {snoozes(now).map(({ label, at }) => (
        <button
          key={label}
          type="button"
          className="link quiet"
          aria-label={`Remind me later: ${label}`}
          onClick={() => {
            onDismiss();
            void reminders.answer(id, { remind_at: at() });
          }}
        >
          {label}
        </button>
      ))}
    </span>
  );
}

function NoticeIcon({ notice: { kind }, data }: Pick<LineProps, 'notice' | 'data'>) {
  if (kind === 'reminder_due') return <BellRing size={15} aria-hidden />;
  if (kind === 'briefing_ready') return <Sunrise size={15} aria-hidden />;
  return data.draft_id === undefined ? <Bell size={15} aria-hidden /> : <MailWarning size={15} aria-hidden />;
}
