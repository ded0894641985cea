/**
 * Reservation, settlement and refund of language-model calls. Locks are taken in the order session, turn, call, quota.
 *
 * | state of a call | to | by |
 * | --- | --- | --- |
 * | – | reserved | \`reserve_call\`, where the quota has room |
 * | reserved | settled | \`finish_call\` of a success, or of a cancel after text was shown |
 * | reserved | released | \`finish_call\` of a failure, the end of its turn, a later revision, its expiry |
 * | settled | refunded | the failure or cancel of its turn, a later revision |
 */
const quotaSql = `
create or replace function free_reservation(c llm_calls, p_charge int, p_at timestamptz) returns usage_quotas language plpgsql as $$
declare
  q usage_quotas;
begin
  update usage_quotas u
    set tokens_reserved = u.tokens_reserved - c.reserved_tokens, tokens_used_this_month = u.tokens_used_this_month + p_charge,
      updated_at = p_at
    where u.user_id = c.user_id and u.period = c.period
    returning * into q;
  return q;
end $$;
`;

const eventSql = `
-- The same id for the same words (a UUID of version 8), so that what is told twice is one.
create or replace function derived_uuid(p_words text) returns uuid language sql immutable as $$
  select overlay(overlay(md5(p_words) placing '8' from 13 for 1) placing '8' from 17 for 1)::uuid;
$$;

create or replace function report_usage(
  c llm_calls, p_id uuid, p_kind text, p_reason text, p_tokens int, p_cost numeric, p_at timestamptz, p_metadata jsonb
) returns jsonb language plpgsql as $$
declare
  e jsonb := jsonb_build_object(
    'id', p_id, 'period', c.period, 'kind', p_kind, 'reason', p_reason, 'user_id', c.user_id, 'session_id', c.session_id,
    'turn_id', c.turn_id, 'step', c.step, 'ordinal', c.ordinal, 'intent', c.intent, 'operation', c.operation,
    'model', c.model, 'tokens_used', p_tokens, 'cost_usd', trim_scale(round(p_cost, 12))::text,
    'at', to_char(p_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'metadata', jsonb_build_object('function', c.function, 'duration_ms', null, 'success', p_kind = 'refund',
      'error_type', null, 'prompt_tokens', null, 'completion_tokens', null, 'estimated', false) || p_metadata);
begin
  insert into usage_events (id, event, created_at) values (p_id, e, p_at) on conflict (id) do nothing;
  return e;
end $$;

-- A negative event in the original period; the row of the charge is never changed.
create or replace function refund_call(c llm_calls, p_reason text, p_at timestamptz) returns void language plpgsql as $$
begin
  update llm_calls set state = 'refunded', outcome = p_reason, answer = null where id = c.id;
  if c.charged_tokens > 0 then
    update usage_quotas u set tokens_used_this_month = u.tokens_used_this_month - c.charged_tokens, updated_at = p_at
      where u.user_id = c.user_id and u.period = c.period;
    perform report_usage(c, derived_uuid(c.id::text || 'refund'), 'refund', p_reason, -c.charged_tokens, 0, p_at, '{}');
  end if;
end $$;
`;

