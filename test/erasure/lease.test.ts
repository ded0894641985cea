import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { ERASURE_STEPS, eraseSome, leaseErasure, noteStep, removeAccount } from '../../db/erasures.ts';
import { migrate } from '../../db/migrate.ts';
import { eraseBatch } from '../../db/user-tables.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase } from '../support/stores.ts';
import { Erasers, HOUR_AGO } from './erasers.ts';

/** Long enough for a batch, and soon over. */
const LEASE_MS = 300;
const LATER = new Date(Date.now() + 60_000);

let erasers: Erasers;
beforeAll(async () => {
  erasers = await Erasers.open();
});

/** A place at which somebody is held up until they are let go. */
function hold(point: string, nth = 1) {
  let reach = (): void => undefined;
  let release = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  let left = nth;
  return {
    reached,
    release: () => release(),
    fault: async (at: string): Promise<void> => {
      left -= at === point ? 1 : 0;
      if (at !== point || left !== 0) return;
      reach();
      await released;
    },
  };
}

/** The row of an erasure, as it is. */
const rowOf = (id: string): Promise<object> => erasers.truth('erasures').where({ id }).first();

/** Somebody else goes on when the lease has run out, and not before. */
async function finish(id: string): Promise<void> {
  const other = erasers.one();
  await eventually('the lease has run out and somebody else has finished', async () => {
    await other.finishAll();
    return (await other.receipt(id))?.state === 'done';
  });
}

/** The person signs in again and uses everything, in the same conversation as before. */
async function comeBack(me: { userId: string; sessionId: string }): Promise<void> {
  await erasers.one().check({ userId: me.userId, issuedAt: LATER });
  await erasers.someone('zyxquark', me);
}

describe('a process that was held up until its lease ran out', () => {
  const points = [
    ...ERASURE_STEPS.filter((step) => step !== 'done').map((step) => ({ point: `erasure-${step}`, nth: 1 })),
    ...[1, 9, 25].map((nth) => ({ point: 'erasure-batch', nth })),
  ];
  it.each(points)('at $point ($nth) touches nothing of whoever has come back', async ({ point, nth }) => {
    const me = await erasers.someone('zyxquark');
    const held = hold(point, nth);
    const { id, ended } = await erasers
      .one({ fault: held.fault, leaseMs: LEASE_MS })
      .begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await held.reached;
    await finish(id);
    await comeBack(me);
    const [account, erasure] = [await erasers.traces(me.userId, me.sessionId, 'zyxquark'), await rowOf(id)];
    expect(account.length).toBeGreaterThan(40);

    held.release();
    await ended;
    expect(await erasers.traces(me.userId, me.sessionId, 'zyxquark')).toEqual(account);
    expect(await rowOf(id)).toEqual(erasure);
    // Nor is the person locked out, or anything left for the next run.
    await erasers.one().check({ userId: me.userId, issuedAt: LATER });
    expect(await erasers.one().finishAll()).toBe(0);
    await erasers.redis.flushall();
  });

  it('over the archives writes none of them, and ends nothing', async () => {
    const me = await erasers.someone('zyxquark');
    const held = hold('archives');
    const late: string[] = [];
    const slow = erasers.one({
      leaseMs: LEASE_MS,
      eraseFromArchives: async (_user, _pseudonym, alive) => {
        await held.fault('archives');
        await alive();
        late.push('written');
        return 1;
      },
    });
    const { id, ended } = await slow.begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await held.reached;
    await finish(id);
    const erasure = await rowOf(id);
    held.release();
    await ended;
    expect(late).toEqual([]);
    expect(await rowOf(id)).toEqual(erasure);
  });
});

