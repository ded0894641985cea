import { beforeAll, describe, expect, it } from 'vitest';
import { draft, outgoing } from '../../contracts/entities.ts';
import { listOf } from '../../contracts/rest.ts';
import { connect, type Db } from '../../db/connect.ts';
import { eventually } from '../support/eventually.ts';
import { startProduct } from '../support/product.ts';
import { call, itemsOf } from '../support/wire.ts';
import { draftOf } from './letters.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
let db: Db;
beforeAll(async () => {
  const product = await startProduct();
  ({ url } = product);
  db = connect(product.database.url, { poolMax: 2, name: 'test' });
  return () => db.destroy();
});

const sendAt = (heard: Heard): number => Date.parse(String(heard.result.execution_result?.['send_at']));
const deliveryOf = (heard: Heard): string => String(heard.result.execution_result?.['delivery_id']);

describe('sending a draft', () => {
  it('asks for an address once, confirms, waits 20 seconds, and remembers whose it was', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann about the rent');
    const asked = await me.say('send it');
    asked.asks({ slot: 'recipient', words: /^What is Ann's email address\?$/ });
    const confirm = await me.say('ann@example.com');
    confirm.asks({
      slot: 'target',
      kind: 'confirm',
      words: /^Send "The rent" to Ann <ann@example\.com>\? It still has .*\[Your name\] in it\.$/,
      choices: ['Send it', 'Not yet'],
    });
    const before = Date.now();
    const heard = await me.tap(confirm, 'Send it');
    heard.says('Sending to Ann <ann@example.com> in 20 seconds. Say "undo" to stop it.');
    heard.understood('send_email');
    expect(sendAt(heard) - before).toBeGreaterThan(19_000);
    expect(sendAt(heard) - before).toBeLessThan(25_000);
    expect(draftOf(heard)).toMatchObject({ status: 'sending', addresses: ['ann@example.com'] });
    expect(heard.receipt.effects.map(({ kind, op }) => `${op} ${kind}`)).toEqual([
      'update draft',
      'create delivery',
      'create contact',
    ]);
    for (const effect of heard.receipt.effects)
      expect(Date.parse(effect.undo?.replace('until ', '') ?? '')).toBe(sendAt(heard));

    (await me.say('undo')).says('Stopped. It was not sent, and is a draft again.');
  });
});
