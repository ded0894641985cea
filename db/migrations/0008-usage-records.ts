import type { Knex } from 'knex';

/** Columns of a usage row, wherever it lies. */
const ROW = `
  id uuid not null,
  period date not null,
  user_id uuid not null,
  session_id uuid,
  turn_id uuid,
  step int not null,
  ordinal int not null,
  intent text,
  tokens_used int not null,
  model text not null,
  timestamp timestamptz not null,
  operation_type text not null,
  cost_usd numeric(20, 12) not null,
  kind text not null check (kind in ('usage', 'refund')),
  reason text,
  metadata jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (period, id)
`;

/** The books: a row for each use of a language model, its sums by month, and what is known of each month. */
export const usageRecords = {
  name: '0008-usage-records',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table llm_usage (${ROW}) partition by range (period);
      comment on table llm_usage is 'written by record_usage() only, never changed; partitions are dropped whole';
      comment on column llm_usage.tokens_used is 'what the user is charged; negative in a refund';
      comment on column llm_usage.cost_usd is 'what the provider takes';
      create index llm_usage_by_user on llm_usage (user_id, timestamp desc, id desc);
      create index llm_usage_by_record on llm_usage using brin (recorded_at) with (pages_per_range = 32, autosummarize = on);

      -- Rows that came after the partition of their period was dropped.
      create table usage_adjustments (${ROW});
      create index usage_adjustments_by_user on usage_adjustments (user_id, period);

      -- A row for each month that has, or had, a partition.
      create table usage_periods (
        period date primary key,
        rolled_up_at timestamptz,
        rows_seen_at timestamptz,
        rows_counted bigint not null default 0,
        checked_at timestamptz,
        archived_to text,
        dropped_at timestamptz,
        created_at timestamptz not null default now()
      );
      comment on column usage_periods.rolled_up_at is 'by the clock of the product';
      comment on column usage_periods.rows_seen_at is 'by the clock of the database, as recorded_at of the rows';

      create table usage_summary (
        id uuid primary key default gen_random_uuid(),
        user_id uuid not null,
        year int not null,
        month int not null check (month between 1 and 12),
        total_tokens bigint not null,
        total_cost_usd numeric not null,
        operation_breakdown jsonb not null,
        rows_counted bigint not null,
        version int not null default 1,
        sealed jsonb,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        unique (user_id, year, month)
      );
      comment on column usage_summary.operation_breakdown is
        '{operation: {tokens_used, cost_usd, calls, rows}}; cost_usd is a text, so that no fraction is lost';
      comment on column usage_summary.sealed is 'the breakdown of the rows that were dropped; later ones are added to it';
      create index usage_summary_by_month on usage_summary (year, month);

      -- What the reconciliation has put right.
      create table usage_corrections (
        id bigint generated always as identity primary key,
        user_id uuid not null,
        period date not null,
        counted bigint not null,
        recorded bigint not null,
        created_at timestamptz not null
      );
      comment on column usage_corrections.counted is 'what the counter of the quota had said';

      -- An event that does not fit is set aside for an operator; it must not hold up the others.
      alter table usage_events add column refused_at timestamptz;
      create index llm_calls_answered on llm_calls (started_at) where answer is not null;
      create index system_logs_by_event on system_logs (event, created_at desc);
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw(`
      drop index system_logs_by_event;
      drop index llm_calls_answered;
      alter table usage_events drop column refused_at;
      drop table usage_corrections; drop table usage_summary; drop table usage_periods; drop table usage_adjustments;
      drop table llm_usage;
    `);
  },
};
