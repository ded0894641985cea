import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct, type Product, type RoleEntry } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';
import { note } from './fault-report.ts';
import { expectWhole } from './ground-truth.ts';

const FULL = process.env['PULSEPLAN_CHAOS'] === 'full';
const POINTS: readonly { point: string; by: RoleEntry; always?: boolean }[] = [
  { point: 'entered', by: 'gateway' },
  { point: 'claimed-nlu', by: 'nlu' },
  { point: 'before-commit', by: 'workflows', always: true },
  { point: 'committed', by: 'workflows' },
];

let product: Product;

beforeAll(async () => {
  product = await startProduct({ roles: ['gateway', 'nlu', 'workflows', 'maintenance'], ownPostgres: true });
});

describe.sequential('Postgres dies in the middle of a turn', () => {
  for (const { point, by } of POINTS.filter((entry) => FULL || entry.always)) {
    test(`at "${point}"`, { timeout: 90_000 }, async () => {
      const pid = product.postgres?.pid;
      await product.roles.findLast((role) => role.name === by)?.stop();
      const armed = await product.start(by, { PULSEPLAN_FAULT: `${point}=kill:${pid}` });
      const gateway = product.roles.findLast((role) => role.name === 'gateway');
      const recorder = new Recorder(await tokenFor(randomUUID()));
      await recorder.connect(gateway?.url ?? '');
      const titles = ['sweep the yard', 'mend the fence', 'plant a tree'];
      const turnIds = titles.map(() => randomUUID());
      // A refusal that says "retryable" is tried again with the same id, as a client does.
      const submit = (index: number) =>
        eventually(
          `turn ${index} is taken in`,
          async () => {
            const ack = await recorder.emit('turn.submit', {
              turn_id: turnIds[index] ?? '',
              text: `create a task to ${titles[index]}`,
            });
            if (!ack.ok) expect(ack.error).toMatchObject({ code: 'dependency_unavailable', retryable: true });
            return ack.ok;
          },
          40_000,
        );
      await submit(0);
      await eventually('Postgres dies', () => product.postgres?.pid !== pid);
      const diedAt = performance.now();
      for (let index = 1; index < titles.length; index += 1) await submit(index);
      for (const id of turnIds) await recorder.result(id, 60_000);
      const backMs = performance.now() - diedAt;
      const db: Db = connect(product.database.ownerUrl, { poolMax: 1, name: 'truth' });
      await expectWhole(db, recorder, turnIds, titles);
      await db.destroy();
      note({
        suite: 'kill points',
        name: `Postgres at "${point}" (${by})`,
        outcome: 'every turn ended once, in order',
        backMs,
        tookMs: backMs,
      });
      await armed.stop();
      await product.start(by);
    });
  }
});
