import { OctagonX, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Draft } from '../../contracts/entities.ts';

/** The seconds in which an email can be stopped, going by. */
export function EmailSending({ draft, onStop }: { draft: Draft; onStop: () => void }) {
  const seconds = useSecondsUntil(draft.send_at);
  const [stopping, setStopping] = useState(false);
  return (
    <div className="email-sending">
      <Send size={15} aria-hidden />
      {/* Spoken once: each second would be too much. */}
      <span>
        {seconds > 0 ? (
          <>
            Goes out in <b>{seconds} s</b>
          </>
        ) : (
          'Going out now'
        )}
      </span>
      {seconds > 0 && (
        <button
          type="button"
          className="button small"
          disabled={stopping}
          onClick={() => {
            setStopping(true);
            onStop();
          }}
        >
          <OctagonX size={14} aria-hidden /> Stop sending
        </button>
      )}
    </div>
  );
}

function useSecondsUntil(instant: string | null): number {
  const left = (): number =>
    instant === null ? 0 : Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = (): void => setSeconds(left());
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- it is made of the instant alone
  }, [instant]);
  return seconds;
}
