import type { Knex } from 'knex';

/** Subscriptions, what their providers told of them, premium without payment, and every change of a tier. */
export const subscriptions = {
  name: '0006-subscriptions',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table subscriptions (
        provider text not null,
        original_transaction_id text not null,
        user_id uuid references users (id),
        environment text not null,
        product_id text,
        status text not null default 'none',
        signed_at timestamptz,
        expires_at timestamptz,
        grace_expires_at timestamptz,
        revoked_at timestamptz,
        state jsonb not null default '{}',
        updated_at timestamptz not null,
        primary key (provider, original_transaction_id)
      );
      comment on column subscriptions.user_id is 'null while no user is known whom a transaction names or who claims it';
      comment on column subscriptions.status is 'as of updated_at; what holds at an instant follows from the times';
      comment on column subscriptions.state is 'the latest signed facts, of which the other columns are computed';
      create index subscriptions_of_user on subscriptions (user_id) where user_id is not null;

      create table billing_notifications (
        provider text not null,
        notification_id text not null,
        type text not null,
        subtype text,
        signed_at timestamptz not null,
        received_at timestamptz not null,
        original_transaction_id text,
        outcome text not null,
        primary key (provider, notification_id)
      );

      create table tier_grants (
        id uuid primary key,
        user_id uuid not null references users (id),
        tier text not null check (tier = 'premium'),
        reason text not null,
        granted_by uuid not null,
        starts_at timestamptz not null,
        expires_at timestamptz,
        revoked_at timestamptz,
        revoked_by uuid,
        created_at timestamptz not null
      );
      create index tier_grants_of_user on tier_grants (user_id);

      create table tier_audit (
        id bigint generated always as identity primary key,
        user_id uuid not null references users (id),
        at timestamptz not null,
        actor text not null,
        from_tier text not null,
        to_tier text not null,
        cause jsonb not null
      );
      create index tier_audit_of_user on tier_audit (user_id, id);
      insert into tier_audit (user_id, at, actor, from_tier, to_tier, cause)
        select id, created_at, 'demo', 'free', 'premium', '{}' from users where tier = 'premium';
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw('drop table tier_audit, tier_grants, billing_notifications, subscriptions');
  },
};
