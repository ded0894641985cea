/**
 * What a user may have at an instant: premium by a demo login, by a subscription that is paid for or in its days of
 * grace, or by a grant; else free. Whatever runs out does so by itself, without anybody telling. Asked before every
 * metered call and at every connection, so each look is one at an index.
 */
export const tierOfSql = `
create or replace function tier_of(p_user uuid, p_now timestamptz) returns text language sql stable as $$
  select case when
    exists (select from users u where u.id = p_user and u.tier = 'premium')
    or exists (
      select from subscriptions s
      where s.user_id = p_user and s.revoked_at is null and greatest(s.expires_at, s.grace_expires_at) > p_now
    )
    or exists (
      select from tier_grants g
      where g.user_id = p_user and g.tier = 'premium' and g.revoked_at is null
        and g.starts_at <= p_now and (g.expires_at is null or g.expires_at > p_now)
    )
    then 'premium' else 'free' end
$$;
`;
