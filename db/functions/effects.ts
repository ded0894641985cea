/**
 * Makes \`effect_<kind>\`, which inserts or patches one row of a table and gives it back before and after. Written out
 * per table so that Postgres keeps its plans, with \`apply_effect\` choosing among them. Made again whenever a migration may have changed
 * the table's columns.
 */
export const installEffectKindSql = `
create or replace procedure install_effect_kind(p_kind text, p_table text) language plpgsql as $p$
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
  select string_agg(format('when %L then e := %I(p_user, p_op, p_id, p_version, p_fields);', k.kind, 'effect_' || k.kind), ' ')
    into cols from (select kind from effect_kinds union select 'setting') k;
  execute format($f$
    create or replace function apply_effect(
      p_kind text, p_user uuid, p_op text, p_id uuid, p_version int, p_fields jsonb, out before jsonb, out after jsonb
    ) language plpgsql as $$
    declare
      e record;
    begin
      case p_kind %s end case;
      before := e.before;
      after := e.after;
    end $$;
  $f$, cols);
end $p$;
`;

/**
 * The settings of a user as an item like any other. What is undone may have had no value before, and is left out again:
 * \`p_fields\` holds all settings that are set, not only those that change.
 */
export const effectSettingSql = `
create or replace function setting_row(u users) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', u.id, 'user_id', u.id, 'settings', u.settings, 'version', u.settings_version, 'deleted_at', null);
$$;

create or replace function effect_setting(
  p_user uuid, p_op text, p_id uuid, p_version int, p_fields jsonb, out before jsonb, out after jsonb
) language plpgsql as $$
declare
  u users%rowtype;
begin
  -- Not more than that: whoever writes for the user holds its row already (living_user).
  select * into u from users where id = p_user for no key update;
  if not found or p_id <> p_user then
    raise exception 'effect on missing settings' using errcode = 'PP404';
  end if;
  if p_version is not null and u.settings_version <> p_version then
    raise exception 'effect on changed settings' using errcode = 'PP409';
  end if;
  before := setting_row(u);
  update users set settings = p_fields->'settings', settings_version = settings_version + 1 where id = p_user
    returning setting_row(users.*) into after;
end $$;
`;

/** Receipts with their effects; gives the changed rows for news and cards. */
export const applyEffectsSql = `
create or replace function apply_receipts(p_user uuid, p_session uuid, p_turn uuid, p_receipts jsonb, p_at timestamptz)
returns jsonb language plpgsql as $$
declare
  rec jsonb;
  eff jsonb;
  n int;
  e record;
  changed jsonb := '[]';
  planned int := (select min((r->>'calendar_version')::int) from jsonb_array_elements(p_receipts) r);
begin
  perform living_user(p_user);
  -- What was planned around other events holds only while these are as they were.
  if exists (
    select from jsonb_array_elements(p_receipts) r, jsonb_array_elements(r->'effects') f where f->>'kind' = 'event'
  ) then
    update users set calendar_version = calendar_version + 1
      where id = p_user and (planned is null or calendar_version = planned);
    if not found then
      raise exception 'the calendar has changed' using errcode = 'PP409';
    end if;
  end if;
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
      e := apply_effect(eff->>'kind', p_user, eff->>'op', (eff->>'id')::uuid, (eff->>'version')::int, eff->'fields');
      insert into receipt_effects (receipt_id, ordinal, user_id, kind, op, item_id, reason, before, after)
        values ((rec->>'id')::uuid, n, p_user, eff->>'kind', eff->>'op', (eff->>'id')::uuid, eff->>'reason', e.before, e.after);
      changed := changed || jsonb_build_object('kind', eff->>'kind', 'op', eff->>'op', 'id', eff->>'id', 'after', e.after);
      n := n + 1;
    end loop;
  end loop;
  return changed;
end $$;
`;
