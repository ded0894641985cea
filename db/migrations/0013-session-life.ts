import type { Knex } from 'knex';

/** What a conversation is called, when it was over, and what it came to. */
export const sessionLife = {
  name: '0013-session-life',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      alter table conversation_sessions
        add column title_rank smallint not null default 0,
        add column ended_at timestamptz,
        add column times_ended int not null default 0,
        add column turns_completed int not null default 0,
        add column turns_refused int not null default 0,
        add column turns_failed int not null default 0,
        add column turns_cancelled int not null default 0,
        add column questions_asked int not null default 0,
        add column questions_answered int not null default 0,
        add column questions_dropped int not null default 0,
        add column questions_expired int not null default 0;
      comment on column conversation_sessions.title_rank is
        'a title takes the place of one of a lower rank: 0 words, 1 a request, 2 what was changed, 3 what was made, 9 its user''s own';
      comment on column conversation_sessions.ended_at is
        'nothing was said for the session timeout; null while it is alive, and again when it goes on';
      comment on column conversation_sessions.turns_completed is 'by the status of the result; one that ended in a question is none of these';
      comment on column conversation_sessions.questions_answered is 'in words, by a choice, or by leaving it to the default';
      comment on column conversation_sessions.questions_dropped is 'given up, or another one took their place';
      -- Not by last activity: every turn would then write this index too. Those that are alive are few.
      create index conversation_sessions_alive on conversation_sessions (id) where ended_at is null;

      update conversation_sessions s set
          turns_completed = t.completed, turns_refused = t.refused, turns_failed = t.failed, turns_cancelled = t.cancelled
        from (
          select session_id, count(*) filter (where result->>'status' = 'completed') as completed,
            count(*) filter (where result->>'status' = 'refused') as refused,
            count(*) filter (where type = 'turn.failed') as failed,
            count(*) filter (where type = 'turn.cancelled') as cancelled
          from turn_results group by session_id
        ) t where t.session_id = s.id;
      update conversation_sessions s set
          questions_asked = c.asked, questions_answered = c.answered, questions_dropped = c.dropped,
          questions_expired = c.expired
        from (
          select session_id, count(*) as asked,
            count(*) filter (where close_reason in ('answered', 'skipped')) as answered,
            count(*) filter (where close_reason in ('dropped', 'replaced')) as dropped,
            count(*) filter (where close_reason = 'expired') as expired
          from clarifications group by session_id
        ) c where c.session_id = s.id;
      -- Titles were the first words, however long.
      update conversation_sessions set title = left(title, 47) || '…' where length(title) > 48;
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw(`
      drop index conversation_sessions_alive;
      alter table conversation_sessions
        drop column title_rank, drop column ended_at, drop column times_ended, drop column turns_completed,
        drop column turns_refused, drop column turns_failed, drop column turns_cancelled,
        drop column questions_asked, drop column questions_answered, drop column questions_dropped,
        drop column questions_expired;
    `);
  },
};
