import { QUEUE_NAMES } from '../../contracts/jobs.ts';
import { answerKey, answersChannel, requestKey } from '../../core/keys.ts';
import { queueKeys } from '../../core/queues.ts';
import type { RowRule, UserTable } from '../../db/user-tables.ts';
import { connectionsKey, newsChannel, profileKey, sessionKeys } from '../keys.ts';

/**
 * Everything that can hold a user: erasure and export do what stands here, and nothing else. What is missing is found by
 * tests that compare it with the schema as it is, with the builders of keys, and with what lies in Redis and on disk after
 * the product was used.
 */

const MINE = 'user_id = :user';
const deleted: readonly RowRule[] = [{ where: MINE, do: 'delete' }];

/** What sums of usage are made of: whose it was is forgotten, and in which conversation. */
const usageRow: readonly RowRule[] = [
  { where: MINE, do: 'pseudonymise', set: { user_id: ':pseudonym', session_id: 'null', turn_id: 'null' } },
];
const usageRowColumns = 'id user_id session_id turn_id intent model operation_type kind reason metadata';

const names = (columns: string): readonly string[] => columns.split(' ');

/** In the order in which they are emptied: what others are written behind comes first. */
export const USER_TABLES: readonly UserTable[] = [
  {
    table: 'clarifications',
    key: ['id'],
    columns: names('id user_id session_id turn_id state question workflow checkpoint close_reason closed_by'),
    rules: deleted,
    export: { kind: 'question', where: MINE, without: { checkpoint: 'where a workflow stopped to ask' } },
  },
  {
    table: 'turn_vectors',
    key: ['turn_id', 'model', 'side'],
    columns: names('user_id model side turn_id bits'),
    rules: deleted,
    export: { no: 'numbers made of what stands in the turns' },
  },
  {
    table: 'conversation_turns',
    key: ['id'],
    columns: names(
      'id user_id session_id kind user_message request body_hash timezone state amendments intent slots action_id response nlu_version understood flags timings user_message_embedding response_embedding embedding_model',
    ),
    rules: deleted,
    export: {
      kind: 'turn',
      where: MINE,
      without: {
        body_hash: 'a check-sum of what stands beside it',
        user_message_embedding: 'numbers made of what stands beside it',
        response_embedding: 'numbers made of what stands beside it',
        embedding_model: 'what made those numbers',
        embedding_dimension: 'how many they are',
      },
    },
  },
  {
    table: 'turn_results',
    key: ['turn_id'],
    columns: names('user_id turn_id session_id type result'),
    rules: deleted,
    export: { kind: 'turn_result', where: MINE },
  },
  {
    table: 'unpublished_turns',
    key: ['turn_id'],
    columns: names('user_id turn_id'),
    rules: deleted,
    export: { no: 'a list of what is still to be told, for seconds' },
  },
  {
    table: 'turn_tombstones',
    key: ['turn_id'],
    columns: names('user_id turn_id'),
    rules: deleted,
    export: { no: 'ids of turns that were cancelled before they came, for ten minutes' },
  },
  {
    table: 'conversation_sessions',
    key: ['id'],
    columns: names('id user_id title context context_embedding context_embedding_model'),
    rules: deleted,
    export: {
      kind: 'conversation',
      where: MINE,
      without: {
        context_embedding: 'numbers made of what stands beside it',
        context_embedding_model: 'what made those numbers',
        context_embedding_dimension: 'how many they are',
      },
    },
  },
  {
    table: 'receipt_effects',
    key: ['receipt_id', 'ordinal'],
    columns: names('receipt_id user_id kind op item_id reason before after'),
    // By their receipts, which are found by their user.
    rules: [{ where: 'receipt_id in (select r.id from receipts r where r.user_id = :user)', do: 'delete' }],
    export: {
      kind: 'change',
      where: 'receipt_id in (select r.id from receipts r where r.user_id = :user)',
    },
  },
  {
    table: 'receipts',
    key: ['id'],
    columns: names('id user_id session_id turn_id intent action summary reason undoes undone_by'),
    rules: deleted,
    export: { kind: 'receipt', where: MINE },
  },
  {
    table: 'write_keys',
    key: ['key'],
    columns: names('user_id key change_id body_hash'),
    rules: deleted,
    export: { no: 'keys of requests that may be repeated, for a day' },
  },
  {
    table: 'tasks',
    key: ['id'],
    columns: names('id user_id title status due_zone priority list tags recurrence location notes parent_id'),
    rules: deleted,
    export: { kind: 'task', where: MINE },
  },
  {
    table: 'events',
    key: ['id'],
    columns: names(
      'id user_id title timezone recurrence series_id participants location notes calendar task_id',
    ),
    rules: deleted,
    export: { kind: 'event', where: MINE },
  },
  {
    table: 'reminders',
    key: ['id'],
    columns: names('id user_id title timezone status recurrence item_kind item_id'),
    rules: deleted,
    export: { kind: 'reminder', where: MINE },
  },
  {
    table: 'contacts',
    key: ['id'],
    columns: names('id user_id name address'),
    rules: deleted,
    export: { kind: 'contact', where: MINE },
  },
  {
    table: 'facts',
    key: ['id'],
    columns: names('id user_id subject attribute value value_kind said turn_id session_id'),
    rules: deleted,
    export: { kind: 'fact', where: MINE },
  },
  {
    // Mail that waits is stopped by this: what is not there is not sent.
    table: 'deliveries',
    key: ['id'],
    columns: names('id user_id draft_id state error'),
    rules: deleted,
    export: { kind: 'delivery', where: MINE },
  },
  {
    table: 'drafts',
    key: ['id'],
    columns: names('id user_id recipients subject body email_type tone method status addresses said'),
    rules: deleted,
    export: { kind: 'draft', where: MINE },
  },
  {
    table: 'mail_outbox',
    key: ['delivery_id'],
    columns: names('delivery_id user_id message_id sender recipients subject body'),
    rules: deleted,
    export: { kind: 'sent_email', where: MINE },
  },
  {
    table: 'briefing_orders',
    key: ['user_id'],
    columns: names('user_id'),
    rules: deleted,
    export: { no: 'follows from the settings' },
  },
  {
    table: 'briefings',
    key: ['user_id', 'local_date'],
    columns: names('user_id'),
    rules: deleted,
    export: { kind: 'briefing', where: MINE },
  },
  {
    table: 'notices',
    key: ['id'],
    columns: names('id user_id kind text data'),
    rules: deleted,
    export: { kind: 'notice', where: MINE },
  },
  {
    table: 'push_subscriptions',
    key: ['id'],
    columns: names('id user_id endpoint endpoint_hash p256dh auth'),
    rules: deleted,
    export: {
      kind: 'push_browser',
      where: MINE,
      without: {
        endpoint: 'whoever has it can write to the browser',
        endpoint_hash: 'a check-sum of it',
        p256dh: 'a key of the browser',
        auth: 'a secret of the browser',
      },
    },
  },
  {
    table: 'llm_calls',
    key: ['id'],
    columns: names(
      'id user_id session_id turn_id scope_id intent operation function model input_hash state answer outcome',
    ),
    rules: [
      { where: `${MINE} and reported_at is not null`, do: 'delete' },
      // What is under way is still to be paid for; it is found by its own id.
      {
        where: MINE,
        do: 'pseudonymise',
        set: {
          user_id: ':pseudonym',
          session_id: 'null',
          turn_id: 'null',
          scope_id: 'id',
          input_hash: `''`,
          answer: 'null',
        },
      },
    ],
    export: {
      kind: 'model_call',
      where: MINE,
      without: { input_hash: 'a check-sum of what was asked' },
    },
  },
  {
    table: 'usage_events',
    key: ['id'],
    columns: names('id event'),
    rules: [
      {
        where: `event->>'user_id' = :user`,
        do: 'pseudonymise',
        set: {
          event: `event || jsonb_build_object('user_id', cast(:pseudonym as text), 'session_id', null, 'turn_id', null)`,
        },
      },
    ],
    export: { no: 'on its way to the usage, for seconds' },
  },
  {
    table: 'llm_usage',
    key: ['period', 'id'],
    columns: names(usageRowColumns),
    rules: usageRow,
    export: { kind: 'usage', where: MINE },
  },
  {
    table: 'usage_adjustments',
    key: ['period', 'id'],
    columns: names(usageRowColumns),
    rules: usageRow,
    export: { kind: 'late_usage', where: MINE },
  },
  {
    table: 'usage_summary',
    key: ['id'],
    columns: names('id user_id operation_breakdown sealed'),
    rules: [{ where: MINE, do: 'pseudonymise', set: { user_id: ':pseudonym' } }],
    export: { kind: 'usage_month', where: MINE },
  },
  {
    table: 'usage_quotas',
    key: ['user_id', 'period'],
    columns: names('user_id subscription_tier'),
    rules: [
      {
        where: MINE,
        do: 'pseudonymise',
        // Nobody is told any more that a limit is near.
        set: { user_id: ':pseudonym', alerted_percent: '100' },
      },
    ],
    export: { kind: 'quota', where: MINE },
  },
  {
    table: 'usage_corrections',
    key: ['id'],
    columns: names('user_id'),
    rules: [{ where: MINE, do: 'pseudonymise', set: { user_id: ':pseudonym' } }],
    export: { kind: 'usage_correction', where: MINE },
  },
  {
    // Kept so that a message that comes twice is known; whose payment it told of is forgotten.
    table: 'billing_notifications',
    key: ['provider', 'notification_id'],
    columns: names('provider notification_id type subtype original_transaction_id outcome'),
    rules: [
      {
        where:
          '(provider, original_transaction_id) in (select s.provider, s.original_transaction_id from subscriptions s where s.user_id = :user)',
        do: 'pseudonymise',
        set: { original_transaction_id: 'null' },
      },
    ],
    export: {
      kind: 'billing_notification',
      where:
        '(provider, original_transaction_id) in (select s.provider, s.original_transaction_id from subscriptions s where s.user_id = :user)',
    },
  },
  {
    table: 'subscriptions',
    key: ['provider', 'original_transaction_id'],
    columns: names('provider original_transaction_id user_id environment product_id status state'),
    rules: deleted,
    export: { kind: 'subscription', where: MINE },
  },
  {
    table: 'tier_grants',
    key: ['id'],
    columns: names('id user_id tier reason granted_by revoked_by'),
    rules: [
      { where: MINE, do: 'delete' },
      // What an admin gave to others stays theirs.
      { where: 'granted_by = :user', do: 'pseudonymise', set: { granted_by: ':pseudonym' } },
      { where: 'revoked_by = :user', do: 'pseudonymise', set: { revoked_by: ':pseudonym' } },
    ],
    export: { kind: 'grant', where: MINE },
  },
  {
    table: 'tier_audit',
    key: ['id'],
    columns: names('user_id actor from_tier to_tier cause'),
    rules: [
      { where: MINE, do: 'pseudonymise', set: { user_id: ':pseudonym', cause: `'{}'` } },
      {
        where: `actor = 'admin:' || :user`,
        do: 'pseudonymise',
        set: { actor: `'admin:' || cast(:pseudonym as text)` },
      },
    ],
    export: { kind: 'tier_change', where: MINE },
  },
  {
    table: 'usage_settings',
    key: ['id'],
    columns: names('settings changed_by'),
    rules: [
      { where: 'changed_by = :user', do: 'pseudonymise', set: { changed_by: 'cast(:pseudonym as text)' } },
    ],
    export: { no: 'settings of the product, which name the admin who changed them' },
  },
  {
    // The account itself goes last, with the lock that everybody waits for.
    table: 'users',
    key: ['id'],
    columns: names('id demo_name tier settings erasing'),
    rules: [],
    export: { kind: 'account', where: 'id = :user' },
  },
];

