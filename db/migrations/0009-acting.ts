import type { Knex } from 'knex';

/** Calendar, reminders, people, mail that goes out, and what came with them. */
export const acting = {
  name: '0009-acting',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      alter table tasks
        add column repeats_from_completion boolean not null default false,
        add column parent_id uuid;
      comment on column tasks.parent_id is 'the task that this one is a step of';
      create index tasks_of_parent on tasks (parent_id) where deleted_at is null and parent_id is not null;

      create table events (
        id uuid primary key,
        user_id uuid not null,
        title text not null,
        start_at timestamptz not null,
        end_at timestamptz not null,
        all_day boolean not null,
        timezone text not null,
        recurrence text,
        exceptions timestamptz[] not null,
        series_id uuid,
        original_start timestamptz,
        participants text[] not null,
        location text,
        notes text,
        calendar text not null,
        task_id uuid,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz,
        check (end_at >= start_at)
      );
      comment on column events.exceptions is 'starts of the series that do not take place, or have a row of their own';
      create index events_single on events (user_id, start_at) where deleted_at is null and recurrence is null;
      create index events_series on events (user_id) where deleted_at is null and recurrence is not null;
      create index events_changed on events (user_id, updated_at desc) where deleted_at is null;
      create index events_of_series on events (series_id) where series_id is not null;

      create table reminders (
        id uuid primary key,
        user_id uuid not null,
        title text not null,
        remind_at timestamptz not null,
        timezone text not null,
        status text not null check (status in ('scheduled', 'fired', 'done')),
        recurrence text,
        item_kind text check (item_kind in ('task', 'event')),
        item_id uuid,
        before_minutes int,
        fired_at timestamptz,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      create index reminders_due on reminders (remind_at) where status = 'scheduled' and deleted_at is null;
      create index reminders_of_user on reminders (user_id, id desc) where deleted_at is null;
      create index reminders_of_item on reminders (item_id) where item_id is not null and deleted_at is null;

      create table contacts (
        id uuid primary key,
        user_id uuid not null,
        name text not null,
        address text,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      create index contacts_of_user on contacts (user_id, lower(name)) where deleted_at is null;

      alter table drafts
        add column status text not null default 'draft' check (status in ('draft', 'sending', 'sent')),
        add column addresses text[] not null default '{}',
        add column send_at timestamptz,
        add column sent_at timestamptz;

      create table deliveries (
        id uuid primary key,
        user_id uuid not null,
        draft_id uuid not null,
        state text not null check (state in ('planned', 'calling', 'done', 'failed')),
        not_before timestamptz not null,
        error text,
        called_at timestamptz,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      comment on table deliveries is 'calls to the outside world: written before the call, with the id as its key';
      create index deliveries_due on deliveries (not_before) where state in ('planned', 'calling') and deleted_at is null;
      create index deliveries_of_draft on deliveries (draft_id);

      create table briefings (
        user_id uuid not null,
        local_date date not null,
        given_at timestamptz not null,
        primary key (user_id, local_date)
      );
      comment on table briefings is 'one standing briefing for each user and local day, whatever restarts';

      create table briefing_orders (
        user_id uuid primary key,
        ordered_at timestamptz not null,
        due_at timestamptz
      );
      comment on table briefing_orders is 'who wants a briefing every day, and when the next is due; null is not planned yet';
      create index briefing_orders_due on briefing_orders (due_at);
      create index briefing_orders_unplanned on briefing_orders (user_id) where due_at is null;
      -- Settings change by words, by hand and by undo: whoever writes them, the order follows in the same transaction.
      create function note_briefing_order() returns trigger language plpgsql as $$
      begin
        if new.settings->>'briefing_time' is null then
          delete from briefing_orders where user_id = new.id;
        else
          -- In milliseconds: whoever plans it says by this which order was meant.
          insert into briefing_orders (user_id, ordered_at) values (new.id, date_trunc('milliseconds', now()))
            on conflict (user_id) do update set ordered_at = excluded.ordered_at, due_at = null;
        end if;
        return null;
      end $$;
      create trigger briefing_ordered after update of settings on users for each row
        when (old.settings->'briefing_time' is distinct from new.settings->'briefing_time'
          or old.settings->'timezone' is distinct from new.settings->'timezone')
        execute function note_briefing_order();
      create trigger briefing_ordered_at_once after insert on users for each row
        when (new.settings->>'briefing_time' is not null)
        execute function note_briefing_order();

      -- An index needs a function that is sure to give the same for the same; joining texts is, though Postgres can't know.
      create function words_of(texts text[], more text[] default '{}') returns tsvector
        language sql immutable parallel safe
        as $$ select to_tsvector('english'::regconfig, array_to_string(texts || more, ' ')) $$;
      create index tasks_words on tasks using gin (words_of(array[title, notes, list, location], tags))
        where deleted_at is null;
      create index events_words on events using gin (words_of(array[title, notes, location], participants))
        where deleted_at is null;
      create index drafts_words on drafts using gin (words_of(array[subject, body], recipients || addresses))
        where deleted_at is null;
      create index turns_words on conversation_turns using gin (words_of(array[user_message]))
        where kind = 'text';

      alter table users
        add column settings_version int not null default 1,
        add column calendar_version int not null default 1;
      comment on column users.calendar_version is 'raised with every change of an event; a plan made of another one is made anew';
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
