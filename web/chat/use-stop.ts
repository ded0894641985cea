import { useCallback, useState } from 'react';
import { ClientError, type SessionClient } from '../client/index.ts';

/** Why a turn that was to be stopped was not. */
export interface StopRefused {
  readonly turnId: string;
  /** Null: it was too late. */
  readonly fault: string | null;
}

interface Stop {
  refused: StopRefused | null;
  stop(turnId: string): void;
  dismiss(): void;
}

/** Stops turns and keeps what came back where that did not work; a turn that was stopped says so itself. */
export function useStop(session: SessionClient): Stop {
  const [refused, setRefused] = useState<StopRefused | null>(null);
  const stop = useCallback(
    (turnId: string): void =>
      void session.cancel(turnId).then(
        (state) => setRefused(state === 'too_late' ? { turnId, fault: null } : null),
        (error: unknown) => setRefused({ turnId, fault: ClientError.from(error).message }),
      ),
    [session],
  );
  const dismiss = useCallback(() => setRefused(null), []);
  return { refused, stop, dismiss };
}
