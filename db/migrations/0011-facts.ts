import type { Knex } from 'knex';

/** What people tell about themselves and others. */
export const facts = {
  name: '0011-facts',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table facts (
        id uuid primary key,
        user_id uuid not null,
        subject text not null,
        attribute text not null,
        value text not null,
        value_kind text not null check (value_kind in ('text', 'person', 'place', 'date')),
        said text,
        turn_id uuid,
        session_id uuid,
        valid_from timestamptz not null,
        valid_until timestamptz,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      comment on column facts.subject is '"me", or somebody as they are called: "Ann", "my mother"';
      comment on column facts.valid_until is 'what was replaced by another value stays, and ends when that came';
      create index facts_of_user on facts (user_id, lower(subject), lower(attribute)) where deleted_at is null;
      create index facts_page on facts (user_id, id desc) where deleted_at is null;
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
