import { grantToApp } from './usage-records.ts';

/**
 * Sums of a month, from its rows alone: rows that are there, those that came after their partition was dropped, and the
 * breakdown that was sealed when it was. Twice or late is harmless; the version of a summary rises when it changes.
 */
const rollupSql = `
-- A month has ended when it has in every zone.
create or replace function usage_period_ended(p_period date, p_now timestamptz) returns boolean language sql immutable as $$
  select p_now - interval '12 hours' >= (p_period + interval '1 month') at time zone 'utc'
$$;

create or replace function rollup_usage(p_period date, p_now timestamptz) returns jsonb language plpgsql set work_mem = '64MB' as $$
declare
  v_done jsonb;
begin
  if not pg_try_advisory_xact_lock(hashtext('usage rollup')) then
    return jsonb_build_object('status', 'busy');
  end if;
  with rows as (
    select user_id, operation_type, sum(tokens_used) as tokens, sum(cost_usd) as cost, count(*) filter (where kind = 'usage') as calls,
        count(*) as n
      from llm_usage where period = p_period group by user_id, operation_type
    union all
    select user_id, operation_type, sum(tokens_used), sum(cost_usd), count(*) filter (where kind = 'usage'), count(*)
      from usage_adjustments where period = p_period group by user_id, operation_type
    union all
    select s.user_id, b.key, (b.value->>'tokens_used')::bigint, (b.value->>'cost_usd')::numeric, (b.value->>'calls')::bigint,
        (b.value->>'rows')::bigint
      from usage_summary s, jsonb_each(s.sealed) b
      where s.year = extract(year from p_period) and s.month = extract(month from p_period)
  ), operations as (
    select user_id, operation_type, sum(tokens)::bigint as tokens, sum(cost) as cost, sum(calls)::bigint as calls, sum(n)::bigint as n
      from rows group by user_id, operation_type
  ), users as (
    select user_id, sum(tokens)::bigint as tokens, trim_scale(sum(cost)) as cost, sum(n)::bigint as n,
        jsonb_object_agg(operation_type, jsonb_build_object(
          'tokens_used', tokens, 'cost_usd', trim_scale(cost)::text, 'calls', calls, 'rows', n)) as breakdown
      from operations group by user_id
  ), changed as (
    insert into usage_summary as s (user_id, year, month, total_tokens, total_cost_usd, operation_breakdown, rows_counted, created_at,
        updated_at)
      select user_id, extract(year from p_period), extract(month from p_period), tokens, cost, breakdown, n, p_now, p_now from users
      on conflict (user_id, year, month) do update
        set total_tokens = excluded.total_tokens, total_cost_usd = excluded.total_cost_usd,
          operation_breakdown = excluded.operation_breakdown, rows_counted = excluded.rows_counted, version = s.version + 1,
          updated_at = excluded.updated_at
        where (s.total_tokens, s.total_cost_usd, s.operation_breakdown, s.rows_counted)
          is distinct from (excluded.total_tokens, excluded.total_cost_usd, excluded.operation_breakdown, excluded.rows_counted)
      returning 1
  )
  select jsonb_build_object('status', 'done', 'users', (select count(*) from users), 'rows', (select coalesce(sum(n), 0) from users),
    'changed', (select count(*) from changed)) into v_done;
  update usage_periods set rolled_up_at = p_now, rows_seen_at = now(), rows_counted = (v_done->>'rows')::bigint,
      checked_at = case when (v_done->>'changed')::int > 0 then null else checked_at end
    where period = p_period;
  return v_done;
end $$;

-- The values stand in the text, so that the plan is made for them: mostly an index says at once that there is nothing.
create or replace function usage_rows_since(p_period date, p_since timestamptz) returns boolean language plpgsql stable as $$
declare
  v_found boolean;
begin
  execute format('select exists (select from llm_usage where period = %1$L and recorded_at > %2$L)
      or exists (select from usage_adjustments where period = %1$L and recorded_at > %2$L)',
    p_period, coalesce(p_since, '-infinity')) into v_found;
  return v_found;
end $$;

-- Months that a rollup has something to do in: those that were not summed up since they ended, and those with rows since;
-- where it is asked for, this month and the one before in any case. A row may be seen some seconds after its own time.
create or replace function usage_periods_due(p_now timestamptz, p_recent boolean) returns setof date language sql stable as $$
  select u.period from usage_periods u
    where u.period <= (p_now + interval '14 hours') at time zone 'utc'
      and (
        (p_recent and u.dropped_at is null
          and u.period >= date_trunc('month', (p_now - interval '12 hours') at time zone 'utc') - interval '1 month')
        or (u.dropped_at is null and usage_period_ended(u.period, p_now)
          and (u.rolled_up_at is null or not usage_period_ended(u.period, u.rolled_up_at)))
        or usage_rows_since(u.period, u.rows_seen_at - interval '2 minutes')
      )
    order by u.period
$$;

-- Users whose summary says something else than the rows that lie in the month's table.
create or replace function usage_differences(p_period date) returns bigint language sql stable set work_mem = '64MB' as $$
  select count(*) from (
      select user_id, sum(tokens_used) as tokens, sum(cost_usd) as cost, count(*) as n from llm_usage where period = p_period
      group by user_id
    ) r
    full join (
      select user_id, total_tokens, total_cost_usd, rows_counted from usage_summary
      where year = extract(year from p_period) and month = extract(month from p_period)
    ) s using (user_id)
    where (r.tokens, r.cost, r.n) is distinct from (s.total_tokens, s.total_cost_usd, s.rows_counted)
$$;

create or replace function check_usage_period(p_period date, p_now timestamptz) returns bigint language plpgsql as $$
declare
  v_differences bigint := usage_differences(p_period);
begin
  if v_differences = 0 then
    update usage_periods set checked_at = p_now where period = p_period and dropped_at is null;
  end if;
  return v_differences;
end $$;
`;

