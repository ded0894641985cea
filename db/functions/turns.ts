/** First sight of a session, in one trip. A session of somebody else gives no row. */
export const openSessionSql = `
create or replace function open_session(p_user uuid, p_session uuid)
returns table (tier text, turns int, open_turns int, settings jsonb) language plpgsql as $$
begin
  if not exists (select from conversation_sessions s where s.id = p_session) then
    perform living_user(p_user);
    insert into conversation_sessions (id, user_id) values (p_session, p_user) on conflict do nothing;
  else
    -- Somebody holds it again: a session without a turn is forgotten a day after its last sight.
    update conversation_sessions s set last_activity_at = now()
      where s.id = p_session and s.user_id = p_user and s.turns = 0 and s.last_activity_at < now() - interval '1 hour';
  end if;
  return query
    select tier_of(u.id, now()), s.turns, s.open_turns, u.settings
    from conversation_sessions s join users u on u.id = s.user_id
    where s.id = p_session and s.user_id = p_user;
end $$;
`;

/**
 * Admission as one atomic step. The session's row is locked before anything is counted, since counting rows in the
 * insert itself lets more than the cap in. The turn's own lock comes first: it settles the same id on two sessions,
 * and a cancel that races its turn. A turn that was cancelled before it came is ended here and now.
 * \`status\`: new, known, conflict, not_found, busy, rejected.
 */
export const admitTurnSql = `
create or replace function turn_lock(p_user uuid, p_turn uuid) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended(p_user::text || p_turn::text, 0));
$$;

create or replace function entomb_turn(p_user uuid, p_turn uuid, p_expires timestamptz) returns boolean language plpgsql as $$
begin
  perform turn_lock(p_user, p_turn);
  if exists (select from conversation_turns c where c.user_id = p_user and c.id = p_turn) then
    return false;
  end if;
  perform living_user(p_user);
  insert into turn_tombstones (user_id, turn_id, expires_at) values (p_user, p_turn, p_expires)
    on conflict (user_id, turn_id) do update set expires_at = excluded.expires_at;
  return true;
end $$;

create or replace function admit_turn(
  p_user uuid, p_session uuid, p_turn uuid, p_kind text, p_text text, p_request jsonb, p_hash text,
  p_zone text, p_reference timestamptz, p_received timestamptz, p_cap int, p_reject_when_busy boolean
) returns table (
  status text, session_id uuid, turn_seq int, "position" int, state text, fence int, attempt int,
  received_at timestamptz, running_turn uuid
) language plpgsql as $$
declare
  s conversation_sessions%rowtype;
  t record;
  seq int;
  ahead int;
  begun text;
  entombed boolean;
begin
  perform turn_lock(p_user, p_turn);
  select c.session_id, c.turn_index, c.state, c.fence, c.attempt, c.received_at, c.body_hash into t
    from conversation_turns c where c.user_id = p_user and c.id = p_turn;
  if found then
    select count(*)::int into ahead from conversation_turns c
      where c.session_id = t.session_id and c.state in ('queued', 'running') and c.turn_index < t.turn_index;
    return query select case when t.body_hash = p_hash then 'known' else 'conflict' end,
      t.session_id, t.turn_index, case when t.state in ('queued', 'running') then ahead else 0 end, t.state, t.fence,
      t.attempt, t.received_at, null::uuid;
    return;
  end if;

  -- The usual turn: nothing else is open. One update locks, judges and counts.
  update conversation_sessions c
    set turns = c.turns + 1, open_turns = 1, last_activity_at = p_received, ended_at = null
    where c.id = p_session and c.user_id = p_user and c.open_turns = 0
      and not exists (select from users u where u.id = p_user and u.erasing is not null)
      and not exists (select from turn_tombstones d where d.user_id = p_user and d.turn_id = p_turn and d.expires_at > p_received)
    returning c.turns into seq;
  if found then
    insert into conversation_turns
      (user_id, id, session_id, turn_index, kind, user_message, request, body_hash, timezone, reference_time, received_at, state)
    values
      (p_user, p_turn, p_session, seq, p_kind, p_text, p_request, p_hash, p_zone, p_reference, p_received, 'running');
    return query select 'new', p_session, seq, 0, 'running', 1, 1, p_received, null::uuid;
    return;
  end if;

  perform living_user(p_user);
  select * into s from conversation_sessions c where c.id = p_session for update;
  if not found then
    insert into conversation_sessions (id, user_id) values (p_session, p_user) on conflict do nothing;
    select * into s from conversation_sessions c where c.id = p_session for update;
  end if;
  if s.user_id <> p_user then
    return query select 'not_found', p_session, 0, 0, '', 0, 0, p_received, null::uuid;
    return;
  end if;

  ahead := s.open_turns;
  entombed := exists (
    select from turn_tombstones d where d.user_id = p_user and d.turn_id = p_turn and d.expires_at > p_received
  );
  if not entombed and (ahead > p_cap or (ahead > 0 and p_reject_when_busy)) then
    return query select case when ahead > p_cap then 'busy' else 'rejected' end, p_session, 0, ahead, '', 0, 0, p_received,
      (select r.id from conversation_turns r where r.session_id = p_session and r.state = 'running');
    return;
  end if;
  seq := s.turns + 1;
  begun := case when entombed then 'cancelled' when ahead = 0 then 'running' else 'queued' end;
  insert into conversation_turns
    (user_id, id, session_id, turn_index, kind, user_message, request, body_hash, timezone, reference_time, received_at, state)
  values
    (p_user, p_turn, p_session, seq, p_kind, p_text, p_request, p_hash, p_zone, p_reference, p_received, begun);
  if entombed then
    insert into turn_results (user_id, turn_id, session_id, turn_index, type, result, finished_at)
      values (p_user, p_turn, p_session, seq, 'turn.cancelled', '{}', p_received);
    insert into unpublished_turns (user_id, turn_id, finished_at) values (p_user, p_turn, p_received);
  end if;
  update conversation_sessions c
    set turns = seq, open_turns = case when entombed then ahead else ahead + 1 end, last_activity_at = p_received,
      ended_at = null, turns_cancelled = c.turns_cancelled + entombed::int
    where c.id = p_session;
  return query
    select 'new', p_session, seq, ahead, begun, 1, 1, p_received,
      case when ahead > 0 and not entombed
        then (select r.id from conversation_turns r where r.session_id = p_session and r.state = 'running') end;
end $$;
`;

