/**
 * Who may write. A user's row is made in one place only, at the first sight of a token; whoever writes for a user holds
 * that row meanwhile, and an erasure locks it: what is written is there before it is emptied, or is not written at all.
 * PP410: there is no such account, or it is being erased.
 */
const livingUserSql = `
create or replace function living_user(p_user uuid) returns void language plpgsql as $$
begin
  perform from users u where u.id = p_user and u.erasing is null for key share;
  if not found then
    raise exception 'no such account' using errcode = 'PP410';
  end if;
end $$;
`;

/** False for a token that was issued before its account was erased, and for everybody while that goes on. */
const openAccountSql = `
create or replace function is_erased(p_hash text, p_issued timestamptz) returns boolean language sql volatile as $$
  select exists (
    select from erasures e where e.subject_hash = p_hash and (e.step <> 'done' or e.issued_before >= p_issued)
  );
$$;

create or replace function open_account(p_user uuid, p_hash text, p_issued timestamptz) returns boolean language plpgsql as $$
begin
  if is_erased(p_hash, p_issued) then
    return false;
  end if;
  if exists (select from users u where u.id = p_user) then
    return true;
  end if;
  -- An erasure may have begun and ended since the first look: it holds this lock when the row goes.
  perform pg_advisory_xact_lock(hashtextextended(p_hash, 0));
  if is_erased(p_hash, p_issued) then
    return false;
  end if;
  insert into users (id) values (p_user) on conflict do nothing;
  return true;
end $$;
`;

const beginErasureSql = `
create or replace function begin_erasure(
  p_id uuid, p_user uuid, p_hash text, p_issued_before timestamptz, p_pseudonym uuid, p_at timestamptz
) returns void language plpgsql as $$
begin
  perform from users u where u.id = p_user and u.erasing is null for update;
  if not found then
    raise exception 'no such account' using errcode = 'PP410';
  end if;
  -- A new session needs the row that is locked here, so these are all.
  insert into erasures (id, subject_hash, issued_before, user_id, pseudonym, session_ids, step, requested_at)
    values (p_id, p_hash, p_issued_before, p_user, p_pseudonym,
      array(select s.id from conversation_sessions s where s.user_id = p_user), 'fenced', p_at);
  -- The name of a demo user is free at once.
  update users u set erasing = p_id, demo_name = null where u.id = p_user;
end $$;
`;

export const accountsSql = [livingUserSql, openAccountSql, beginErasureSql];
