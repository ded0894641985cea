import type { Knex } from 'knex';

/**
 * What was said, as vectors. Those of a turn stand on its row, with the model that made them: vectors of two models are
 * never compared. What recall looks through is a table of its own that only grows: narrow, and read from its index alone.
 */
export const memory = {
  name: '0010-memory',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      alter table conversation_turns
        add column embedding_model text,
        add column embedding_dimension int,
        add column embedded_at timestamptz,
        add column timings jsonb;
      comment on column conversation_turns.user_message_embedding is 'eight-bit numbers, a byte each; their scale does not matter';
      comment on column conversation_turns.embedded_at is 'when it was looked at; a turn that says nothing, or is not to be kept, has no vectors all the same';
      alter table conversation_sessions
        add column context_embedding_model text,
        add column context_embedding_dimension int;
      comment on column conversation_sessions.context_embedding is 'mean of the vectors of its last turns';

      create index conversation_turns_to_embed on conversation_turns (received_at)
        where embedded_at is null and state = 'completed';
      create index conversation_turns_of_user on conversation_turns (user_id, received_at desc) where state = 'completed';

      create index events_by_title on events (user_id, lower(title)) where deleted_at is null;

      create table turn_vectors (
        user_id uuid not null,
        turn_id uuid not null,
        model text not null,
        side text not null check (side in ('message', 'response')),
        bits bit varying not null,
        primary key (user_id, turn_id, model, side) include (bits),
        -- Written behind the turn, so it costs no turn anything; what was said and is erased leaves no trace here.
        foreign key (user_id, turn_id) references conversation_turns on delete cascade
      ) with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 1000);
      comment on column turn_vectors.bits is 'which numbers of the vector are above 0: enough to find the few that are compared exactly';
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw(`
      drop table turn_vectors;
      drop index events_by_title;
      drop index conversation_turns_of_user;
      drop index conversation_turns_to_embed;
      alter table conversation_sessions drop column context_embedding_model, drop column context_embedding_dimension;
      alter table conversation_turns
        drop column embedding_model, drop column embedding_dimension, drop column embedded_at, drop column timings;
    `);
  },
};
