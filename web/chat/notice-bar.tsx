import { Bell, X } from 'lucide-react';
import type { Notice } from '../../contracts/frames.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { UsageLink } from '../usage/usage-link.tsx';

/** News for the user: a reminder is due, the quota runs low. */
export function NoticeBar({
  notices,
  onDismiss,
}: {
  notices: readonly Notice[];
  onDismiss: (id: string) => void;
}) {
  if (notices.length === 0) return null;
  return (
    <ul className="notices" aria-label="News" aria-live="polite">
      {notices.map((notice) => (
        <li key={notice.notice_id}>
          <Bell size={15} aria-hidden />
          <span>{notice.text}</span>
          {notice.kind === 'quota' && <UsageLink className="link">See usage</UsageLink>}
          <IconButton icon={X} label="Dismiss" onClick={() => onDismiss(notice.notice_id)} />
        </li>
      ))}
    </ul>
  );
}
