/** First sight of a user and a session, in one trip. A session of somebody else gives no row. */
export const openSessionSql = `
create function open_session(p_user uuid, p_session uuid)
returns table (tier text, turns int, open_turns int, settings jsonb) language plpgsql as $$
begin
  if not exists (select from conversation_sessions s where s.id = p_session) then
    insert into users (id) values (p_user) on conflict do nothing;
    insert into conversation_sessions (id, user_id) values (p_session, p_user) on conflict do nothing;
  end if;
  return query
    select u.tier, s.turns, s.open_turns, u.settings
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
create function turn_lock(p_user uuid, p_turn uuid) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended(p_user::text || p_turn::text, 0));
$$;

create function entomb_turn(p_user uuid, p_turn uuid, p_expires timestamptz) returns boolean language plpgsql as $$
begin
  perform turn_lock(p_user, p_turn);
  if exists (select from conversation_turns c where c.user_id = p_user and c.id = p_turn) then
    return false;
  end if;
  insert into users (id) values (p_user) on conflict do nothing;
  insert into turn_tombstones (user_id, turn_id, expires_at) values (p_user, p_turn, p_expires)
    on conflict (user_id, turn_id) do update set expires_at = excluded.expires_at;
  return true;
end $$;

create function admit_turn(
  p_user uuid, p_session uuid, p_turn uuid, p_kind text, p_text text, p_request jsonb, p_hash text,
  p_zone text, p_reference timestamptz, p_received timestamptz, p_cap int, p_reject_when_busy boolean
) returns table (
  status text, session_id uuid, turn_seq int, "position" int, state text, fence int, attempt int,
  received_at timestamptz, running_turn uuid
) language plpgsql as $$
declare
  s conversation_sessions%rowtype;
  t conversation_turns%rowtype;
  seq int;
  ahead int;
  begun text;
  entombed boolean;
begin
  perform turn_lock(p_user, p_turn);
  select * into s from conversation_sessions c where c.id = p_session for update;
  if not found then
    insert into users (id) values (p_user) on conflict do nothing;
    insert into conversation_sessions (id, user_id) values (p_session, p_user) on conflict do nothing;
    select * into s from conversation_sessions c where c.id = p_session for update;
  end if;
  if s.user_id <> p_user then
    return query select 'not_found', p_session, 0, 0, '', 0, 0, p_received, null::uuid;
    return;
  end if;

  select * into t from conversation_turns c where c.user_id = p_user and c.id = p_turn;
  if found then
    select count(*)::int into ahead from conversation_turns c
      where c.session_id = t.session_id and c.state in ('queued', 'running') and c.turn_index < t.turn_index;
    return query select case when t.body_hash = p_hash then 'known' else 'conflict' end,
      t.session_id, t.turn_index, case when t.state in ('queued', 'running') then ahead else 0 end, t.state, t.fence,
      t.attempt, t.received_at, null::uuid;
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
  end if;
  update conversation_sessions c
    set turns = seq, open_turns = case when entombed then ahead else ahead + 1 end, last_activity_at = p_received,
      title = coalesce(c.title, left(p_text, 80))
    where c.id = p_session;
  return query
    select 'new', p_session, seq, ahead, begun, 1, 1, p_received,
      case when ahead > 0 and not entombed
        then (select r.id from conversation_turns r where r.session_id = p_session and r.state = 'running') end;
end $$;
`;

/**
 * Makes \`effect_<kind>\`, which inserts or patches one row of a table and gives it back before and after. Written out
 * per table so that Postgres keeps its plans, with \`apply_effect\` choosing among them. Called again by the migration that changes the table's columns.
 */
export const installEffectKindSql = `
create procedure install_effect_kind(p_kind text, p_table text) language plpgsql as $p$
declare
  cols text;
begin
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_attribute where attrelid = p_table::regclass and attnum > 0 and not attisdropped;
  execute format($f$
    create or replace function %1$I(
      p_user uuid, p_op text, p_id uuid, p_version int, p_fields jsonb, out before jsonb, out after jsonb
    ) language plpgsql as $$
    declare
      r %2$I%%rowtype;
    begin
      if p_op = 'create' then
        insert into %2$I select made.* from jsonb_populate_record(null::%2$I,
          p_fields || jsonb_build_object('id', p_id, 'user_id', p_user, 'version', 1)) made
          returning to_jsonb(%2$I.*) into after;
        return;
      end if;
      select * into r from %2$I t where t.id = p_id and t.user_id = p_user for update;
      if not found then
        raise exception 'effect on a missing %2$s' using errcode = 'PP404';
      end if;
      if (p_version is not null and r.version <> p_version) or (r.deleted_at is not null and p_op <> 'restore') then
        raise exception 'effect on a changed %2$s' using errcode = 'PP409';
      end if;
      before := to_jsonb(r);
      update %2$I t set (%3$s) = (
        select %3$s from jsonb_populate_record(r,
          p_fields || jsonb_build_object('id', p_id, 'user_id', p_user, 'version', r.version + 1))
      ) where t.id = p_id returning to_jsonb(t.*) into after;
    end $$;
  $f$, 'effect_' || p_kind, p_table, cols);

  insert into effect_kinds (kind) values (p_kind) on conflict do nothing;
  select string_agg(format('when %L then select e.before, e.after into before, after from %I(p_user, p_op, p_id, p_version, p_fields) e;',
      k.kind, 'effect_' || k.kind), ' ') into cols from effect_kinds k;
  execute format($f$
    create or replace function apply_effect(
      p_kind text, p_user uuid, p_op text, p_id uuid, p_version int, p_fields jsonb, out before jsonb, out after jsonb
    ) language plpgsql as $$
    begin
      case p_kind %s end case;
    end $$;
  $f$, cols);
end $p$;
`;

