import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import { tokenFor } from '../support/tokens.ts';
import { startProduct, type Product, type Role, type RoleEntry } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { eventually } from '../support/eventually.ts';
import { expectWhole, openTruth } from './ground-truth.ts';
import { note } from './fault-report.ts';

type Victim = 'gateway' | 'nlu' | 'workflows' | 'redis';

/**
 * The points of a turn at which something dies, in the order in which a turn passes them. `by` is the process that
 * reaches the point; `victim` is what is killed there.
 */
const POINTS: readonly { point: string; by: RoleEntry; victim: Victim; always?: boolean }[] = [
  { point: 'received', by: 'gateway', victim: 'gateway' },
  { point: 'received', by: 'gateway', victim: 'redis' },
  { point: 'admitted', by: 'gateway', victim: 'gateway', always: true },
  { point: 'admitted', by: 'gateway', victim: 'redis' },
  { point: 'entered', by: 'gateway', victim: 'gateway' },
  { point: 'entered', by: 'gateway', victim: 'redis' },
  { point: 'queued', by: 'gateway', victim: 'gateway' },
  { point: 'queued', by: 'gateway', victim: 'redis' },
  { point: 'claimed-nlu', by: 'nlu', victim: 'nlu', always: true },
  { point: 'claimed-nlu', by: 'nlu', victim: 'redis' },
  { point: 'understood', by: 'nlu', victim: 'nlu' },
  { point: 'understood', by: 'nlu', victim: 'redis' },
  { point: 'handed', by: 'nlu', victim: 'nlu' },
  { point: 'handed', by: 'nlu', victim: 'redis', always: true },
  { point: 'passed', by: 'nlu', victim: 'nlu' },
  { point: 'passed', by: 'nlu', victim: 'redis' },
  { point: 'claimed-act', by: 'workflows', victim: 'workflows' },
  { point: 'claimed-act', by: 'workflows', victim: 'redis' },
  { point: 'planned', by: 'workflows', victim: 'workflows' },
  { point: 'planned', by: 'workflows', victim: 'redis' },
  { point: 'before-commit', by: 'workflows', victim: 'workflows' },
  { point: 'before-commit', by: 'workflows', victim: 'redis' },
  { point: 'committed', by: 'workflows', victim: 'workflows', always: true },
  { point: 'committed', by: 'workflows', victim: 'redis' },
  { point: 'published', by: 'workflows', victim: 'workflows', always: true },
  { point: 'published', by: 'workflows', victim: 'redis' },
];

const FULL = process.env['PULSEPLAN_CHAOS'] === 'full';
/** All turns have ended within this after the death, the one that was under way and those that waited for it. */
const BACK_WITHIN_MS = 15_000;

let product: Product;
let db: Db;
/** The healthy process of each role; replaced when it was the victim. */
const healthy = new Map<RoleEntry, Role>();

beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'nlu', 'workflows', 'maintenance'] });
  for (const role of product.roles) healthy.set(role.name, role);
  db = openTruth(product);
});
afterAll(async () => {
  await db.destroy();
});

/** Whatever a test left: no process with a fault goes on, and each role has a healthy one. */
afterEach(async () => {
  await product.redis.control.ready();
  for (const name of ['gateway', 'nlu', 'workflows', 'maintenance'] as const) {
    const role = healthy.get(name);
    if (role && role.alive() && !role.armed) continue;
    await role?.kill();
    healthy.set(name, await product.start(name));
  }
});

/** Puts a process with a fault in the place of the healthy one. */
async function arm(by: RoleEntry, spec: string): Promise<Role> {
  await healthy.get(by)?.stop();
  const armed = await product.start(by, { PULSEPLAN_FAULT: spec });
  healthy.set(by, armed);
  return armed;
}

describe.sequential('something dies in the middle of a turn', () => {
  for (const { point, by, victim } of POINTS.filter((entry) => FULL || entry.always)) {
    test(`${victim} dies when ${by} reaches "${point}"`, { timeout: 90_000 }, async () => {
      const redisPid = product.redis.control.pid;
      const armed = await arm(by, victim === 'redis' ? `${point}=kill:${redisPid}` : `${point}=kill`);
      const gatewayUrl = (): string => (by === 'gateway' ? armed.url : healthy.get('gateway')?.url) ?? '';
      const recorder = new Recorder(await tokenFor(randomUUID()));
      await recorder.connect(gatewayUrl());

      const titles = ['water the plants', 'call the bank', 'book a table'];
      const turnIds = titles.map(() => randomUUID());
      const submit = (index: number) =>
        recorder.emit('turn.submit', {
          turn_id: turnIds[index] ?? '',
          text: `create a task to ${titles[index]}`,
        });
      const sentAt = performance.now();
      const first = submit(0).catch(() => null);
      const died =
        victim === 'redis'
          ? eventually('Redis dies', () => product.redis.control.pid !== redisPid)
          : armed.gone;
      await died;
      const diedAt = performance.now();
      // As a supervisor would: what died is started again.
      if (victim !== 'redis') healthy.set(by, await product.start(by));
      await first;
      if (by === 'gateway' && victim === 'gateway') await recorder.connect(healthy.get('gateway')?.url ?? '');
      else if (!recorder.socket?.connected) await recorder.connect(gatewayUrl());

      // The client repeats what was not acknowledged, with the same ids, and goes on.
      for (let index = 0; index < titles.length; index += 1) {
        const ack = await submit(index);
        expect(ack.ok).toBe(true);
      }
      for (const id of turnIds) await recorder.result(id, 40_000);
      const endMs = performance.now() - diedAt;
      await expectWhole(db, recorder, turnIds, titles);
      expect(endMs).toBeLessThan(BACK_WITHIN_MS);
      note({
        suite: 'kill points',
        name: `${victim} at "${point}" (${by})`,
        outcome: 'every turn ended once, in order',
        backMs: endMs,
        tookMs: performance.now() - sentAt,
      });
    });
  }
});
