import type { Knex } from 'knex';

/** Accounts that were erased, or are being erased; and what their rows are found by. */
export const erasure = {
  name: '0012-erasure',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      alter table users add column erasing uuid;
      comment on column users.erasing is 'the erasure that is under way: nothing new is written for this user';

      create table erasures (
        id uuid primary key,
        subject_hash text not null,
        issued_before timestamptz not null,
        user_id uuid,
        pseudonym uuid,
        session_ids uuid[],
        step text not null check (step in ('fenced', 'quiet', 'emptied', 'gone', 'forgotten', 'done')),
        stores jsonb not null default '{}',
        requested_at timestamptz not null,
        finished_at timestamptz,
        files_clean_at timestamptz,
        leased_until timestamptz,
        check (step <> 'done' or (user_id is null and pseudonym is null and session_ids is null and finished_at is not null))
      );
      comment on column erasures.subject_hash is 'keyed hash of the user id; the key is not in the database';
      comment on column erasures.issued_before is 'tokens issued until then are refused; by the clocks that tokens are checked with';
      comment on column erasures.user_id is 'until it is done';
      comment on column erasures.pseudonym is 'what stands in place of the user where sums stay; random, and forgotten when it is done';
      create index erasures_of_subject on erasures (subject_hash);
      create index erasures_open on erasures (requested_at) where step <> 'done' or files_clean_at is null;

      create table erasure_key (
        id int primary key default 1 check (id = 1),
        fingerprint text not null
      );
      comment on table erasure_key is 'tells a process whose key is another one, which would not know who was erased';

      -- The audit outlives its user, under a random id. Receipts that take each other back go in batches, in no order.
      alter table tier_audit drop constraint tier_audit_user_id_fkey;
      alter table receipts drop constraint receipts_undoes_fkey, drop constraint receipts_undone_by_fkey;

      create index tasks_of_user on tasks (user_id, id);
      create index events_of_user on events (user_id, id);
      create index reminders_all_of_user on reminders (user_id, id);
      create index contacts_all_of_user on contacts (user_id, id);
      create index drafts_all_of_user on drafts (user_id, id);
      create index deliveries_of_user on deliveries (user_id, id);
      create index notices_of_user on notices (user_id, id);
      create index clarifications_of_user on clarifications (user_id, id);
      create index clarifications_of_session on clarifications (session_id);
      create index usage_corrections_of_user on usage_corrections (user_id, id);
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
