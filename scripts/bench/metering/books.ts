import { performance } from 'node:perf_hooks';
import type { Db } from '../../../db/connect.ts';
import { pageUsage, usageByDay, makePartitions } from '../../../db/usage-records.ts';
import { checkPeriod, rollUpPeriod, staleSummaries, reconcilePeriod } from '../../../db/usage-rollup.ts';

const MONTHS = ['2026-10-01', '2026-11-01'] as const;
const NOW = new Date('2026-11-30T23:00:00Z');
const LOOKS = 400;

export interface Volume {
  /** In each of two months. */
  rows: number;
  users: number;
}

/** A user's id from its number, as the generated rows have it. */
const userSql = (n: string): string => `md5('user ' || ${n})::uuid`;

/** Fills two months with rows as they would have come: in the order of time, users mixed. */
export async function fillBooks(db: Db, { rows, users }: Volume): Promise<void> {
  await makePartitions(db, NOW);
  for (const period of MONTHS) {
    await db.raw(
      `insert into llm_usage (id, period, user_id, session_id, turn_id, step, ordinal, intent, tokens_used, model, timestamp,
          operation_type, cost_usd, kind, reason, metadata, recorded_at)
        select uuidv7(make_interval(secs => i * 1e-3)), :period::date, ${userSql('floor(random() * :users)::int')}, gen_random_uuid(),
          gen_random_uuid(), 0, 0, 'email.draft', 100 + i % 500, 'gpt-4', :period::timestamptz + make_interval(secs => i * 2592000.0 / :rows),
          (array['email_draft_llm', 'advanced_search', 'title_enrichment', 'conflict_explanation', 'conversation_turn'])[1 + i % 5],
          0.0000007 * (1 + i % 1000), 'usage', null,
          '{"function": "draft", "duration_ms": 812, "success": true, "error_type": null, "prompt_tokens": 300, "completion_tokens": 200, "estimated": false}',
          :period::timestamptz + make_interval(secs => i * 2592000.0 / :rows)
        from generate_series(1, :rows) i`,
      { period, rows, users },
    );
  }
  await db.raw('vacuum analyze');
}

/** Counters as the reservations would have left them. */
export async function fillCounters(db: Db): Promise<void> {
  await db.raw(`insert into usage_quotas (user_id, period, monthly_token_limit, tokens_used_this_month, last_reset_at, subscription_tier, updated_at)
    select user_id, period, null, sum(tokens_used), period, 'premium', now() from llm_usage group by user_id, period`);
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const startedAt = performance.now();
  const value = await work();
  return { ms: performance.now() - startedAt, value };
}

/** What the books took over what was filled in. Times in milliseconds. */
export interface BookTimes {
  rollupMs: number;
  rolledUpRows: number;
  checkMs: number;
  reconcileMs: number;
  /** One for each user that was looked at. */
  historyMs: number[];
  nextPageMs: number[];
  summaryMs: number[];
}

/** @throws when a rollup was not done, or summaries differ from their rows */
export async function measureBooks(db: Db, { users }: Volume): Promise<BookTimes> {
  const [, month] = MONTHS;
  const rollups = [];
  for (const period of MONTHS) rollups.push(await timed(() => rollUpPeriod(db, period, NOW)));
  const check = await timed(() => checkPeriod(db, month, NOW));
  if (check.value > 0) throw new Error(`${check.value} summaries differ from their rows`);
  const night = await timed(async () => {
    await staleSummaries(db, month);
    await reconcilePeriod(db, month, { now: NOW, zone: 'UTC', limit: 500 });
  });
  const slowest = rollups.reduce((one, other) => (other.ms > one.ms ? other : one));
  if (slowest.value.status !== 'done') throw new Error('Somebody else was at the rollup');

  const drawn = await db.raw<{ rows: { id: string }[] }>(
    `select ${userSql('i')} as id from generate_series(0, ? - 1) i order by random() limit ?`,
    [users, LOOKS],
  );
  const times = { historyMs: [] as number[], nextPageMs: [] as number[], summaryMs: [] as number[] };
  for (const { id } of drawn.rows) {
    const page = await timed(() => pageUsage(db, id, { from: null, to: null }, { limit: 51 }));
    const last = page.value.at(-1);
    const after = last && { at: new Date(last.timestamp), id: last.id };
    const next = await timed(() => pageUsage(db, id, { from: null, to: null }, { after, limit: 201 }));
    const days = await timed(() => usageByDay(db, id, { period: month, zone: 'Europe/Vienna' }));
    times.historyMs.push(page.ms);
    times.nextPageMs.push(next.ms);
    times.summaryMs.push(days.ms);
  }
  return {
    rollupMs: slowest.ms,
    rolledUpRows: slowest.value.rows,
    checkMs: check.ms,
    reconcileMs: night.ms,
    ...times,
  };
}

/** Plans of what is asked most, as the server tells them. */
export async function explainBooks(db: Db): Promise<string[]> {
  const [, period] = MONTHS;
  const user = userSql('7');
  const queries: [string, string][] = [
    [
      'a reservation',
      `update usage_quotas u set tokens_reserved = u.tokens_reserved + 500, monthly_token_limit = 10000000, subscription_tier = 'free',
        updated_at = now() where u.user_id = ${user} and u.period = '${period}'
        and u.tokens_used_this_month + u.tokens_reserved + 500 <= 10000000 returning *`,
    ],
    [
      'a page of the history',
      `select id, timestamp, operation_type, model, tokens_used, cost_usd, session_id, turn_id, intent, metadata, reason from llm_usage
        where user_id = ${user} and (timestamp, id) < ('2026-11-20', '019a9d00-0000-7000-8000-000000000000') order by timestamp desc, id desc limit 51`,
    ],
    [
      'a month by day and operation',
      `select to_char(day, 'YYYY-MM-DD') as date, operation_type, sum(tokens_used), sum(cost_usd), count(*) filter (where kind = 'usage')
        from (select least((timestamp at time zone 'Europe/Vienna')::date, '2026-11-30'::date) as day, operation_type, tokens_used,
          cost_usd, kind from llm_usage where period = '${period}' and user_id = ${user}) u group by day, operation_type`,
    ],
    [
      'the sums of a month (rollup)',
      `select user_id, operation_type, sum(tokens_used), sum(cost_usd), count(*) filter (where kind = 'usage'), count(*)
        from llm_usage where period = '${period}' group by user_id, operation_type`,
    ],
    [
      'rows since the last rollup',
      `select exists (select from llm_usage l where l.period = '2026-10-01' and l.recorded_at > '2026-11-30')`,
    ],
  ];
  const lines: string[] = [];
  for (const [name, sql] of queries) {
    const plan = await db.transaction(async (trx) => {
      await trx.raw(`set local work_mem = '64MB'`);
      const answer = await trx.raw<{ rows: Record<string, string>[] }>(`explain (analyze, buffers) ${sql}`);
      return answer.rows.map((row) => Object.values(row)[0]);
    });
    lines.push(`-- ${name}`, ...plan.map(String), '');
  }
  return lines;
}
