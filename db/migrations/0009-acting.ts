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
        series_start timestamptz,
        set_at timestamptz,
        held_until timestamptz,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      comment on column reminders.series_start is 'what the repetition counts from; remind_at may be put off';
      comment on column reminders.set_at is 'when remind_at was chosen; a moment that was over by then is not told';
      comment on column reminders.held_until is 'due in quiet hours: looked at again then';
      create index reminders_due on reminders (remind_at) where status = 'scheduled' and deleted_at is null;
      create index reminders_fired on reminders (user_id, fired_at) where fired_at is not null and deleted_at is null;
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
        add column sent_at timestamptz,
        add column said jsonb;
      comment on column drafts.said is 'what a template was filled with; null where the words have been changed since';

      create table deliveries (
        id uuid primary key,
        user_id uuid not null,
        draft_id uuid not null,
        state text not null check (state in ('planned', 'calling', 'done', 'failed')),
        not_before timestamptz not null,
        error text,
        called_at timestamptz,
        attempts int not null default 0,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      comment on table deliveries is 'calls to the outside world: written before the call, with the id as its key';
      create index deliveries_due on deliveries (not_before) where state in ('planned', 'calling') and deleted_at is null;
      create index deliveries_of_draft on deliveries (draft_id);

      create table mail_outbox (
        delivery_id uuid primary key,
        user_id uuid not null,
        message_id text not null,
        sender text not null,
        recipients text[] not null,
        subject text not null,
        body text not null,
        sent_at timestamptz not null
      );
      comment on table mail_outbox is 'emails that have gone out; one for each delivery';
      create index mail_outbox_of_user on mail_outbox (user_id, delivery_id desc);

      create table briefings (
        user_id uuid not null,
        local_date date not null,
        given_at timestamptz not null,
        primary key (user_id, local_date)
      );
      comment on table briefings is 'one standing briefing for each user and local day, whatever restarts';

      alter table notices add column tell_at timestamptz;
      comment on column notices.tell_at is 'when it is told, or told again because whoever wrote it died; null once it was';
      create index notices_to_tell on notices (tell_at) where tell_at is not null;

      create table push_subscriptions (
        id uuid primary key,
        user_id uuid not null,
        endpoint text not null unique,
        p256dh text not null,
        auth text not null,
        created_at timestamptz not null
      );
      comment on table push_subscriptions is 'browsers that show notices while the page is closed';
      create index push_subscriptions_of_user on push_subscriptions (user_id);

      create table push_keys (
        id int primary key default 1 check (id = 1),
        public_key text not null,
        private_key text not null
      );
      comment on table push_keys is 'the key pair that signs what is pushed, where the settings name none: made once';
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
