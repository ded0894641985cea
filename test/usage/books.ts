import { randomUUID } from 'node:crypto';
import type { TurnCommit } from '../../contracts/records.ts';
import { usageEvent, type UsageEvent, type UsageSettingsPatch } from '../../contracts/usage.ts';
import { Clock } from '../../core/clock.ts';
import { createLogger } from '../../core/logger.ts';
import { connect, type Db } from '../../db/connect.ts';
import { admitTurn, commitTurn } from '../../db/turns.ts';
import { createLanguageModel } from '../../integrations/llm/create-language-model.ts';
import { commitOf, plainResult } from '../../sessions/results.ts';
import { Accounts } from '../../usage/accounts.ts';
import { Gates } from '../../usage/gates.ts';
import { Meter } from '../../usage/meter.ts';
import type { CallPlace, CallSums, MeteredStep, QuotaAlert } from '../../usage/metered-step.ts';
import { UsageSettingsSource } from '../../usage/settings-source.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { knownUser } from '../support/known-user.ts';
import { freshDatabase } from '../support/stores.ts';

/** The instant that `Books` begins at, unless told otherwise. */
export const NOW = new Date('2026-11-18T10:00:00Z');

/** A clock that a test sets. */
export class SetClock extends Clock {
  constructor(public instant: Date) {
    super();
  }
  override now(): Date {
    return this.instant;
  }
  pass(ms: number): void {
    this.instant = new Date(this.instant.getTime() + ms);
  }
}

/** A meter over a database and a provider of its own, with a look into what it wrote down. */
export class Books {
  readonly clock = new SetClock(NOW);
  readonly delivered: UsageEvent[] = [];
  readonly told: QuotaAlert[] = [];
  readonly calls: CallSums[] = [];
  readonly settings: UsageSettingsSource;
  readonly accounts: Accounts;
  readonly gates: Gates;
  readonly meter: Meter;

  private constructor(
    readonly db: Db,
    readonly provider: FakeLlm,
    environment: UsageSettingsPatch,
    options: { zone?: string; withModel?: boolean },
  ) {
    const log = createLogger({ level: 'silent', format: 'json', role: 'test' });
    this.settings = new UsageSettingsSource({ db, log }, environment);
    this.accounts = new Accounts(db, this.settings, options.zone ?? 'UTC');
    const model =
      options.withModel === false
        ? null
        : createLanguageModel({
            baseUrl: provider.url,
            log,
            clock: this.clock,
            sleep: () => Promise.resolve(),
            times: { firstByteMs: 400, silenceMs: 400, wholeMs: 2_000 },
          });
    const { settings, accounts, clock } = this;
    this.gates = new Gates({ accounts, settings, hasModel: model !== null });
    this.meter = new Meter({
      db,
      accounts,
      settings,
      model,
      clock,
      deliver: (event) => void this.delivered.push(event),
      tellAlerts: (_user, alerts) => {
        this.told.push(...alerts);
        return Promise.resolve();
      },
      onCall: (call) => void this.calls.push(call),
      fault: () => Promise.resolve(),
    });
  }

  static async open(
    environment: UsageSettingsPatch = {},
    options: { zone?: string; withModel?: boolean; poolMax?: number } = {},
  ): Promise<Books> {
    const [{ url }, provider] = await Promise.all([freshDatabase(), startFakeLlm()]);
    const db = connect(url, { poolMax: options.poolMax ?? 10, name: 'test' });
    closeAfterFile(async () => {
      await provider.close();
      await db.destroy();
    });
    return new Books(db, provider, environment, options);
  }

  /** A user whose turn is running. */
  async turn(userId: string = randomUUID(), sessionId: string = randomUUID()): Promise<CallPlace> {
    const turnId = randomUUID();
    await knownUser(this.db, userId);
    await admitTurn(this.db, {
      userId,
      sessionId,
      turnId,
      text: 'draft an email',
      request: { kind: 'text' },
      bodyHash: turnId,
      timezone: 'UTC',
      referenceTime: null,
      receivedAt: this.clock.now().toISOString(),
      channel: 'rest',
      cap: 8,
      rejectWhenBusy: false,
    });
    return { userId, sessionId, turnId, fence: 1, scopeId: turnId, step: 0, ordinal: 0, intent: 'email' };
  }

  /** Ends a turn as failed, cancelled, or refused after all. */
  async end(
    place: CallPlace,
    how: 'failed' | 'cancelled' | 'completed' | 'refused',
    more: Partial<TurnCommit> = {},
  ): Promise<void> {
    const body = {
      user_id: place.userId,
      session_id: place.sessionId ?? '',
      turn_id: place.turnId ?? '',
      text: 'draft an email',
    };
    const state = how === 'refused' ? 'completed' : how;
    const commit: TurnCommit = commitOf(body, {
      state,
      result: plainResult(body, how, ''),
      at: this.clock.now().toISOString(),
      fence: null,
      fromStates: ['running'],
    });
    await commitTurn(this.db, { ...commit, ...(how === 'refused' && { refund: 'refused' }), ...more });
  }

  /** An email draft under the meter; gives what was charged. */
  async draft(place: CallPlace, step: Partial<MeteredStep> = {}): Promise<number> {
    const metered = await this.meter.withMeter({ ...draftStep(place), ...step }, (call) =>
      call.complete({ signal: AbortSignal.timeout(10_000) }),
    );
    return metered.line.tokens_used;
  }

  async quota(userId: string): Promise<{ used: number; reserved: number }> {
    const row = await this.db('usage_quotas')
      .where({ user_id: userId })
      .sum({ used: 'tokens_used_this_month', reserved: 'tokens_reserved' })
      .first<{ used: number | null; reserved: number | null } | undefined>();
    return { used: Number(row?.used ?? 0), reserved: Number(row?.reserved ?? 0) };
  }

  /** Events on their way to the books, in the order in which they were written. */
  async events(userId?: string): Promise<UsageEvent[]> {
    const rows = await this.db('usage_events')
      .orderBy(['created_at', 'id'])
      .select<{ event: unknown }[]>('event');
    return rows
      .map(({ event }) => usageEvent.parse(event))
      .filter((event) => userId === undefined || event.user_id === userId);
  }
}

export const draftStep = (place: CallPlace): MeteredStep => ({
  place,
  operation: 'email_draft_llm',
  function: 'draft_email',
  model: 'gpt-4',
  prompt: { messages: [{ role: 'user', content: 'A note to Ann.' }], maxOutputTokens: 300 },
});
