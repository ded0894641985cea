import type { Notice, UserNews } from '../../contracts/frames.ts';
import type { Committed } from '../../contracts/records.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { ClaimedDelivery, endDelivery } from '../../db/deliveries.ts';
import {
  MailRefused,
  type MailTransport,
  type OutgoingMail,
} from '../../integrations/mail/mail-transport.ts';
import { newsOf } from '../../sessions/news.ts';

/** How often it looks for what is due: an email leaves within this after its delay. */
const LOOK_EVERY_MS = 500;
/** A call that takes longer is given up; the email may have arrived all the same. */
const CALL_MS = 10_000;
/** Longer than a call takes: whoever made it has died, or could not say how it ended. Also the pause between tries. */
const SILENT_MS = 15_000;
/** Tries of one email; after that it is a draft again. */
const TRIES_MAX = 8;
/** Emails taken over at a time. */
const PAGE = 20;
/** Who an email is from as long as a user has no mail account of the own. */
const senderOf = (userId: string): string => `${userId}@users.pulseplan.invalid`;

type End = Parameters<typeof endDelivery>[2];

/** What the courier needs from outside. */
export interface MailCourierDeps {
  transport: MailTransport;
  claim(due: { now: Date; silentSince: Date; limit: number }): Promise<ClaimedDelivery[]>;
  /** Null when another process has taken the delivery over. */
  end(delivery: ClaimedDelivery, end: End, at: Date): Promise<Committed['changed'] | null>;
  publishNews(userId: string, news: readonly UserNews[]): Promise<void>;
  clock: Clock;
  log: Logger;
  /** Fault points of the fault suite; does nothing in production. */
  fault(point: string): Promise<void>;
}

/**
 * Hands emails over when their delay is over. The rows in Postgres are the record: any number of couriers may run, and
 * one that dies between a call and its result leaves a row that says so; whoever takes it over looks the email up
 * before repeating the call.
 */
export class MailCourier {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly deps: MailCourierDeps) {}

  /** Looks twice a second; a look that takes longer delays the next. */
  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.look()
        .catch((error: unknown) =>
          this.deps.log.warn(
            { err: error },
            'The emails that are due could not be read; the next look tries again',
          ),
        )
        .finally(() => {
          this.running = undefined;
        });
    }, LOOK_EVERY_MS);
  }

  /** Resolves when the emails in hand have been handed over. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Hands over all that is due. */
  async look(): Promise<void> {
    for (;;) {
      const now = this.deps.clock.now();
      const silentSince = new Date(now.getTime() - SILENT_MS);
      const due = await this.deps.claim({ now, silentSince, limit: PAGE });
      await Promise.all(due.map((delivery) => this.tryDeliver(delivery)));
      if (due.length < PAGE) return;
    }
  }

  private async tryDeliver(delivery: ClaimedDelivery): Promise<void> {
    try {
      await this.deliver(delivery);
    } catch (error) {
      // Nobody knows whether it has arrived: it stays as it is, and is looked up before the next try.
      const { name, code } = errorFacts(error);
      this.deps.log.warn(
        { error: name, code, attempt: delivery.attempts },
        'An email could not be handed over',
      );
      if (delivery.attempts >= TRIES_MAX)
        await this.end(
          delivery,
          failed(delivery, 'the mail server can not be reached', this.deps.clock.now()),
        );
    }
  }

  private async deliver(delivery: ClaimedDelivery): Promise<void> {
    const { mail, user_id, id } = delivery;
    const { transport, fault, clock } = this.deps;
    if (!mail) {
      await this.end(delivery, {
        state: 'failed',
        error: 'the email does not wait to be sent',
        notice: null,
      });
      return;
    }
    const known = delivery.attempts > 1 ? await withDeadline(transport.find(id)) : null;
    if (!known) {
      const outgoing: OutgoingMail = { id, from: senderOf(user_id), ...mail };
      await fault('mail-claimed');
      try {
        await withDeadline(transport.send(outgoing));
      } catch (error) {
        if (!(error instanceof MailRefused)) throw error;
        await this.end(delivery, failed(delivery, error.reason, clock.now()));
        return;
      }
      await fault('mail-sent');
    }
    await this.end(delivery, { state: 'done' });
  }

  private async end(delivery: ClaimedDelivery, end: End): Promise<void> {
    const at = this.deps.clock.now();
    const changed = await this.deps.end(delivery, end, at);
    if (!changed) return;
    const told: UserNews[] =
      end.state === 'failed' && end.notice
        ? [{ type: 'notice', notice: end.notice, at: at.toISOString() }]
        : [];
    await this.deps.publishNews(delivery.user_id, [...newsOf(changed, at), ...told]);
  }
}

/** The delivery's own id is the notice's: it is told once, whoever tells it. */
function failed({ id, draft_id, mail }: ClaimedDelivery, why: string, at: Date): End {
  const notice: Notice = {
    notice_id: id,
    kind: 'email_failed',
    text: `"${mail?.subject ?? ''}" could not be sent: ${why}. It is a draft again.`,
    data: { draft_id },
    created_at: at.toISOString(),
  };
  return { state: 'failed', error: why, notice };
}

/** What may stand in a log: an error's message may hold addresses. */
function errorFacts(error: unknown): { name: string; code: unknown } {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined };
  return { name: error.name, code: 'code' in error ? error.code : undefined };
}

async function withDeadline<T>(call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The mail server did not answer in time')), CALL_MS);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
}