describe('a lease', () => {
  it('is one at a time, and new each time it is taken', async () => {
    const me = await erasers.someone('zyxquark');
    const { id, ended } = await erasers
      .one({ fault: () => Promise.reject(new Error('dies')) })
      .begin({ userId: me.userId, issuedAt: HOUR_AGO });
    await ended;
    const { db } = erasers.room;
    const taken = await Promise.all(Array.from({ length: 6 }, () => leaseErasure(db, id, LEASE_MS)));
    const [first, ...others] = taken.filter((held) => held !== null);
    if (!first) throw new Error('Nobody has taken it');
    expect(others).toEqual([]);
    const second = await eventually('it has run out', () => leaseErasure(db, id, 60_000));
    expect(second.lease).not.toBe(first.lease);

    // What the first one still writes fails, and the statements that delete find nothing.
    const before = await erasers.all(me.userId, 'zyxquark');
    const [table] = USER_TABLES.filter((known) => known.table === 'tasks');
    if (!table) throw new Error('There are no tasks');
    for (const late of [
      () => eraseSome(db, first, table, 10),
      () => removeAccount(db, { ...first, step: 'emptied' }, USER_TABLES),
      () => noteStep(db, first, 'gone'),
    ])
      await expect(late()).rejects.toThrow('Somebody else goes on');
    for (const late of [
      first,
      { ...second, step: 'emptied' },
      { ...second, userId: randomUUID() },
      { ...second, id: randomUUID() },
    ])
      expect(await eraseBatch(db, table, late, 10)).toEqual({ deleted: 0, pseudonymised: 0 });
    expect(await erasers.all(me.userId, 'zyxquark')).toEqual(before);
    expect(await eraseBatch(db, table, second, 10)).toEqual({ deleted: 2, pseudonymised: 0 });
  });

  it('goes with the erasure: the database keeps neither half of it', async () => {
    const { truth } = erasers;
    const row = {
      id: randomUUID(),
      subject_hash: 'a hash',
      issued_before: new Date(),
      user_id: randomUUID(),
      pseudonym: randomUUID(),
      session_ids: [],
      step: 'quiet',
      requested_at: new Date(),
    };
    const done = {
      ...row,
      step: 'done',
      user_id: null,
      pseudonym: null,
      session_ids: null,
      finished_at: new Date(),
    };
    for (const [what, broken] of Object.entries({
      erasures_open_names_its_user: { ...row, user_id: null },
      erasures_lease_is_whole: { ...row, leased_until: new Date() },
      erasures_done_is_nobodys: { ...done, lease: randomUUID(), leased_until: new Date() },
    }))
      await expect(truth('erasures').insert(broken), what).rejects.toMatchObject({ constraint: what });
    await truth('erasures').insert(row);
    await expect(truth('erasures').insert({ ...row, id: randomUUID() })).rejects.toMatchObject({
      constraint: 'erasures_one_open',
    });
    // One that has ended is not set back, as late processes once did.
    await truth('erasures').where({ id: row.id }).update(done);
    await expect(truth('erasures').where({ id: row.id }).update({ step: 'quiet' })).rejects.toMatchObject({
      constraint: 'erasures_open_names_its_user',
    });
    await truth('erasures').where({ id: row.id }).delete();
  });

  it('is brought to databases in which a late process has set an erasure back', async () => {
    const { name, ownerUrl } = await freshDatabase();
    const owner = connect(ownerUrl, { poolMax: 1, name });
    await owner.raw(`
      alter table erasures drop constraint erasures_open_names_its_user, drop column lease;
      drop index erasures_one_open;
      delete from knex_migrations where name = '0016-erasure-lease'`);
    const at = new Date();
    const row = { subject_hash: 'a hash', issued_before: at, step: 'quiet', requested_at: at };
    const [stuck, open] = [randomUUID(), randomUUID()];
    await owner('erasures').insert({ ...row, id: stuck, finished_at: at });
    const named = { user_id: randomUUID(), pseudonym: randomUUID(), session_ids: [] };
    await owner('erasures').insert({ ...row, ...named, id: open, leased_until: at });
    await migrate(ownerUrl);
    const rows = await owner('erasures').orderBy('step').select('id', 'step', 'leased_until');
    expect(rows).toEqual([
      { id: stuck, step: 'done', leased_until: null },
      { id: open, step: 'quiet', leased_until: null },
    ]);
    expect(await leaseErasure(owner, open, LEASE_MS)).toMatchObject({ step: 'quiet', userId: named.user_id });
    await owner.destroy();
  });
});