/** The end of a month's rows. Every guard is looked at again here, under the lock that keeps rows from coming in. */
const dropSql = `
create or replace function usage_periods_to_drop(p_now timestamptz, p_keep_months int) returns setof date language sql stable as $$
  select u.period from usage_periods u
    where u.dropped_at is null and u.checked_at is not null
      and usage_period_ended((u.period + make_interval(months => greatest(p_keep_months, 3)))::date, p_now)
      and not exists (select from usage_events e where e.refused_at is null and e.event->>'period' = u.period::text)
    order by u.period
$$;

create or replace function drop_usage_partition(p_period date, p_now timestamptz, p_keep_months int, p_archive text, p_archived_rows bigint)
  returns text language plpgsql security definer set search_path = public, pg_temp set work_mem = '64MB' as $$
declare
  u usage_periods;
  v_rows bigint;
begin
  select * into u from usage_periods p where p.period = p_period for update;
  if not found or u.dropped_at is not null then
    return 'gone';
  end if;
  if not usage_period_ended((p_period + make_interval(months => greatest(p_keep_months, 3)))::date, p_now) then
    return 'too_early';
  end if;
  if u.rolled_up_at is null or u.checked_at is null or not usage_period_ended(p_period, u.rolled_up_at) then
    return 'not_summed_up';
  end if;
  if exists (select from usage_events e where e.refused_at is null and e.event->>'period' = p_period::text) then
    return 'events_owed';
  end if;
  if usage_differences(p_period) > 0 then
    update usage_periods p set checked_at = null where p.period = p_period;
    return 'differs';
  end if;
  select count(*) into v_rows from llm_usage l where l.period = p_period;
  if p_archive is not null and p_archived_rows is distinct from v_rows then
    return 'archive_differs';
  end if;
  update usage_summary s set sealed = s.operation_breakdown
    where s.year = extract(year from p_period) and s.month = extract(month from p_period);
  update usage_periods p set dropped_at = p_now, archived_to = p_archive where p.period = p_period;
  -- The parent is locked for a moment; whoever reads it for long is not waited for.
  perform set_config('lock_timeout', '2s', true);
  execute format('drop table %I', 'llm_usage_' || to_char(p_period, 'YYYY_MM'));
  return 'dropped';
end $$;
`;

/**
 * Counters that say something else than the rows. The rows are the truth; whoever has a call under way, an event that is
 * not written yet or a row of the last minute is left for the next night.
 */
