import type { Db } from '../../db/connect.ts';
import { keepOutgoing, outgoingMessageId } from '../../db/mail-outbox.ts';
import { messageIdOf, type MailTransport } from './mail-transport.ts';

/** Where no mail server is set up: emails go to an outbox that their sender can read, and no further. */
export function outboxTransport(db: Db, now: () => Date): MailTransport {
  return {
    send: async (mail) => {
      const message_id = messageIdOf(mail.id);
      await keepOutgoing(db, { ...mail, message_id }, now());
      return { message_id };
    },
    find: async (id) => {
      const message_id = await outgoingMessageId(db, id);
      return message_id === null ? null : { message_id };
    },
  };
}