const reserveSql = `
create or replace function reserve_call(p jsonb) returns jsonb language plpgsql as $$
declare
  v_user uuid := (p->>'user_id')::uuid;
  v_period date := (p->>'period')::date;
  v_at timestamptz := (p->>'at')::timestamptz;
  v_tokens int := (p->>'tokens')::int;
  v_tier text;
  v_limit int;
  rev int := 0;
  v_shown timestamptz;
  c llm_calls;
  q usage_quotas;
begin
  if p->>'turn_id' is not null then
    perform from conversation_turns t
      where t.user_id = v_user and t.id = (p->>'turn_id')::uuid and t.state = 'running' and t.fence = (p->>'fence')::int
      for share;
    if not found then
      return jsonb_build_object('status', 'fenced');
    end if;
  end if;

  select * into c from llm_calls l
    where l.user_id = v_user and l.scope_id = (p->>'scope_id')::uuid and l.step = (p->>'step')::int and l.ordinal = (p->>'ordinal')::int
    order by l.revision desc limit 1 for update;
  if found then
    if c.state = 'settled' and c.input_hash = p->>'input_hash' and c.answer is not null then
      return jsonb_build_object('status', 'known', 'id', c.id, 'model', c.model, 'answer', c.answer, 'charged', c.charged_tokens,
        -- Of its event, which is on its way to the books or in them.
        'cost_usd', coalesce((select (e.event->>'cost_usd')::numeric from usage_events e where e.id = c.id),
          (select l.cost_usd from llm_usage l where l.period = c.period and l.id = c.id), 0));
    end if;
    if c.state = 'settled' then
      perform refund_call(c, 'superseded', v_at);
    elsif c.state = 'reserved' then
      perform free_reservation(c, 0, v_at);
      update llm_calls set state = 'released', outcome = 'abandoned' where id = c.id;
    end if;
    rev := c.revision + 1;
    -- Who corrects what they have read of a draft, and then cancels, has read it all the same.
    if c.input_hash <> p->>'input_hash' then
      v_shown := c.shown_at;
    end if;
  end if;

  v_tier := tier_of(v_user, v_at);
  v_limit := (p->'limits'->>v_tier)::int;
  insert into usage_quotas (user_id, period, monthly_token_limit, last_reset_at, subscription_tier, updated_at)
    values (v_user, v_period, v_limit, (p->>'period_start')::timestamptz, v_tier, v_at)
    on conflict do nothing;
  update usage_quotas u
    set tokens_reserved = u.tokens_reserved + v_tokens, monthly_token_limit = v_limit, subscription_tier = v_tier, updated_at = v_at
    where u.user_id = v_user and u.period = v_period
      and (v_limit is null or u.tokens_used_this_month + u.tokens_reserved + v_tokens <= v_limit)
    returning * into q;
  if not found then
    select * into q from usage_quotas u where u.user_id = v_user and u.period = v_period;
    return jsonb_build_object('status', 'refused', 'used', q.tokens_used_this_month, 'reserved', q.tokens_reserved, 'limit', v_limit,
      'tier', v_tier);
  end if;

  insert into llm_calls (id, user_id, session_id, turn_id, scope_id, step, ordinal, revision, intent, operation, function, model,
      input_hash, period, state, flat, reserved_tokens, started_at, expires_at, shown_at)
    values ((p->>'id')::uuid, v_user, (p->>'session_id')::uuid, (p->>'turn_id')::uuid, (p->>'scope_id')::uuid, (p->>'step')::int,
      (p->>'ordinal')::int, rev, p->>'intent', p->>'operation', p->>'function', p->>'model', p->>'input_hash', v_period, 'reserved',
      (p->>'flat')::boolean, v_tokens, v_at, (p->>'expires_at')::timestamptz, v_shown);
  return jsonb_build_object('status', 'reserved', 'id', p->>'id', 'used', q.tokens_used_this_month,
    'reserved', q.tokens_reserved, 'limit', v_limit, 'tier', v_tier);
end $$;
`;

/**
 * Idempotent: the second finish of a call changes nothing. What is charged is never more than was reserved, and
 * nothing where the reservation has ended meanwhile; the provider's cost is reported all the same.
 */
