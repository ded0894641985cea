/** What a user may have at an instant. */
export const tierOfSql = `
create or replace function tier_of(p_user uuid, p_now timestamptz) returns text language sql stable as $$
  select coalesce((select u.tier from users u where u.id = p_user), 'free');
$$;
`;