/**
 * Ends a turn: the only way to one of its terminal states. Any guard that misses raises and nothing of it happens.
 * PP001 fenced (other fence, other state or ended) · PP002 the clarification is no longer open · PP404/PP409 an item
 * is gone or has changed.
 */
export const commitTurnSql = `
create or replace function closed_for(p_closes jsonb, p_reasons text[]) returns int language sql immutable as $$
  select count(*)::int from jsonb_array_elements(p_closes) c where c->>'reason' = any (p_reasons);
$$;

create or replace function commit_turn(p jsonb) returns jsonb language plpgsql as $$
declare
  v_user uuid := (p->>'user_id')::uuid;
  v_session uuid := (p->>'session_id')::uuid;
  v_turn uuid := (p->>'turn_id')::uuid;
  v_at timestamptz := (p->>'at')::timestamptz;
  was text;
  seq int;
  left_open int;
  item jsonb;
  next_turn jsonb;
  changed jsonb := '[]';
begin
  -- One update of the row does all that there is to it: what it remembers, what it is called, and its sums.
  update conversation_sessions set open_turns = open_turns - 1, context = coalesce(nullif(p->'context', 'null'), context),
      title = case when title is null or (p->'title'->>'rank')::int > title_rank then p->'title'->>'text' else title end,
      title_rank = greatest(title_rank, (p->'title'->>'rank')::int),
      turns_completed = turns_completed + (p->'result'->>'status' = 'completed')::int,
      turns_refused = turns_refused + (p->'result'->>'status' = 'refused')::int,
      turns_failed = turns_failed + (p->>'state' = 'failed')::int,
      turns_cancelled = turns_cancelled + (p->>'state' = 'cancelled')::int,
      questions_asked = questions_asked + jsonb_array_length(p->'asks'),
      questions_answered = questions_answered + closed_for(p->'closes', '{answered,skipped}'),
      questions_dropped = questions_dropped + closed_for(p->'closes', '{dropped,replaced}')
    where id = v_session and user_id = v_user
    returning open_turns into left_open;

  select state into was from conversation_turns where user_id = v_user and id = v_turn;
  update conversation_turns set
      state = p->>'state', intent = p->>'intent', intent_confidence = (p->>'confidence')::real, slots = nullif(p->'slots', 'null'),
      action_id = (p->>'action_id')::uuid, response = p->>'response', nlu_version = p->>'nlu_version',
      understood = nullif(p->'understood', 'null'),
      flags = nullif(p->'flags', 'null'), timings = p->'result'->'timings_ms'
    where user_id = v_user and id = v_turn and jsonb_exists(p->'from_states', state)
      and (p->>'fence' is null or fence = (p->>'fence')::int)
    returning turn_index into seq;
  if not found then
    raise exception 'turn is fenced' using errcode = 'PP001';
  end if;

  if p->'amends' <> '[]' then
    for item in select * from jsonb_array_elements(p->'amends') loop
      update conversation_turns set fence = fence + 1, amendments = amendments || (item->'amendment')
        where user_id = v_user and id = (item->>'turn_id')::uuid and state = 'running';
      if not found then
        raise exception 'turn to amend is not running' using errcode = 'PP001';
      end if;
    end loop;
  end if;

  if p->'closes' <> '[]' then
    for item in select * from jsonb_array_elements(p->'closes') loop
      update clarifications set state = 'closed', closed_at = v_at, close_reason = item->>'reason', closed_by = v_turn, checkpoint = null
        where id = (item->>'id')::uuid and session_id = v_session and state = 'open';
      -- What is merely let go may have expired or been answered elsewhere; what is answered must be open.
      if not found and item->>'reason' <> 'dropped' then
        raise exception 'clarification is closed' using errcode = 'PP002';
      end if;
      if not found then
        update conversation_sessions set questions_dropped = questions_dropped - 1 where id = v_session;
      end if;
    end loop;
  end if;

  if p->'asks' <> '[]' then
    for item in select * from jsonb_array_elements(p->'asks') loop
      insert into clarifications (id, user_id, session_id, turn_id, question, workflow, checkpoint, created_at, expires_at)
      values ((item->>'id')::uuid, v_user, v_session, v_turn, item->'question', item->>'workflow', nullif(item->'checkpoint', 'null'), v_at,
        (item->>'expires_at')::timestamptz);
    end loop;
  end if;

  if p->'receipts' <> '[]' then
    changed := apply_receipts(v_user, v_session, v_turn, p->'receipts', v_at);
  end if;

  -- What gave the user nothing costs nothing.
  if p->>'refund' is not null then
    perform end_calls_of_turn(v_user, v_turn, p->>'refund', '[]', v_at);
  elsif p->'calls' <> 'null' then
    perform end_calls_of_turn(v_user, v_turn, 'unused', p->'calls', v_at);
  end if;

  insert into turn_results (user_id, turn_id, session_id, turn_index, type, result, finished_at)
    values (v_user, v_turn, v_session, seq, p->>'type', p->'result', v_at);
  insert into unpublished_turns (user_id, turn_id, finished_at) values (v_user, v_turn, v_at);

  if was = 'running' and left_open > 0 then
    update conversation_turns t set state = 'running'
      where t.session_id = v_session and t.state = 'queued'
        and t.turn_index = (select min(q.turn_index) from conversation_turns q where q.session_id = v_session and q.state = 'queued')
      returning jsonb_build_object('turn_id', t.id, 'turn_seq', t.turn_index, 'fence', t.fence) into next_turn;
  end if;
  return jsonb_build_object('changed', changed, 'next', next_turn);
end $$;
`;
