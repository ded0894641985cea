import { z } from 'zod';
import { outgoing, type Outgoing } from '../contracts/entities.ts';
import type { Db } from './connect.ts';

const outgoingRow = outgoing.omit({ id: true, from: true, to: true, text: true }).extend({
  delivery_id: z.string(),
  sender: z.string(),
  recipients: z.array(z.string()),
  body: z.string(),
  sent_at: z.coerce.date(),
});

function toOutgoing(row: unknown): Outgoing {
  const { delivery_id, sender, recipients, body, sent_at, ...rest } = outgoingRow.parse(row);
  return {
    id: delivery_id,
    from: sender,
    to: recipients,
    text: body,
    sent_at: sent_at.toISOString(),
    ...rest,
  };
}

/** Keeps an email that goes out, for whoever ordered the delivery `id`. The same one twice is one email. */
export async function keepOutgoing(
  db: Db,
  mail: {
    id: string;
    message_id: string;
    from: string;
    to: readonly string[];
    subject: string;
    text: string;
  },
  at: Date,
): Promise<void> {
  await db.raw(
    `insert into mail_outbox (delivery_id, user_id, message_id, sender, recipients, subject, body, sent_at)
      select d.id, d.user_id, ?, ?, ?, ?, ?, ? from deliveries d where d.id = ?
      on conflict (delivery_id) do nothing`,
    [mail.message_id, mail.from, [...mail.to], mail.subject, mail.text, at, mail.id],
  );
}

/** @returns null when no such email has gone out */
export async function outgoingMessageId(db: Db, id: string): Promise<string | null> {
  const row = await db('mail_outbox')
    .where({ delivery_id: id })
    .first<{ message_id: string } | undefined>('message_id');
  return row?.message_id ?? null;
}

/** One page for REST, newest first; the cursor is the last id seen. */
export async function pageOutgoing(
  db: Db,
  userId: string,
  page: { after?: string | undefined; limit: number },
): Promise<Outgoing[]> {
  const query = db('mail_outbox')
    .where({ user_id: userId })
    .select<unknown[]>('delivery_id', 'message_id', 'sender', 'recipients', 'subject', 'body', 'sent_at')
    .orderBy('delivery_id', 'desc')
    .limit(page.limit);
  if (page.after) query.where('delivery_id', '<', page.after);
  return (await query).map(toOutgoing);
}
