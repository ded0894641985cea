import type { Knex } from 'knex';

/**
 * What is left of a quota and who has reserved it; calls of a language model with their answers; usage events on their
 * way to the metering worker; and the settings that all of it follows.
 */
export const metering = {
  name: '0005-metering',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      -- A row a month, so that nothing has to be reset and a late refund finds its own month.
      create table usage_quotas (
        user_id uuid not null,
        period date not null,
        monthly_token_limit int,
        tokens_used_this_month int not null default 0,
        tokens_reserved int not null default 0 check (tokens_reserved >= 0),
        alerted_percent int not null default 0,
        last_reset_at timestamptz not null,
        subscription_tier text not null check (subscription_tier in ('free', 'premium')),
        updated_at timestamptz not null,
        primary key (user_id, period)
      ) with (fillfactor = 70);
      comment on column usage_quotas.period is 'first day of the month, in the billing zone of the account';
      comment on column usage_quotas.last_reset_at is 'the instant at which the period began';
      comment on column usage_quotas.monthly_token_limit is 'null: no limit';

      -- One row for each call, written before it. A retry is a new revision with an id of its own.
      create table llm_calls (
        id uuid primary key,
        user_id uuid not null,
        session_id uuid,
        turn_id uuid,
        scope_id uuid not null,
        step int not null,
        ordinal int not null,
        revision int not null,
        intent text,
        operation text not null,
        function text not null,
        model text not null,
        input_hash text not null,
        period date not null,
        state text not null check (state in ('reserved', 'settled', 'released', 'refunded')),
        flat boolean not null,
        reserved_tokens int not null check (reserved_tokens >= 0),
        charged_tokens int not null default 0 check (charged_tokens between 0 and reserved_tokens),
        answer text,
        outcome text,
        started_at timestamptz not null,
        expires_at timestamptz not null,
        shown_at timestamptz,
        reported_at timestamptz,
        unique (user_id, scope_id, step, ordinal, revision)
      );
      comment on column llm_calls.scope_id is 'the turn, or the job of a side feature';
      comment on column llm_calls.shown_at is 'when the user saw the first of it';
      comment on column llm_calls.reported_at is 'when its usage event was written; until then it is owed';
      create index llm_calls_unreported on llm_calls (expires_at) where reported_at is null;
      create index llm_calls_by_age on llm_calls (started_at);

      -- Events that llm_usage does not have yet. Gone when it has.
      create table usage_events (
        id uuid primary key,
        event jsonb not null,
        created_at timestamptz not null
      );
      create index usage_events_by_age on usage_events (created_at);

      -- Limits, costs and prices, changed without a deploy; each row from its instant on.
      create table usage_settings (
        id bigint generated always as identity primary key,
        effective_from timestamptz not null,
        settings jsonb not null,
        changed_by text not null,
        created_at timestamptz not null default now()
      );
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw(
      'drop table usage_settings; drop table usage_events; drop table llm_calls; drop table usage_quotas',
    );
  },
};
