import type { Knex } from 'knex';

/**
 * Whoever works on an erasure has a lease of their own, by which each of their writes is known: one that comes after
 * somebody else went on changes nothing. And an erasure that is not done says whom it is about.
 */
export const erasureLease = {
  name: '0016-erasure-lease',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      -- Ended once already, and set back by whoever came late; nobody is left in it to be erased.
      update erasures set step = 'done', pseudonym = null, session_ids = null, finished_at = coalesce(finished_at, requested_at)
        where step <> 'done' and user_id is null;

      alter table erasures add column lease uuid;
      update erasures set leased_until = null;
      alter table erasures
        add constraint erasures_open_names_its_user check (
          step = 'done' or (user_id is not null and pseudonym is not null and session_ids is not null and finished_at is null)),
        add constraint erasures_lease_is_whole check ((lease is null) = (leased_until is null)),
        add constraint erasures_done_is_nobodys check (step <> 'done' or lease is null);
      comment on column erasures.lease is 'of whoever works on it; every write of theirs names it';
      create unique index erasures_one_open on erasures (subject_hash) where step <> 'done';
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