const reconcileSql = `
create or replace function reconcile_usage(p_period date, p_now timestamptz, p_zone text, p_limit int) returns jsonb
  language plpgsql set work_mem = '64MB' as $$
declare
  v_user uuid;
  v_found int := 0;
  v_corrected int := 0;
  v_tokens bigint := 0;
  v_recorded bigint;
  v_busy boolean;
  q usage_quotas;
begin
  if not pg_try_advisory_xact_lock(hashtext('usage reconciliation')) then
    return jsonb_build_object('status', 'busy');
  end if;
  -- Rows that are gone say nothing against a counter; and none go while they are compared.
  perform from usage_periods u where u.period = p_period and u.dropped_at is null for key share;
  if not found then
    return jsonb_build_object('status', 'done', 'found', 0, 'corrected', 0, 'tokens', 0);
  end if;
  for v_user in
    with r as (
      select user_id, sum(tokens_used) as tokens, max(recorded_at) as last from llm_usage where period = p_period group by user_id
    ), busy as (
      select (e.event->>'user_id')::uuid as user_id from usage_events e where e.event->>'period' = p_period::text
      union select c.user_id from llm_calls c where c.reported_at is null and c.period = p_period
    )
    select user_id from r full join (select * from usage_quotas where period = p_period) u using (user_id)
      where coalesce(u.tokens_used_this_month, 0) <> coalesce(r.tokens, 0)
        and (r.last is null or r.last < now() - interval '1 minute')
        and not exists (select from busy b where b.user_id = coalesce(r.user_id, u.user_id))
      order by user_id limit p_limit
  loop
    v_found := v_found + 1;
    insert into usage_quotas (user_id, period, tokens_used_this_month, last_reset_at, subscription_tier, updated_at)
      values (v_user, p_period, 0, p_period::timestamp at time zone p_zone, tier_of(v_user, p_now), p_now) on conflict do nothing;
    select * into q from usage_quotas u where u.user_id = v_user and u.period = p_period for update;
    -- Counter and events change together under this lock, and an event becomes a row at once: one look sees all of it.
    select (select coalesce(sum(l.tokens_used), 0) from llm_usage l where l.user_id = v_user and l.period = p_period),
        exists (select from usage_events e where e.event->>'period' = p_period::text and e.event->>'user_id' = v_user::text)
      into v_recorded, v_busy;
    if v_busy or v_recorded = q.tokens_used_this_month then
      continue;
    end if;
    insert into usage_corrections (user_id, period, counted, recorded, created_at)
      values (v_user, p_period, q.tokens_used_this_month, v_recorded, p_now);
    update usage_quotas u set tokens_used_this_month = v_recorded, updated_at = p_now where u.user_id = v_user and u.period = p_period;
    v_corrected := v_corrected + 1;
    v_tokens := v_tokens + abs(v_recorded - q.tokens_used_this_month);
  end loop;
  return jsonb_build_object('status', 'done', 'found', v_found, 'corrected', v_corrected, 'tokens', v_tokens);
end $$;

-- Summaries that were wrong when they were made: all their rows are older than the rollup, and they differ all the same.
create or replace function stale_summaries(p_period date) returns bigint language sql stable set work_mem = '64MB' as $$
  select count(*) from (
      select user_id, sum(tokens_used) as tokens, sum(cost_usd) as cost, count(*) as n, max(recorded_at) as last from llm_usage
      where period = p_period group by user_id
    ) r
    full join (
      select user_id, total_tokens, total_cost_usd, rows_counted from usage_summary
      where year = extract(year from p_period) and month = extract(month from p_period)
    ) s using (user_id)
    join usage_periods u on u.period = p_period and u.rolled_up_at is not null and u.dropped_at is null
    where (r.last is null or r.last < u.rows_seen_at - interval '2 minutes')
      and (r.tokens, r.cost, r.n) is distinct from (s.total_tokens, s.total_cost_usd, s.rows_counted)
$$;
`;

export const usageRollupSql = [
  rollupSql,
  dropSql,
  grantToApp('drop_usage_partition(date, timestamptz, int, text, bigint)'),
  reconcileSql,
];
