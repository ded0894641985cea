import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UserNews } from '../../contracts/frames.ts';
import { Clock } from '../../core/clock.ts';
import { createLogger } from '../../core/logger.ts';
import { connect, type Db } from '../../db/connect.ts';
import { claimDeliveries, endDelivery } from '../../db/deliveries.ts';
import { applyReceipt } from '../../db/receipts.ts';
import { MailRefused, messageIdOf, type MailTransport } from '../../integrations/mail/mail-transport.ts';
import { outboxTransport } from '../../integrations/mail/outbox-transport.ts';
import { MailCourier } from '../../workers/maintenance/mail-courier.ts';
import { knownUser } from '../support/known-user.ts';
import { freshDatabase, type FreshDatabase } from '../support/stores.ts';

let database: FreshDatabase;
let db: Db;
let news: UserNews[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  db = connect(database.url, { poolMax: 6, name: 'test' });
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});
beforeEach(() => {
  news = [];
});

const clock = new Clock(0);

function courier(transport: MailTransport): MailCourier {
  return new MailCourier({
    transport,
    claim: (due) => claimDeliveries(db, due),
    end: (delivery, end, at) => endDelivery(db, delivery, end, at),
    publishNews: (_userId, told) => {
      news.push(...told);
      return Promise.resolve();
    },
    clock,
    log: createLogger({ level: 'silent', role: 'test' }),
    fault: () => Promise.resolve(),
  });
}
const real = (): MailTransport => outboxTransport(db, () => clock.now());

interface Ordered {
  userId: string;
  draftId: string;
  id: string;
}

/** An email whose delay is over, as a turn leaves it. */
async function ordered(notBefore = new Date(Date.now() - 1_000)): Promise<Ordered> {
  const [userId, draftId, id] = [randomUUID(), randomUUID(), randomUUID()];
  const at = new Date();
  const stamps = { created_at: at, updated_at: at };
  const effects = [
    {
      kind: 'draft',
      op: 'create' as const,
      id: draftId,
      version: null,
      fields: {
        recipients: ['Ann'],
        subject: 'The rent',
        body: 'Hello Ann,\n\nit is late.',
        email_type: 'general',
        tone: 'neutral',
        method: 'template',
        status: 'sending',
        addresses: ['ann@example.com'],
        send_at: notBefore,
        sent_at: null,
        ...stamps,
      },
      reason: 'test',
    },
    {
      kind: 'delivery',
      op: 'create' as const,
      id,
      version: null,
      fields: { draft_id: draftId, state: 'planned', not_before: notBefore, attempts: 0, ...stamps },
      reason: 'test',
    },
  ];
  const receipt = {
    id: randomUUID(),
    step: 0,
    intent: null,
    action: 'send_email',
    summary: 'Sending',
    reason: {},
    undoes: null,
    undo_until: null,
    effects,
    calendar_version: null,
  };
  await knownUser(db, userId);
  await applyReceipt(db, userId, receipt, at);
  return { userId, draftId, id };
}

const delivery = ({ id }: Ordered) =>
  db('deliveries')
    .where({ id })
    .first<{ state: string; attempts: number; version: number; error: string | null }>();
const draft = ({ draftId }: Ordered) =>
  db('drafts')
    .where({ id: draftId })
    .first<{ status: string; addresses: string[]; sent_at: Date | null; version: number }>();
const gone = ({ id }: Ordered) => db('mail_outbox').where({ delivery_id: id }).select<unknown[]>('*');
/** As if whoever called had died a while ago. */
const callerDies = ({ id }: Ordered) =>
  db('deliveries')
    .where({ id })
    .update({ called_at: new Date(Date.now() - 60_000) });

describe('an email whose delay is over', () => {
  it('goes out once, however many couriers look at once', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => ordered()));
    await Promise.all([1, 2, 3, 4].map(() => courier(real()).look()));
    for (const one of all) {
      expect(await gone(one)).toHaveLength(1);
      expect(await delivery(one)).toMatchObject({ state: 'done', attempts: 1, version: 3 });
      expect(await draft(one)).toMatchObject({ status: 'sent', addresses: ['ann@example.com'], version: 2 });
    }
    expect(news.filter((one) => one.type === 'entity.changed' && one.kind === 'draft')).toHaveLength(30);
  });

  it('is left alone before its time, and once it was taken back', async () => {
    const early = await ordered(new Date(Date.now() + 60_000));
    const undone = await ordered();
    await db('deliveries').where({ id: undone.id }).update({ deleted_at: new Date() });
    await courier(real()).look();
    expect(await delivery(early)).toMatchObject({ state: 'planned', attempts: 0 });
    expect(await delivery(undone)).toMatchObject({ state: 'planned', attempts: 0 });
    expect([...(await gone(early)), ...(await gone(undone))]).toEqual([]);
    await db('deliveries').where({ id: early.id }).update({ deleted_at: new Date() });
  });

  it('can not be taken back any more once it was taken over', async () => {
    const one = await ordered();
    await claimDeliveries(db, { now: new Date(), silentSince: new Date(0), limit: 10 });
    const receipt = {
      id: randomUUID(),
      step: 0,
      intent: null,
      action: 'undo',
      summary: 'Undone',
      reason: {},
      undoes: null,
      undo_until: null,
      calendar_version: null,
      effects: [
        {
          kind: 'delivery',
          op: 'delete' as const,
          id: one.id,
          version: 1,
          fields: { deleted_at: new Date() },
          reason: 'undo',
        },
      ],
    };
    await expect(applyReceipt(db, one.userId, receipt, new Date())).rejects.toMatchObject({
      code: 'version_conflict',
    });
    await callerDies(one);
    await courier(real()).look();
    expect(await gone(one)).toHaveLength(1);
  });
});