const finishSql = `
create or replace function finish_call(p jsonb) returns jsonb language plpgsql as $$
declare
  v_at timestamptz := (p->>'at')::timestamptz;
  v_ok boolean := p->>'outcome' = 'success';
  v_charge int := 0;
  c llm_calls;
  q usage_quotas;
  e jsonb;
  alert jsonb;
  alerts jsonb := '[]';
begin
  select * into c from llm_calls l where l.id = (p->>'id')::uuid for update;
  if not found then
    raise exception 'no such call' using errcode = 'PP404';
  end if;
  if c.reported_at is not null then
    return jsonb_build_object('state', c.state, 'charged', c.charged_tokens, 'alerts', alerts);
  end if;
  if c.state = 'reserved' then
    -- Stopped by its user, who has read a part; one that was stopped for another attempt gave nothing.
    if v_ok or (p->>'outcome' = 'aborted' and c.shown_at is not null and exists (
        select from conversation_turns t where t.user_id = c.user_id and t.id = c.turn_id and t.state = 'cancelled')) then
      v_charge := least(greatest((p->>'charge')::int, 0), c.reserved_tokens);
    end if;
    q := free_reservation(c, v_charge, v_at);
    update llm_calls set state = case when v_ok or v_charge > 0 then 'settled' else 'released' end, charged_tokens = v_charge,
        answer = case when v_ok then p->>'answer' end
      where id = c.id returning * into c;
  elsif c.state = 'settled' then
    -- By a cancel, after a part of it was seen: its maker reports it, and what was due with it.
    v_charge := c.charged_tokens;
    select * into q from usage_quotas u where u.user_id = c.user_id and u.period = c.period for update;
  end if;
  update llm_calls set outcome = coalesce(outcome, p->>'outcome'), reported_at = v_at where id = c.id;
  e := report_usage(c, c.id, 'usage', null, v_charge, (p->>'provider_tokens')::numeric * (p->>'price')::numeric / 1000,
    c.started_at, p->'metadata');

  if v_charge > 0 and q.monthly_token_limit > 0 then
    -- Kept with the charge, so that a threshold is told once whatever dies.
    for alert in select * from jsonb_array_elements(p->'alerts') order by (value->>'percent')::int loop
      if q.tokens_used_this_month::bigint * 100 >= q.monthly_token_limit::bigint * (alert->>'percent')::int
          and (alert->>'percent')::int > q.alerted_percent then
        insert into notices (id, user_id, kind, text, data, created_at)
          values ((alert->>'notice_id')::uuid, c.user_id, 'quota', alert->>'text', alert->'data', v_at) on conflict (id) do nothing;
        update usage_quotas u set alerted_percent = (alert->>'percent')::int where u.user_id = c.user_id and u.period = c.period;
        alerts := alerts || (alert->'percent');
      end if;
    end loop;
  end if;
  return jsonb_build_object('state', c.state, 'charged', v_charge, 'alerts', alerts, 'event', e,
    'used', q.tokens_used_this_month, 'limit', q.monthly_token_limit);
end $$;

-- Of what a turn has not given its user: reservations end, and what was charged is given back.
create or replace function end_calls_of_turn(p_user uuid, p_turn uuid, p_reason text, p_kept jsonb, p_at timestamptz)
returns void language plpgsql as $$
declare
  c llm_calls;
begin
  for c in select * from llm_calls l where l.user_id = p_user and l.scope_id = p_turn and l.state in ('reserved', 'settled')
      and not jsonb_exists(p_kept, l.id::text)
    order by l.id for update
  loop
    -- What a user has seen before cancelling was given. A feature has its price; any other call is counted by its maker,
    -- who ends it within a second.
    if p_reason = 'cancelled' and c.shown_at is not null then
      if c.state = 'reserved' and c.flat then
        perform free_reservation(c, c.reserved_tokens, p_at);
        update llm_calls set state = 'settled', charged_tokens = c.reserved_tokens, outcome = 'cancelled' where id = c.id;
      end if;
      continue;
    end if;
    if c.state = 'settled' then
      perform refund_call(c, p_reason, p_at);
    else
      perform free_reservation(c, 0, p_at);
      update llm_calls set state = 'released', outcome = p_reason where id = c.id;
    end if;
  end loop;
end $$;

-- Calls whose maker died: the reservation ends, and the call is reported without a charge. Gives how many. It holds many
-- quotas: all calls first, one worker at a time, and in the order of the reconciliation, so that nothing waits in a circle.
create or replace function expire_calls(p_now timestamptz, p_limit int) returns int language plpgsql as $$
declare
  c llm_calls;
  n int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtext('expiry of calls')) then
    return 0;
  end if;
  for c in
    with due as materialized (
      select * from llm_calls l where l.reported_at is null and l.expires_at < p_now
        order by l.expires_at limit p_limit for update skip locked
    )
    select * from due order by user_id, period
  loop
    if c.state = 'reserved' then
      perform free_reservation(c, 0, p_now);
    end if;
    update llm_calls set state = case when state = 'reserved' then 'released' else state end, outcome = coalesce(outcome, 'expired'),
      reported_at = p_now where id = c.id;
    perform report_usage(c, c.id, 'usage', null, case when c.state = 'settled' then c.charged_tokens else 0 end, 0, c.started_at,
      jsonb_build_object('error_type', coalesce(c.outcome, 'expired')));
    n := n + 1;
  end loop;
  return n;
end $$;
`;

export const meteringSql = [quotaSql, eventSql, reserveSql, finishSql];