/** Tables that hold nobody, and why; `columns` as above. */
export const OTHER_TABLES: Readonly<Record<string, { columns: readonly string[]; why: string }>> = {
  erasures: {
    columns: names('id subject_hash user_id pseudonym session_ids step stores lease'),
    why: 'names its user until it is done, and a keyed hash from then on',
  },
  erasure_key: { columns: names('fingerprint'), why: 'a check-sum of a key' },
  push_keys: { columns: names('public_key private_key'), why: 'keys of the product' },
  usage_periods: { columns: names('archived_to'), why: 'months' },
  system_logs: { columns: names('event details'), why: 'codes and numbers; nobody is named there' },
  effect_kinds: { columns: names('kind'), why: 'kinds of things' },
  installed_functions: { columns: names('version'), why: 'a check-sum' },
  knex_migrations: { columns: names('name'), why: 'names of migrations' },
  knex_migrations_lock: { columns: [], why: 'a lock' },
};

/** What becomes of keys in Redis. Nothing of them is exported: all of it stands in Postgres as well. */
export interface RedisEntry {
  /** As Redis matches keys. */
  pattern: string;
  fate: 'deleted' | 'jobs removed' | 'gone by itself' | 'never kept';
  about: string;
}

const ANY = '*';
const ofSession = sessionKeys(ANY);
export const REDIS_KEYS: readonly RedisEntry[] = [
  { pattern: ofSession.state, fate: 'deleted', about: 'place in the log, words of open turns, context' },
  { pattern: ofSession.open, fate: 'deleted', about: 'open turns' },
  { pattern: ofSession.done, fate: 'deleted', about: 'turns that ended before their go' },
  { pattern: ofSession.outbox, fate: 'deleted', about: 'frames, with all that was said' },
  { pattern: ofSession.deltas, fate: 'deleted', about: 'numbers of frames' },
  { pattern: ofSession.bell, fate: 'never kept', about: 'channel' },
  { pattern: connectionsKey(ANY), fate: 'deleted', about: 'open connections' },
  { pattern: profileKey(ANY), fate: 'deleted', about: 'tier and settings' },
  { pattern: newsChannel(ANY), fate: 'never kept', about: 'channel' },
  { pattern: requestKey(ANY), fate: 'gone by itself', about: 'gone when it is answered, 12 s at most' },
  { pattern: answerKey(ANY), fate: 'gone by itself', about: 'gone when it is read, 60 s at most' },
  { pattern: answersChannel(ANY), fate: 'never kept', about: 'channel' },
  ...QUEUE_NAMES.map((queue): RedisEntry => ({
    pattern: queueKeys(queue),
    fate: 'jobs removed',
    about:
      'jobs with ids of user, session and turn; names of jobs hold ids of sessions, which lead nowhere then',
  })),
];

