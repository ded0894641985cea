import { v7 } from 'uuid';
import type { AckData, Handshake } from '../../contracts/events.ts';
import { BackOff } from './back-off.ts';
import { ClientError } from './client-error.ts';
import {
  initialConversation,
  reduceConversation,
  type ConversationEvent,
  type ConversationState,
  type LinkState,
} from './conversation-state.ts';
import { followInOutbox } from './outbox.ts';
import { isNews, readFrame } from './read-frame.ts';
import type { SessionClientOptions, SubmitOptions } from './session-options.ts';
import { SocketLink } from './socket-link.ts';
import { TokenRenewal } from './token-renewal.ts';
import { TurnSender } from './turn-sender.ts';
import { hasEnded, type Turn, type TurnCommand } from './turn-view.ts';

const RETRY_MS = 1_500;
const RETRY_MAX_MS = 10_000;
/** New tokens that the server may refuse in a row, before a person is asked. */
const STALE_TOKENS_MAX = 4;

/** One conversation: its state, what can be done in it, and the line that keeps it true. */
export class SessionClient {
  readonly #options: SessionClientOptions;
  readonly #link: SocketLink;
  readonly #listeners = new Set<() => void>();
  readonly #sender: TurnSender;
  #state: ConversationState;
  readonly #renewal: TokenRenewal;
  readonly #refusals = new BackOff(RETRY_MS, RETRY_MAX_MS);
  #gapTimer: ReturnType<typeof setTimeout> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionClientOptions) {
    this.#options = options;
    this.#state = options.resumeFrom ?? initialConversation(options.sessionId ?? null);
    this.#link = new SocketLink(
      { url: options.url, ackTimeoutMs: options.ackTimeoutMs ?? 8_000 },
      {
        handshake: () => this.#handshake(),
        frame: (raw) => this.#onFrame(raw),
        down: () => this.#onDown(),
        refused: (error) => this.#onRefused(error),
      },
    );
    this.#renewal = new TokenRenewal(this.#link, options.tokens);
    this.#sender = new TurnSender({
      link: this.#link,
      getState: this.getState,
      apply: (event) => this.#apply(event),
      refreshToken: () => this.#renewal.renew(),
    });
    this.#setLink('connecting');
    for (const { command, text, at } of options.waiting ?? []) this.#begin(text, command, at);
  }

  readonly getState = (): ConversationState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  connect(): this {
    this.#link.connect();
    return this;
  }

  /** Ends the line for good; the state stays readable and can be resumed by another client. */
  close(): void {
    for (const timer of [this.#gapTimer, this.#retryTimer]) clearTimeout(timer);
    this.#renewal.stop();
    this.#link.close();
    this.#setLink('closed');
  }

  /** Says something; returns the id of its turn at once, long before the server has it. */
  submit(text: string, options: SubmitOptions = {}): string {
    const turnId = v7();
    return this.#begin(text, {
      event: 'turn.submit',
      payload: { turn_id: turnId, text, when_busy: options.whenBusy, ...this.#context(options) },
    });
  }

  /** Answers an open question by one of its choices; `shown` is the choice in words. */
  choose(clarificationId: string, choiceId: string, shown: string, options: SubmitOptions = {}): string {
    return this.#begin(shown, {
      event: 'clarification.answer',
      payload: {
        turn_id: v7(),
        clarification_id: clarificationId,
        choice_id: choiceId,
        ...this.#context(options),
      },
    });
  }

  /** Answers an open question in words. */
  answer(clarificationId: string, text: string, options: SubmitOptions = {}): string {
    return this.#begin(text, {
      event: 'clarification.answer',
      payload: { turn_id: v7(), clarification_id: clarificationId, text, ...this.#context(options) },
    });
  }

  undo(receiptId: string): string {
    return this.#begin('Undo', {
      event: 'receipt.undo',
      payload: { turn_id: v7(), receipt_id: receiptId },
    });
  }

  /** Tries a failed turn again: under its own id if the server never took it, else as a new turn. */
  retry(turnId: string): string | null {
    const turn = this.#turn(turnId);
    if (turn?.phase !== 'failed') return null;
    if (turn.seq !== null || !turn.command) return this.submit(turn.text);
    return this.#begin(turn.text, turn.command);
  }

  /** Takes a turn off the page that the server never took. */
  forget(turnId: string): void {
    this.#apply({ type: 'local.forgotten', turn_id: turnId });
  }

  dismissNotice(noticeId: string): void {
    this.#apply({ type: 'local.notice_seen', notice_id: noticeId });
  }

  async cancel(turnId: string): Promise<AckData<'turn.cancel'>['state']> {
    return (await this.#link.call('turn.cancel', { turn_id: turnId })).state;
  }

  /** Cancels what runs and all that waits. */
  async cancelAll(): Promise<AckData<'turn.cancel'>['state']> {
    return (await this.#link.call('turn.cancel', { scope: 'session' })).state;
  }

  /** Reads the turns before the oldest one at hand; nothing when there are none. */
  async loadOlder(limit = 30): Promise<void> {
    const { older, turns } = this.#state;
    if (older === null) return;
    const before = older === 'unknown' ? (turns[0]?.seq ?? undefined) : older;
    const page = await this.#link.call('session.history', { before, limit });
    this.#apply({ type: 'local.history', turns: page.turns, next: page.next });
  }

  /** Makes the connection anew at once, e.g. when the machine has come back to life or a person asks for it. */
  reconnect(): void {
    this.#refusals.reset();
    clearTimeout(this.#retryTimer);
    this.#setLink('reconnecting');
    this.#link.restart();
  }

  /** The first state that fits. */
  async until(fits: (state: ConversationState) => boolean, signal?: AbortSignal): Promise<ConversationState> {
    if (fits(this.#state)) return this.#state;
    return await new Promise((resolve, reject) => {
      const leave = this.subscribe(() => {
        if (!fits(this.#state)) return;
        leave();
        resolve(this.#state);
      });
      signal?.addEventListener('abort', () => {
        leave();
        reject(new ClientError('deadline_exceeded', 'It took too long.', true));
      });
    });
  }

  /** The turn once it has ended. */
  async ended(turnId: string, signal?: AbortSignal): Promise<Turn> {
    const state = await this.until(
      ({ turns }) => turns.some((turn) => turn.id === turnId && hasEnded(turn)),
      signal,
    );
    const turn = state.turns.find((known) => known.id === turnId);
    if (!turn) throw new ClientError('not_found', 'There is no such turn.', false);
    return turn;
  }

  #turn(id: string): Turn | undefined {
    return this.#state.turns.findLast((turn) => turn.id === id);
  }

  #context(options: SubmitOptions): { timezone?: string; reference_time?: string } {
    return { timezone: this.#zone(), reference_time: options.referenceTime };
  }

  #zone(): string | undefined {
    const { timezone } = this.#options;
    return typeof timezone === 'function' ? timezone() : timezone;
  }

  #begin(text: string, command: TurnCommand, at = new Date().toISOString()): string {
    const turnId = command.payload.turn_id;
    this.#apply({ type: 'local.submitted', turn_id: turnId, text, at, command });
    return turnId;
  }

  #apply(event: ConversationEvent): void {
    const before = this.#state;
    this.#state = reduceConversation(before, event);
    if (this.#state === before) return;
    if (this.#options.outbox) followInOutbox(this.#options.outbox, before, this.#state);
    this.#followSync();
    for (const listener of this.#listeners) listener();
    this.#sender.sendWaiting();
  }

  #setLink(link: LinkState, error?: ClientError): void {
    this.#apply({
      type: 'local.link',
      link,
      ...(error && { error: { code: error.code, message: error.message } }),
    });
  }

  async #handshake(): Promise<Handshake> {
    const { sessionId, epoch, seq } = this.#state;
    return {
      token: await this.#options.tokens.current(),
      protocol: 1,
      ...(this.#options.timezone !== undefined && { timezone: this.#zone() }),
      ...(sessionId !== null && { session_id: sessionId }),
      ...(sessionId !== null && epoch !== null && { epoch, last_seq: seq }),
    };
  }

  #onFrame(raw: unknown): void {
    const frame = readFrame(raw);
    if (!frame) return;
    if (frame.type === 'session.ready') {
      this.#refusals.reset();
      this.#setLink('online');
      this.#renewal.before(frame.expires_at);
    }
    this.#apply(frame);
    if (isNews(frame)) this.#options.onNews?.(frame);
    // Coming back would begin it anew.
    if (frame.type === 'session.deleted' && frame.session_id === this.#state.sessionId) this.close();
  }

  #onDown(): void {
    this.#renewal.stop();
    if (this.#state.link !== 'reconnecting')
      this.#setLink(this.#state.epoch === null ? 'connecting' : 'reconnecting');
  }

  /** Some refusals pass by themselves or with a new token: tried again, ever more slowly. The others are for a person. */
  #onRefused(error: ClientError): void {
    if (this.#state.link === 'closed') return;
    const stale = error.code === 'token_expired' || error.code === 'authentication_error';
    if (stale ? this.#refusals.tries >= STALE_TOKENS_MAX : !error.retryable)
      return this.#setLink('refused', error);
    this.#setLink('reconnecting', error);
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      const renewed = stale ? this.#options.tokens.renew('refused') : Promise.resolve('');
      renewed.then(
        () => this.#state.link !== 'closed' && this.#link.connect(),
        (fault: unknown) => this.#onRefused(ClientError.from(fault)),
      );
    }, this.#refusals.next());
  }

  /** A hole that isn't excused soon, or a log that was replaced, needs a new connection. */
  #followSync(): void {
    const { sync } = this.#state;
    if (sync !== 'gap') {
      clearTimeout(this.#gapTimer);
      this.#gapTimer = undefined;
    }
    if (sync === 'lost') queueMicrotask(() => this.#state.sync === 'lost' && this.reconnect());
    if (sync === 'gap')
      this.#gapTimer ??= setTimeout(() => this.reconnect(), this.#options.gapTimeoutMs ?? 2_000);
  }
}