/** Receipts with their effects; gives the changed rows for news and cards. */
export const applyEffectsSql = `
create function apply_receipts(p_user uuid, p_session uuid, p_turn uuid, p_receipts jsonb, p_at timestamptz)
returns jsonb language plpgsql as $$
declare
  rec jsonb;
  eff jsonb;
  n int;
  b jsonb;
  a jsonb;
  changed jsonb := '[]';
begin
  for rec in select * from jsonb_array_elements(p_receipts) loop
    insert into receipts (id, user_id, session_id, turn_id, step, intent, action, summary, reason, undoes, created_at, undo_until)
    values ((rec->>'id')::uuid, p_user, p_session, p_turn, (rec->>'step')::int, rec->>'intent', rec->>'action',
      rec->>'summary', rec->'reason', (rec->>'undoes')::uuid, p_at, (rec->>'undo_until')::timestamptz);
    if rec->>'undoes' is not null then
      update receipts set undone_by = (rec->>'id')::uuid
        where id = (rec->>'undoes')::uuid and user_id = p_user and undone_by is null;
      if not found then
        raise exception 'receipt is undone already' using errcode = 'PP409';
      end if;
    end if;
    n := 0;
    for eff in select * from jsonb_array_elements(rec->'effects') loop
      select e.before, e.after into b, a
        from apply_effect(eff->>'kind', p_user, eff->>'op', (eff->>'id')::uuid, (eff->>'version')::int, eff->'fields') e;
      insert into receipt_effects (receipt_id, ordinal, user_id, kind, op, item_id, reason, before, after)
        values ((rec->>'id')::uuid, n, p_user, eff->>'kind', eff->>'op', (eff->>'id')::uuid, eff->>'reason', b, a);
      changed := changed || jsonb_build_object('kind', eff->>'kind', 'op', eff->>'op', 'id', eff->>'id', 'after', a);
      n := n + 1;
    end loop;
  end loop;
  return changed;
end $$;
`;

/**
 * Ends a turn: the only way to one of its terminal states. Any guard that misses raises and nothing of it happens.
 * PP001 fenced (other fence, other state or ended) · PP002 the clarification is no longer open · PP404/PP409 an item
 * is gone or has changed.
 */
export const commitTurnSql = `
create function commit_turn(p jsonb) returns jsonb language plpgsql as $$
declare
  v_user uuid := (p->>'user_id')::uuid;
  v_session uuid := (p->>'session_id')::uuid;
  v_turn uuid := (p->>'turn_id')::uuid;
  v_at timestamptz := (p->>'at')::timestamptz;
  was text;
  seq int;
  item jsonb;
  next_turn jsonb;
  changed jsonb := '[]';
begin
  perform 1 from conversation_sessions where id = v_session and user_id = v_user for update;

  select state into was from conversation_turns where user_id = v_user and id = v_turn;
  update conversation_turns set
      state = p->>'state', intent = p->>'intent', intent_confidence = (p->>'confidence')::real, slots = nullif(p->'slots', 'null'),
      action_id = (p->>'action_id')::uuid, response = p->>'response', nlu_version = p->>'nlu_version',
      understood = nullif(p->'understood', 'null'),
      flags = nullif(p->'flags', 'null')
    where user_id = v_user and id = v_turn and state = any (array(select jsonb_array_elements_text(p->'from_states')))
      and (p->>'fence' is null or fence = (p->>'fence')::int)
    returning turn_index into seq;
  if not found then
    raise exception 'turn is fenced' using errcode = 'PP001';
  end if;

  for item in select * from jsonb_array_elements(p->'amends') loop
    update conversation_turns set fence = fence + 1, amendments = amendments || (item->'amendment')
      where user_id = v_user and id = (item->>'turn_id')::uuid and state = 'running';
    if not found then
      raise exception 'turn to amend is not running' using errcode = 'PP001';
    end if;
  end loop;

  for item in select * from jsonb_array_elements(p->'closes') loop
    update clarifications set state = 'closed', closed_at = v_at, close_reason = item->>'reason', closed_by = v_turn, checkpoint = null
      where id = (item->>'id')::uuid and session_id = v_session and state = 'open';
    -- What is merely let go may have expired or been answered elsewhere; what is answered must be open.
    if not found and item->>'reason' <> 'dropped' then
      raise exception 'clarification is closed' using errcode = 'PP002';
    end if;
  end loop;

  for item in select * from jsonb_array_elements(p->'asks') loop
    insert into clarifications (id, user_id, session_id, turn_id, question, workflow, checkpoint, created_at, expires_at)
    values ((item->>'id')::uuid, v_user, v_session, v_turn, item->'question', item->>'workflow', nullif(item->'checkpoint', 'null'), v_at,
      (item->>'expires_at')::timestamptz);
  end loop;

  if jsonb_array_length(p->'receipts') > 0 then
    changed := apply_receipts(v_user, v_session, v_turn, p->'receipts', v_at);
  end if;

  insert into turn_results (user_id, turn_id, session_id, turn_index, type, result, finished_at)
    values (v_user, v_turn, v_session, seq, p->>'type', p->'result', v_at);

  if was = 'running' then
    update conversation_turns t set state = 'running'
      where t.session_id = v_session and t.state = 'queued'
        and t.turn_index = (select min(q.turn_index) from conversation_turns q where q.session_id = v_session and q.state = 'queued')
      returning jsonb_build_object('turn_id', t.id, 'turn_seq', t.turn_index, 'fence', t.fence) into next_turn;
  end if;
  update conversation_sessions set open_turns = open_turns - 1, context = coalesce(nullif(p->'context', 'null'), context)
    where id = v_session;
  return jsonb_build_object('changed', changed, 'next', next_turn);
end $$;
`;