/** Files, by their path in the data folder (`*` stands for anything) or where the settings put them. */
export interface FileEntry {
  path: string;
  fate: 'rewritten' | 'pseudonymised' | 'holds nobody';
  about: string;
}

export const FILES: readonly FileEntry[] = [
  { path: 'postgres/*', fate: 'rewritten', about: 'tables and their log: see the cleaning of files' },
  { path: 'redis/*', fate: 'rewritten', about: 'append-only file of Redis: see the cleaning of files' },
  {
    path: 'USAGE_ARCHIVE_DIR/llm_usage_*.jsonl.gz',
    fate: 'pseudonymised',
    about: 'rows of usage of months long past',
  },
  {
    path: 'logs/*',
    fate: 'holds nobody',
    about: 'starts, stops and faults of the stores, without what was to be written',
  },
  { path: 'secrets.json', fate: 'holds nobody', about: 'passwords of the stores' },
  { path: 'runtime.json', fate: 'holds nobody', about: 'addresses of the stores' },
  { path: 'ports.json', fate: 'holds nobody', about: 'ports of the stores' },
  { path: 'launcher.lock', fate: 'holds nobody', about: 'the process that runs on the folder' },
  { path: 'demo-secret', fate: 'holds nobody', about: 'signs demo tokens' },
  { path: 'credential-keys', fate: 'holds nobody', about: 'seals credentials' },
  { path: 'erasure-key', fate: 'holds nobody', about: 'makes the hashes of users who were erased' },
  { path: 'bin/*', fate: 'holds nobody', about: 'programs' },
  { path: 'hub-models/*', fate: 'holds nobody', about: 'models' },
];
