import type { Knex } from 'knex';

/** Emails that are kept and not sent. */
export const drafts = {
  name: '0007-drafts',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table drafts (
        id uuid primary key,
        user_id uuid not null,
        recipients text[] not null,
        subject text not null,
        body text not null,
        email_type text not null,
        tone text not null check (tone in ('neutral', 'formal', 'friendly')),
        method text not null check (method in ('template', 'llm')),
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      comment on column drafts.method is 'who worded it: a template, or a language model';
      -- Ids grow with time: this is the order of lists, too.
      create index drafts_of_user on drafts (user_id, id desc) where deleted_at is null;
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw(`delete from effect_kinds where kind = 'draft'; drop table drafts`);
  },
};