describe('a courier that dies', () => {
  it('between the call and its result has sent it once: the next one looks it up', async () => {
    const one = await ordered();
    const calls: string[] = [];
    const counting: MailTransport = {
      send: (mail) => {
        calls.push(mail.id);
        return real().send(mail);
      },
      find: (id) => real().find(id),
    };
    // Taken over and called, and then nothing more.
    await claimDeliveries(db, { now: new Date(), silentSince: new Date(0), limit: 10 });
    await counting.send({
      id: one.id,
      from: 'me@x.org',
      to: ['ann@example.com'],
      subject: 'The rent',
      text: 'Hi',
    });
    await courier(counting).look();
    expect(await delivery(one), 'who may still be at it is not disturbed').toMatchObject({
      state: 'calling',
    });
    await callerDies(one);
    await courier(counting).look();
    expect(calls).toEqual([one.id]);
    expect(await gone(one)).toHaveLength(1);
    expect(await delivery(one)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await draft(one)).toMatchObject({ status: 'sent' });
  });

  it('before the call leaves it to the next one', async () => {
    const one = await ordered();
    await claimDeliveries(db, { now: new Date(), silentSince: new Date(0), limit: 10 });
    await callerDies(one);
    await courier(real()).look();
    expect(await gone(one)).toHaveLength(1);
    expect(await delivery(one)).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('and comes back late finds that another one has ended it', async () => {
    const one = await ordered();
    const [mine] = await claimDeliveries(db, { now: new Date(), silentSince: new Date(0), limit: 10 });
    await callerDies(one);
    await courier(real()).look();
    expect(mine?.id).toBe(one.id);
    expect(
      mine && (await endDelivery(db, mine, { state: 'failed', error: 'late', notice: null }, new Date())),
    ).toBe(null);
    expect(await draft(one)).toMatchObject({ status: 'sent' });
  });
});

describe('a mail server', () => {
  it('that refuses an email makes it a draft again, with a notice', async () => {
    const one = await ordered();
    const refusing: MailTransport = {
      send: () => Promise.reject(new MailRefused('the mailbox does not exist')),
      find: () => Promise.resolve(null),
    };
    await courier(refusing).look();
    expect(await delivery(one)).toMatchObject({ state: 'failed', error: 'the mailbox does not exist' });
    expect(await draft(one)).toMatchObject({ status: 'draft', addresses: [], sent_at: null });
    const text = '"The rent" could not be sent: the mailbox does not exist. It is a draft again.';
    expect(news.find((told) => told.type === 'notice')).toMatchObject({
      notice: { notice_id: one.id, kind: 'email_failed', text, data: { draft_id: one.draftId } },
    });
    expect(await db('notices').where({ user_id: one.userId }).select<unknown[]>('*')).toMatchObject([
      { text },
    ]);
    await courier(real()).look();
    expect(await gone(one)).toEqual([]);
  });

  it('that can not be reached is tried again, looked up first each time, and given up in the end', async () => {
    const one = await ordered();
    const asked: string[] = [];
    const silent: MailTransport = {
      send: () => Promise.reject(new Error('connect ECONNREFUSED')),
      find: (id) => {
        asked.push(id);
        return Promise.resolve(null);
      },
    };
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      await courier(silent).look();
      expect(await delivery(one)).toMatchObject({ state: 'calling', attempts: attempt });
      await callerDies(one);
    }
    expect(asked).toHaveLength(6);
    await courier(silent).look();
    expect(await delivery(one)).toMatchObject({ state: 'failed', attempts: 8 });
    expect(await draft(one)).toMatchObject({ status: 'draft' });
  });

  it('that comes back in time gets it once', async () => {
    const one = await ordered();
    let isDown = true;
    const flaky: MailTransport = {
      send: (mail) => (isDown ? Promise.reject(new Error('down')) : real().send(mail)),
      find: (id) => real().find(id),
    };
    await courier(flaky).look();
    isDown = false;
    await callerDies(one);
    await courier(flaky).look();
    expect(await gone(one)).toHaveLength(1);
  });
});

describe('the outbox', () => {
  it('takes an email once, and knows it by its key', async () => {
    const one = await ordered(new Date(Date.now() + 60_000));
    const mail = { id: one.id, from: 'me@x.org', to: ['ann@example.com'], subject: 'Hi', text: 'Hi' };
    expect(await real().find(one.id)).toBeNull();
    expect(await real().send(mail)).toEqual({ message_id: messageIdOf(one.id) });
    expect(await real().send({ ...mail, text: 'Other' })).toEqual({ message_id: messageIdOf(one.id) });
    expect(await real().find(one.id)).toEqual({ message_id: messageIdOf(one.id) });
    expect(await gone(one)).toMatchObject([{ body: 'Hi', user_id: one.userId }]);
  });
});
