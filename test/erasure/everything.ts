import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/connect.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';

const AT = new Date('2026-11-18T09:00:00Z');
const PERIOD = '2026-11-01';
const json = JSON.stringify;

const sealed = (word: string): string => `box1.gone.${word.replaceAll(/[^\w-]/g, '-')}`;

/** Somebody of whom something is kept in every table there is; `word` stands wherever words can. */
export async function fillEveryTable(db: Db, userId: string, word: string): Promise<void> {
  const ids = {
    session: randomUUID(),
    turn: randomUUID(),
    receipt: randomUUID(),
    undo: randomUUID(),
    task: randomUUID(),
    draft: randomUUID(),
    delivery: randomUUID(),
    call: randomUUID(),
    purchase: `purchase-${word}-${randomUUID()}`,
  };
  const stamps = { version: 1, created_at: AT, updated_at: AT };
  const mine = { user_id: userId };
  const turn = { ...mine, turn_id: ids.turn };
  const usage = {
    ...mine,
    session_id: ids.session,
    turn_id: ids.turn,
    step: 0,
    ordinal: 0,
    intent: 'email',
    tokens_used: 500,
    model: 'gpt-4',
    timestamp: AT,
    operation_type: 'email_draft_llm',
    cost_usd: '0.0123',
    kind: 'usage',
    metadata: json({ function: 'draft', success: true }),
  };
  const call = {
    ...mine,
    session_id: ids.session,
    turn_id: ids.turn,
    scope_id: ids.turn,
    step: 0,
    revision: 0,
    operation: 'email_draft_llm',
    function: 'draft',
    model: 'gpt-4',
    input_hash: word,
    period: PERIOD,
    flat: true,
    reserved_tokens: 500,
    answer: word,
    // Answers are kept for an hour.
    started_at: new Date(),
    expires_at: AT,
  };
  const rows: Readonly<Record<string, readonly object[]>> = {
    users: [
      { id: userId, demo_name: `${word} ${userId}`, settings: json({ note: word, briefing_time: '07:30' }) },
    ],
    conversation_sessions: [
      { id: ids.session, ...mine, title: word, turns: 1, context: json({ said: word }) },
    ],
    conversation_turns: [
      {
        ...mine,
        id: ids.turn,
        session_id: ids.session,
        turn_index: 1,
        kind: 'text',
        user_message: word,
        request: json({ kind: 'text', channel: 'rest' }),
        body_hash: word,
        timezone: 'UTC',
        received_at: AT,
        state: 'completed',
        slots: json({ title: word }),
        response: word,
        understood: json([{ title: word }]),
        user_message_embedding: Buffer.from(word),
      },
    ],
    turn_vectors: [{ ...turn, model: 'test', side: 'message', bits: '1010' }],
    turn_results: [
      {
        ...turn,
        session_id: ids.session,
        turn_index: 1,
        type: 'turn.completed',
        result: json({ reply: word }),
        finished_at: AT,
      },
    ],
    unpublished_turns: [{ ...mine, turn_id: randomUUID(), finished_at: new Date('2099-01-01') }],
    turn_tombstones: [{ ...turn, expires_at: new Date('2099-01-01') }],
    clarifications: [
      {
        id: randomUUID(),
        ...turn,
        session_id: ids.session,
        question: json({ question: word }),
        checkpoint: json({ slots: word }),
        expires_at: new Date('2099-01-01'),
      },
    ],
    receipts: [
      { id: ids.receipt, ...turn, action: 'create_task', summary: word, reason: json({ words: word }) },
      { id: ids.undo, ...mine, action: 'undo', summary: word, undoes: ids.receipt },
    ],
    receipt_effects: [
      {
        receipt_id: ids.receipt,
        ordinal: 0,
        ...mine,
        kind: 'task',
        op: 'create',
        item_id: ids.task,
        reason: word,
        before: json({ title: word }),
        after: json({ title: word }),
      },
    ],
    write_keys: [{ ...mine, key: randomUUID(), change_id: ids.receipt, body_hash: word, created_at: AT }],
    tasks: [
      {
        id: ids.task,
        ...mine,
        ...stamps,
        title: word,
        status: 'open',
        due_on: '2026-11-20',
        priority: 'high',
        tags: [word],
        notes: word,
      },
      {
        id: randomUUID(),
        ...mine,
        ...stamps,
        title: word,
        status: 'done',
        priority: 'low',
        tags: [],
        deleted_at: AT,
      },
    ],
    events: [
      {
        id: randomUUID(),
        ...mine,
        ...stamps,
        title: word,
        start_at: AT,
        end_at: new Date('2026-11-18T10:00:00Z'),
        all_day: false,
        timezone: 'Europe/Vienna',
        recurrence: 'FREQ=WEEKLY;BYDAY=WE',
        exceptions: [new Date('2026-11-25T09:00:00Z')],
        participants: [word],
        location: word,
        notes: word,
        calendar: 'own',
      },
    ],
    reminders: [
      {
        id: randomUUID(),
        ...mine,
        ...stamps,
        title: word,
        remind_at: new Date('2099-01-01'),
        timezone: 'UTC',
        status: 'scheduled',
      },
    ],
    facts: [
      {
        id: randomUUID(),
        ...mine,
        ...stamps,
        subject: 'me',
        attribute: 'dentist',
        value: word,
        value_kind: 'person',
        said: `my dentist is ${word}`,
        turn_id: ids.turn,
        session_id: ids.session,
        valid_from: AT,
      },
    ],
    contacts: [{ id: randomUUID(), ...mine, ...stamps, name: word, address: `${word}@example.com` }],
    drafts: [
      {
        id: ids.draft,
        ...mine,
        ...stamps,
        recipients: [word],
        subject: word,
        body: word,
        email_type: 'general',
        tone: 'neutral',
        method: 'template',
        said: json({ body: word }),
      },
    ],
    deliveries: [
      {
        id: ids.delivery,
        ...mine,
        ...stamps,
        draft_id: ids.draft,
        state: 'planned',
        not_before: new Date('2099-01-01'),
        error: word,
      },
    ],
    mail_outbox: [
      {
        delivery_id: randomUUID(),
        ...mine,
        message_id: word,
        sender: word,
        recipients: [word],
        subject: word,
        body: word,
        sent_at: AT,
      },
    ],
    briefings: [{ ...mine, local_date: '2026-11-18', given_at: AT }],
    notices: [
      {
        id: randomUUID(),
        ...mine,
        kind: 'reminder_due',
        text: word,
        data: json({ word }),
        created_at: AT,
        seen_at: AT,
      },
    ],
    push_subscriptions: [
      {
        id: randomUUID(),
        ...mine,
        // As sealed with a key that is not here: nobody seals it anew meanwhile.
        endpoint: sealed(`${word}-${userId}`),
        endpoint_hash: `${word}-${userId}`,
        p256dh: sealed(word),
        auth: sealed(word),
        created_at: AT,
      },
    ],
    llm_calls: [
      { ...call, id: ids.call, ordinal: 0, state: 'settled', charged_tokens: 500, reported_at: AT },
      {
        ...call,
        id: randomUUID(),
        ordinal: 1,
        state: 'reserved',
        charged_tokens: 0,
        expires_at: new Date('2099-01-01'),
      },
    ],
    usage_events: [
      {
        id: randomUUID(),
        event: json({ user_id: userId, session_id: ids.session, turn_id: ids.turn }),
        created_at: new Date('2099-01-01'),
      },
    ],
    llm_usage: [{ ...usage, id: randomUUID(), period: PERIOD }],
    usage_adjustments: [{ ...usage, id: randomUUID(), period: '2026-01-01' }],
    usage_summary: [
      {
        ...mine,
        year: 2026,
        month: 10,
        total_tokens: 500,
        total_cost_usd: '0.0123',
        operation_breakdown: json({}),
        rows_counted: 1,
        created_at: AT,
        updated_at: AT,
      },
    ],
    usage_quotas: [
      {
        ...mine,
        period: PERIOD,
        monthly_token_limit: 10_000,
        tokens_used_this_month: 500,
        last_reset_at: AT,
        subscription_tier: 'free',
        updated_at: AT,
      },
    ],
    usage_corrections: [{ ...mine, period: PERIOD, counted: 1, recorded: 2, created_at: AT }],
    subscriptions: [
      {
        provider: 'apple',
        original_transaction_id: ids.purchase,
        ...mine,
        environment: 'Production',
        state: json({ word }),
        updated_at: AT,
      },
    ],
    billing_notifications: [
      {
        provider: 'apple',
        notification_id: randomUUID(),
        type: 'DID_RENEW',
        signed_at: AT,
        received_at: AT,
        original_transaction_id: ids.purchase,
        outcome: 'applied',
      },
    ],
    tier_grants: [
      {
        id: randomUUID(),
        ...mine,
        tier: 'premium',
        reason: word,
        granted_by: randomUUID(),
        starts_at: AT,
        created_at: AT,
      },
    ],
    tier_audit: [
      { ...mine, at: AT, actor: 'apple', from_tier: 'free', to_tier: 'premium', cause: json({ word }) },
      {
        user_id: randomUUID(),
        at: AT,
        actor: `admin:${userId}`,
        from_tier: 'free',
        to_tier: 'premium',
        cause: json({}),
      },
    ],
    usage_settings: [
      { effective_from: new Date('2099-01-01'), settings: json({}), changed_by: userId, created_at: AT },
    ],
  };
  await db.transaction(async (trx) => {
    for (const [table, these] of Object.entries(rows)) {
      if (table === 'users') await trx(table).insert(these).onConflict('id').merge();
      else await trx(table).insert(these);
    }
  });
}

/** How many rows of a user each table of the manifest has; what the rules of an erasure find. */
export async function rowsOf(db: Db, userId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, rules } of USER_TABLES) {
    const wheres = rules.length > 0 ? rules.map(({ where }) => where) : ['id = :user'];
    const either = wheres.map((where) => `(${where})`).join(' or ');
    const answer = await db.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from ${table} where ${either}`,
      {
        user: userId,
      },
    );
    counts[table] = answer.rows[0]?.n ?? 0;
  }
  return counts;
}
