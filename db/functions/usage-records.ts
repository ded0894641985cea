/**
 * The tables of a month. The app role changes no schema: these functions do it as their owner, within their bounds.
 * Locks are taken in the order partitions, periods, rows.
 */
const partitionSql = `
create or replace function make_usage_partition(p_period date) returns void language plpgsql
  security definer set search_path = public, pg_temp as $$
declare
  v_name text := 'llm_usage_' || to_char(p_period, 'YYYY_MM');
begin
  if p_period is null or p_period <> date_trunc('month', p_period) or p_period not between '2020-01-01' and '2199-12-01' then
    raise exception 'not the first day of a month' using errcode = '22023';
  end if;
  perform pg_advisory_xact_lock(hashtext('usage partitions'));
  if exists (select from usage_periods u where u.period = p_period) then
    return;
  end if;
  -- Attached and not made in place, so that readers and writers of other months go on.
  execute format('create table %I (like llm_usage including all)', v_name);
  execute format('alter table llm_usage attach partition %I for values from (%L) to (%L)',
    v_name, p_period, (p_period + interval '1 month')::date);
  insert into usage_periods (period) values (p_period);
end $$;

-- From the month before an instant to three months ahead.
create or replace function make_usage_partitions(p_now timestamptz) returns void language plpgsql as $$
declare
  v_period date;
begin
  for v_period in
    select m::date from generate_series(date_trunc('month', p_now at time zone 'utc') - interval '1 month',
      date_trunc('month', p_now at time zone 'utc') + interval '3 months', interval '1 month') m
    where not exists (select from usage_periods u where u.period = m::date)
  loop
    perform make_usage_partition(v_period);
  end loop;
end $$;
`;

/**
 * Writes events once each, in whatever order and however often they come, and takes them off \`usage_events\`. Every
 * event is there until it is written: so where the rows of its period are gone, that tells a late event from one that
 * comes again.
 */
const recordSql = `
create or replace function record_usage(p_events jsonb) returns jsonb language plpgsql as $$
declare
  v_period date;
  v_live date[];
  v_dropped date[];
  v_done jsonb;
begin
  for v_period in
    select distinct (e->>'period')::date from jsonb_array_elements(p_events) e
    where not exists (select from usage_periods u where u.period = (e->>'period')::date) order by 1
  loop
    perform make_usage_partition(v_period);
  end loop;

  -- No partition is dropped under rows that are on their way into it.
  select coalesce(array_agg(l.period) filter (where l.dropped_at is null), '{}'),
      coalesce(array_agg(l.period) filter (where l.dropped_at is not null), '{}')
    into v_live, v_dropped
    from (select u.period, u.dropped_at from usage_periods u
      where u.period in (select (e->>'period')::date from jsonb_array_elements(p_events) e) order by u.period for key share) l;

  with told as materialized (
    select x.id, x.period, x.user_id, x.session_id, x.turn_id, x.step, x.ordinal, x.intent, x.tokens_used, x.model,
      date_trunc('milliseconds', x.at) as timestamp, x.operation as operation_type, x.cost_usd, x.kind, x.reason, x.metadata
    from jsonb_to_recordset(p_events) x (id uuid, period date, kind text, reason text, user_id uuid, session_id uuid, turn_id uuid,
      step int, ordinal int, intent text, operation text, model text, tokens_used int, cost_usd numeric, at timestamptz, metadata jsonb)
  ), owed as (
    delete from usage_events o
      where o.id in (select q.id from usage_events q where q.id in (select id from told) order by q.id for update)
      returning o.id, o.event
  ), e as materialized (
    -- Whose it is says the event that is kept: its user may have been erased while it was on its way.
    select t.id, t.period, coalesce((o.event->>'user_id')::uuid, t.user_id) as user_id,
      case when o.id is null then t.session_id else (o.event->>'session_id')::uuid end as session_id,
      case when o.id is null then t.turn_id else (o.event->>'turn_id')::uuid end as turn_id,
      t.step, t.ordinal, t.intent, t.tokens_used, t.model, t.timestamp, t.operation_type, t.cost_usd, t.kind, t.reason, t.metadata
    from told t left join owed o using (id)
  ), written as (
    insert into llm_usage (id, period, user_id, session_id, turn_id, step, ordinal, intent, tokens_used, model, timestamp,
        operation_type, cost_usd, kind, reason, metadata)
      select id, period, user_id, session_id, turn_id, step, ordinal, intent, tokens_used, model, timestamp,
        operation_type, cost_usd, kind, reason, metadata
      from e where period = any(v_live) order by period, id
      on conflict do nothing returning 1
  ), adjusted as (
    insert into usage_adjustments (id, period, user_id, session_id, turn_id, step, ordinal, intent, tokens_used, model, timestamp,
        operation_type, cost_usd, kind, reason, metadata)
      select id, period, user_id, session_id, turn_id, step, ordinal, intent, tokens_used, model, timestamp,
        operation_type, cost_usd, kind, reason, metadata
      from e where period = any(v_dropped) and id in (select id from owed) order by period, id
      on conflict do nothing returning 1
  )
  select jsonb_build_object('events', (select count(*) from e), 'written', (select count(*) from written),
    'adjusted', (select count(*) from adjusted)) into v_done;
  return v_done;
end $$;
`;

/** What runs with the owner's rights is for the app role alone. */
export const grantToApp = (signature: string): string => `
revoke all on function ${signature} from public;
do $$ begin
  if exists (select from pg_roles where rolname = 'pulseplan_app') then
    grant execute on function ${signature} to pulseplan_app;
  end if;
end $$;
`;

export const usageRecordsSql = [partitionSql, grantToApp('make_usage_partition(date)'), recordSql];
