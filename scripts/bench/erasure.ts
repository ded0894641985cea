import { decodeJwt } from 'jose';
import { erasureReceipt, ERASE_WORD } from '../../contracts/erasure.ts';
import { connect, type Db } from '../../db/connect.ts';
import type { Plan } from './plan.ts';
import { fixed, table } from './report.ts';
import type { BenchScene } from './run-bench.ts';
import { percentile } from './statistics.ts';
import { VirtualClient } from './virtual-client.ts';
import { writeTables } from './write-tables.ts';

/** Turns of the account that is measured, and of everybody else before it. */
const SIZES = { whole: [100, 1_000, 10_000], quick: [100, 1_000] };
const OTHERS = { whole: { people: 100, turns: 500 }, quick: { people: 50, turns: 100 } };
const PATIENCE_MS = 120_000;
const LOOK_MS = 25;
/** Between two turns of somebody else while an account is erased. */
const OTHER_TURNS_MS = 20;

/** How long it takes to give somebody all that is kept of them, and to erase it, while others go on. */
export async function benchErasure(plan: Plan, { stacks, say }: BenchScene): Promise<string> {
  say('Starting stores and product');
  const [product] = await stacks.start(['product']);
  if (!product) throw new Error('The product did not start');
  const owner = connect(product.services.databaseOwnerUrl, {
    poolMax: 1,
    name: 'bench-owner',
    patient: true,
  });
  try {
    const others = plan.quick ? OTHERS.quick : OTHERS.whole;
    say(`${others.people * others.turns} turns of others`);
    for (let person = 0; person < others.people; person += 1)
      await fill(owner, await someone(product.url, await product.token()), others.turns);
    await owner.raw('vacuum (analyze)');
    const rows: string[][] = [];
    for (const turns of plan.quick ? SIZES.quick : SIZES.whole) {
      say(`An account of ${turns} turns`);
      const token = await product.token();
      await fill(owner, await someone(product.url, token), turns);
      const taken = await measureExport(product.url, token);
      const bystander = await VirtualClient.open(product.url, { token: await product.token() });
      await bystander.say('create a task to water the plants');
      const beside = talkOn(bystander);
      const erased = await measureErasure(product.url, token);
      const times = await beside.stop();
      bystander.close();
      rows.push([
        turns.toLocaleString('en'),
        erased.rows.toLocaleString('en'),
        fixed(erased.seconds, 2),
        fixed(percentile(times, 0.5)),
        fixed(percentile(times, 0.95)),
        fixed(taken.megabytes),
        fixed(taken.seconds, 2),
      ]);
    }
    const head = ['turns', 'rows', 'erased in s', 'others p50 ms', 'p95 ms', 'export MB', 'in s'];
    const text = table(head, rows);
    if (plan.write) writeTables(text, { page: 'docs/performance.md', mark: 'erasure' });
    return `${text}\n`;
  } finally {
    await owner.destroy();
  }
}

/** Somebody whom the product has seen; gives the id. */
async function someone(url: string, token: string): Promise<string> {
  await ask(url, token, 'GET', '/settings');
  return String(decodeJwt(token).sub);
}

/** A conversation for each hundred turns; of each turn a result, of each second one a receipt, its effect and a task. */
async function fill(db: Db, userId: string, turns: number): Promise<void> {
  await db.raw(
    `
    with s as (
      insert into conversation_sessions (id, user_id, title, turns)
        select gen_random_uuid(), :userId, 'a conversation', 100 from generate_series(1, ceil(:turns / 100.0)::int)
        returning id
    ), numbered as (select id, row_number() over () - 1 as place from s),
    t as (
      insert into conversation_turns (user_id, id, session_id, turn_index, kind, user_message, request, body_hash, timezone, received_at,
          state, response, slots)
        select :userId, gen_random_uuid(), n.id, i % 100 + 1, 'text', 'create a task to study chapter ' || i, '{"kind": "text"}', 'hash',
          'UTC', now(), 'completed', 'Added "study chapter ' || i || '".', '{"title": "study chapter"}'
        from generate_series(0, :turns - 1) i join numbered n on n.place = i / 100
        returning id, session_id, turn_index
    ), r as (
      insert into turn_results (user_id, turn_id, session_id, turn_index, type, result, finished_at)
        select :userId, id, session_id, turn_index, 'turn.completed', jsonb_build_object('reply', repeat('Added a task. ', 40)), now() from t
    ), c as (
      insert into receipts (id, user_id, session_id, turn_id, action, summary)
        select gen_random_uuid(), :userId, session_id, id, 'create_task', 'Added a task' from t where turn_index % 2 = 0
        returning id
    ), e as (
      insert into receipt_effects (receipt_id, ordinal, user_id, kind, op, item_id, reason, after)
        select id, 0, :userId, 'task', 'create', gen_random_uuid(), 'asked for', '{"title": "study chapter"}' from c
        returning item_id
    )
    insert into tasks (id, user_id, title, status, priority, tags, version, created_at, updated_at)
      select item_id, :userId, 'study chapter', 'open', 'medium', '{}', 1, now(), now() from e`,
    { userId, turns },
  );
}

async function measureErasure(url: string, token: string): Promise<{ seconds: number; rows: number }> {
  const startedAt = performance.now();
  const body = JSON.stringify({ confirm: ERASE_WORD });
  let receipt = erasureReceipt.parse(await (await ask(url, token, 'DELETE', '/users/me', body)).json());
  while (receipt.state !== 'done') {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error('The erasure takes too long');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    receipt = erasureReceipt.parse(
      await (await fetch(`${url}/api/v1/erasures/${receipt.erasure_id}`)).json(),
    );
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, rows: receipt.stores.reduce((sum, { deleted }) => sum + deleted, 0) };
}

async function measureExport(url: string, token: string): Promise<{ seconds: number; megabytes: number }> {
  const startedAt = performance.now();
  let bytes = 0;
  for await (const chunk of (await ask(url, token, 'GET', '/users/me/export')).body ?? [])
    bytes += chunk.length;
  return { seconds: (performance.now() - startedAt) / 1000, megabytes: bytes / 1_000_000 };
}

async function ask(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: string,
): Promise<Response> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
  return response;
}

/** Somebody else who goes on meanwhile; gives how long each turn took. */
function talkOn(client: VirtualClient): { stop(): Promise<number[]> } {
  const times: number[] = [];
  let isOver = false;
  const talking = (async () => {
    while (!isOver) {
      times.push((await client.say('show my tasks')).terminalMs);
      await new Promise((resolve) => setTimeout(resolve, OTHER_TURNS_MS));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await talking;
      return times;
    },
  };
}
