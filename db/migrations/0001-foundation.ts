import type { Knex } from 'knex';
/** Who may do what: `pulseplan_owner` changes the schema, `pulseplan_app` reads and writes rows. */
const rolesSql = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'pulseplan_app') then
    create role pulseplan_app nologin;
  end if;
exception when insufficient_privilege then
  raise notice 'role pulseplan_app is missing and may not be created here; the connecting role serves both purposes';
end $$;
do $$
begin
  if exists (select from pg_roles where rolname = 'pulseplan_app') then
    grant usage on schema public to pulseplan_app;
    alter default privileges in schema public grant select, insert, update, delete on tables to pulseplan_app;
    alter default privileges in schema public grant usage, select on sequences to pulseplan_app;
    alter default privileges in schema public grant execute on functions to pulseplan_app;
  end if;
end $$;
`;

const tablesSql = `
create table users (
  id uuid primary key,
  created_at timestamptz not null default now(),
  demo_name text unique,
  tier text not null default 'free' check (tier in ('free', 'premium')),
  settings jsonb not null default '{}'
);

create table conversation_sessions (
  id uuid primary key,
  user_id uuid not null references users (id),
  started_at timestamptz not null default now(),
  last_activity_at timestamptz not null default now(),
  title text,
  turns int not null default 0,
  open_turns int not null default 0,
  context jsonb not null default '{}',
  context_embedding bytea
) with (fillfactor = 70);
comment on column conversation_sessions.turns is 'the turn_index given last';
comment on column conversation_sessions.open_turns is 'turns queued or running; counted under this row''s lock';
-- Not by last activity: every turn would then write this index too, and a user's conversations are quickly sorted.
create index conversation_sessions_of_user on conversation_sessions (user_id);

-- No foreign keys on what every turn writes: each is one more look-up and a lock on the parent's row, and the
-- functions that write these tables hold the session's row already.
create table conversation_turns (
  user_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  turn_index int not null,
  kind text not null check (kind in ('text', 'answer', 'undo')),
  user_message text not null,
  request jsonb not null,
  body_hash text not null,
  timezone text not null,
  reference_time timestamptz,
  received_at timestamptz not null,
  state text not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  fence int not null default 1,
  attempt int not null default 1,
  amendments jsonb not null default '[]',
  intent text,
  intent_confidence real,
  slots jsonb,
  action_id uuid,
  response text,
  nlu_version text,
  understood jsonb,
  flags jsonb,
  user_message_embedding bytea,
  response_embedding bytea,
  created_at timestamptz not null default now(),
  primary key (user_id, id),
  unique (session_id, turn_index)
) with (fillfactor = 70);
comment on column conversation_turns.fence is '1 at insert; every later claim and every rebuild of Redis raises it first';
create index conversation_turns_open on conversation_turns (session_id, turn_index) where state in ('queued', 'running');

-- The one terminal frame of a turn: the primary key makes a second one impossible.
create table turn_results (
  user_id uuid not null,
  turn_id uuid not null,
  session_id uuid not null,
  turn_index int not null,
  type text not null check (type in ('turn.completed', 'turn.failed', 'turn.cancelled')),
  result jsonb not null,
  finished_at timestamptz not null,
  published_at timestamptz,
  primary key (user_id, turn_id)
);
create index turn_results_unpublished on turn_results (finished_at) where published_at is null;
create index turn_results_of_session on turn_results (session_id, turn_index);

create table turn_tombstones (
  user_id uuid not null references users (id),
  turn_id uuid not null,
  expires_at timestamptz not null,
  primary key (user_id, turn_id)
);

create table clarifications (
  id uuid primary key,
  user_id uuid not null references users (id),
  session_id uuid not null references conversation_sessions (id),
  turn_id uuid not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  question jsonb not null,
  workflow text,
  checkpoint jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at timestamptz,
  close_reason text,
  closed_by uuid
);
create index clarifications_open on clarifications (session_id) where state = 'open';
create index clarifications_expiring on clarifications (expires_at) where state = 'open';

create table receipts (
  id uuid primary key,
  user_id uuid not null references users (id),
  session_id uuid,
  turn_id uuid,
  step int not null default 0,
  intent text,
  action text not null,
  summary text not null,
  reason jsonb not null default '{}',
  undoes uuid references receipts (id),
  undone_by uuid references receipts (id),
  created_at timestamptz not null default now(),
  undo_until timestamptz
);
create unique index receipts_of_turn on receipts (user_id, turn_id, step) where turn_id is not null;
create index receipts_of_user on receipts (user_id, created_at desc, id desc) where undone_by is null;
create index receipts_by_id on receipts (user_id, id desc);

create table receipt_effects (
  receipt_id uuid not null references receipts (id) on delete cascade,
  ordinal int not null,
  user_id uuid not null,
  kind text not null,
  op text not null,
  item_id uuid not null,
  reason text not null,
  before jsonb,
  after jsonb not null,
  primary key (receipt_id, ordinal)
);

create table effect_kinds (kind text primary key);

create table tasks (
  id uuid primary key,
  user_id uuid not null,
  title text not null,
  status text not null check (status in ('open', 'done')),
  due_on date,
  due_at timestamptz,
  due_zone text,
  priority text not null check (priority in ('low', 'medium', 'high', 'urgent')),
  duration_minutes int,
  list text,
  tags text[] not null,
  recurrence text,
  location text,
  notes text,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  deleted_at timestamptz
);
comment on column tasks.due_on is 'the local day; due_at with due_zone besides when a time was given';
create index tasks_open on tasks (user_id, status, due_on) where deleted_at is null;
create index tasks_changed on tasks (user_id, updated_at desc) where deleted_at is null;

create table system_logs (
  id bigint generated always as identity primary key,
  event text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);
`;

export const foundation = {
  name: '0001-foundation',
  async up(knex: Knex): Promise<void> {
    await knex.raw(rolesSql);
    await knex.raw(tablesSql);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
