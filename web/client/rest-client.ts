import { z } from 'zod';
import { ERASE_WORD, erasureReceipt, type ErasureReceipt } from '../../contracts/erasure.ts';
import {
  contact,
  draft,
  event,
  fact,
  reminder,
  settings,
  task,
  type Contact,
  type Draft,
  type Event,
  type Fact,
  type Reminder,
  type Settings,
  type Task,
} from '../../contracts/entities.ts';
import { restError } from '../../contracts/errors.ts';
import { parseResponse, type ParseResponse } from '../../contracts/nlu.ts';
import {
  effectsResponse,
  responseOf,
  type ContactPatch,
  type DraftPatch,
  type EffectsResponse,
  type EventCreate,
  type EventPatch,
  type FactPatch,
  type ReminderPatch,
  type SeriesDay,
  type SettingsPatch,
  type TaskPatch,
} from '../../contracts/requests.ts';
import {
  authConfig,
  demoToken,
  listOf,
  receiptRecord,
  sessionDeleted,
  sessionRecord,
  settingsAnswer,
  turnsPage,
} from '../../contracts/rest.ts';
import { subscription } from '../../contracts/subscription.ts';
import { turnCost, usageItem, usageStatus, usageSummary, type TurnCost } from '../../contracts/usage.ts';
import { ClientError } from './client-error.ts';
import type { TokenKeeper } from './token-keeper.ts';

export type SessionRecord = z.infer<typeof sessionRecord>;
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

const taskPage = listOf(task);
const sessionPage = listOf(sessionRecord);
const draftPage = listOf(draft);
const eventPage = listOf(event);
const reminderPage = listOf(reminder);
const contactPage = listOf(contact);
const factPage = listOf(fact);
const receiptPage = listOf(receiptRecord);
const usagePage = listOf(usageItem);
const turnCosts = z.object({ items: z.array(turnCost) });
export type ReceiptRecord = z.infer<typeof receiptRecord>;
/** A changed item with the receipt of the change; null when it is gone. */
export interface Changed<T> extends Omit<EffectsResponse, 'item'> {
  item: T | null;
}
/** Things that are changed in the same way, each under its own address. */
const TASKS = { path: '/tasks', schema: responseOf(task) };
const EVENTS = { path: '/events', schema: responseOf(event) };
const REMINDERS = { path: '/reminders', schema: responseOf(reminder) };
const DRAFTS = { path: '/drafts', schema: responseOf(draft) };
const CONTACTS = { path: '/contacts', schema: responseOf(contact) };
const FACTS = { path: '/memory', schema: responseOf(fact) };

interface PageQuery {
  cursor?: string;
  limit?: number;
}

interface Call<T> {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

/** Of an export, where its end stands. */
const TAIL_BYTES = 8_192;

/** The REST side of the product with its answers typed and checked; refusals are thrown as `ClientError`. */
export class RestClient {
  readonly #base: string;
  readonly #tokens: TokenKeeper | null;

  constructor(url: string, tokens: TokenKeeper | null) {
    this.#base = `${url.replace(/\/$/, '')}/api/v1`;
    this.#tokens = tokens;
  }

  /** How people sign in here. */
  async authConfig(): Promise<z.infer<typeof authConfig>> {
    return await this.#send({ path: '/auth/config', schema: authConfig }, null);
  }

  /** Signs in without an account; demo servers only. */
  async demoLogin(
    input: { name?: string; tier?: 'free' | 'premium'; role?: 'user' | 'admin' } = {},
  ): Promise<z.infer<typeof demoToken>> {
    return await this.#send({ method: 'POST', path: '/auth/demo', body: input, schema: demoToken }, null);
  }

  async tasks(query: PageQuery & { status?: 'open' | 'done' } = {}): Promise<Page<Task>> {
    return await this.call({ path: '/tasks', query: { ...query }, schema: taskPage });
  }

  /** Changes a task if it is still at `version`; else `version_conflict`. The other things likewise. */
  patchTask(id: string, version: number, patch: TaskPatch): Promise<Changed<Task>> {
    return this.#change(TASKS, id, version, patch);
  }

  deleteTask(id: string, version: number): Promise<Changed<Task>> {
    return this.#change(TASKS, id, version, null);
  }

  /** Events; with a time those within it, each day of a series by itself, else as they are stored, newest first. */
  async events(query: PageQuery & { from?: string; to?: string } = {}): Promise<Page<Event>> {
    return await this.call({ path: '/events', query: { ...query }, schema: eventPage });
  }

  /** An event as it is stored: of a day of a series, the series. */
  async event(id: string): Promise<Event> {
    return await this.call({ path: `/events/${id}`, schema: event });
  }

  async createEvent(fields: EventCreate): Promise<Changed<Event>> {
    return await this.call({ method: 'POST', path: '/events', body: fields, schema: EVENTS.schema });
  }

  patchEvent(id: string, version: number, patch: EventPatch): Promise<Changed<Event>> {
    return this.#change(EVENTS, id, version, patch);
  }

  deleteEvent(id: string, version: number): Promise<Changed<Event>> {
    return this.#change(EVENTS, id, version, null);
  }

  /** A day of a series, and as much of the series as the scope says; null calls it off. */
  async changeDay(
    { id, version, start: day }: Event,
    scope: SeriesDay['scope'],
    patch: EventPatch | null,
  ): Promise<Changed<Event>> {
    return await this.#change(EVENTS, id, version, patch, { day, scope });
  }

  async reminders(
    query: PageQuery & { status?: 'scheduled' | 'fired' | 'done' } = {},
  ): Promise<Page<Reminder>> {
    return await this.call({ path: '/reminders', query: { ...query }, schema: reminderPage });
  }

  patchReminder(id: string, version: number | null, patch: ReminderPatch): Promise<Changed<Reminder>> {
    return this.#change(REMINDERS, id, version, patch);
  }

  deleteReminder(id: string, version: number): Promise<Changed<Reminder>> {
    return this.#change(REMINDERS, id, version, null);
  }

  async drafts(query: PageQuery = {}): Promise<Page<Draft>> {
    return await this.call({ path: '/drafts', query: { ...query }, schema: draftPage });
  }

  patchDraft(id: string, version: number, patch: DraftPatch): Promise<Changed<Draft>> {
    return this.#change(DRAFTS, id, version, patch);
  }

  deleteDraft(id: string, version: number): Promise<Changed<Draft>> {
    return this.#change(DRAFTS, id, version, null);
  }

  async contacts(query: PageQuery = {}): Promise<Page<Contact>> {
    return await this.call({ path: '/contacts', query: { ...query }, schema: contactPage });
  }

  patchContact(id: string, version: number, patch: ContactPatch): Promise<Changed<Contact>> {
    return this.#change(CONTACTS, id, version, patch);
  }

  deleteContact(id: string, version: number): Promise<Changed<Contact>> {
    return this.#change(CONTACTS, id, version, null);
  }

  /** What the user has told, newest first; with `past` what does not hold any more as well. */
  async memory({ past, ...query }: PageQuery & { q?: string; past?: boolean } = {}): Promise<Page<Fact>> {
    return await this.call({
      path: '/memory',
      query: { ...query, ...(past && { past: 'true' }) },
      schema: factPage,
    });
  }

  patchFact(id: string, version: number, patch: FactPatch): Promise<Changed<Fact>> {
    return this.#change(FACTS, id, version, patch);
  }

  deleteFact(id: string, version: number): Promise<Changed<Fact>> {
    return this.#change(FACTS, id, version, null);
  }

  /** Forgets everything that was told. */
  async deleteFacts(): Promise<EffectsResponse> {
    return await this.call({ method: 'DELETE', path: '/memory', schema: effectsResponse });
  }

  async settings(): Promise<z.infer<typeof settingsAnswer>> {
    return await this.call({ path: '/settings', schema: settingsAnswer });
  }

  /** Sets what is given and leaves the rest. */
  async putSettings(patch: SettingsPatch): Promise<Settings> {
    return await this.call({ method: 'PUT', path: '/settings', body: patch, schema: settings });
  }

  /** Every change, newest first. */
  async receipts(query: PageQuery = {}): Promise<Page<ReceiptRecord>> {
    return await this.call({ path: '/receipts', query: { ...query }, schema: receiptPage });
  }

  async undoReceipt(receiptId: string): Promise<EffectsResponse> {
    return await this.call({ method: 'POST', path: `/receipts/${receiptId}/undo`, schema: effectsResponse });
  }

  /** What is used and left in the running month. */
  async usage(signal?: AbortSignal): Promise<z.infer<typeof usageStatus>> {
    return await this.call({ path: '/users/usage', schema: usageStatus, signal });
  }

  /** What the last turns cost, the latest first. */
  async turnCosts(limit: number, signal?: AbortSignal): Promise<readonly TurnCost[]> {
    const { items } = await this.call({
      path: '/usage/turns',
      query: { limit },
      schema: turnCosts,
      signal,
    });
    return items;
  }

  async usageSummary(signal?: AbortSignal): Promise<z.infer<typeof usageSummary>> {
    return await this.call({ path: '/usage/summary', schema: usageSummary, signal });
  }

  /** What is paid for, or given. */
  async subscription(signal?: AbortSignal): Promise<z.infer<typeof subscription>> {
    return await this.call({ path: '/subscription', schema: subscription, signal });
  }

  /** Calls of language models and refunds, newest first. */
  async usageHistory(
    query: { start_date?: string; end_date?: string; cursor?: string; limit?: number } = {},
    signal?: AbortSignal,
  ): Promise<Page<z.infer<typeof usageItem>>> {
    return await this.call({ path: '/usage/history', query, schema: usagePage, signal });
  }

  /** Conversations, the latest first; with `q` those in which it is found. */
  async sessions(
    query: { cursor?: string; limit?: number; q?: string } = {},
    signal?: AbortSignal,
  ): Promise<Page<SessionRecord>> {
    return await this.call({ path: '/sessions', query, schema: sessionPage, signal });
  }

  async session(id: string): Promise<SessionRecord> {
    return await this.call({ path: `/sessions/${id}`, schema: sessionRecord });
  }

  async renameSession(id: string, title: string): Promise<SessionRecord> {
    return await this.call({
      method: 'PATCH',
      path: `/sessions/${id}`,
      body: { title },
      schema: sessionRecord,
    });
  }

  /** With all that was said in it; what was made stays. */
  async deleteSession(id: string): Promise<void> {
    await this.call({ method: 'DELETE', path: `/sessions/${id}`, schema: sessionDeleted });
  }

  async sessionTurns(
    sessionId: string,
    query: { before?: number; limit?: number } = {},
  ): Promise<z.infer<typeof turnsPage>> {
    return await this.call({ path: `/sessions/${sessionId}/turns`, query, schema: turnsPage });
  }

  /** What a text would be understood as; nothing happens. */
  async parse(
    input: { text: string; timezone?: string; slot?: string },
    signal?: AbortSignal,
  ): Promise<ParseResponse> {
    return await this.call({
      method: 'POST',
      path: '/nlu/parse',
      body: input,
      schema: parseResponse,
      signal,
    });
  }

  /** All that is kept of the person; as a calendar, events, tasks and reminders. */
  async exported(format: 'jsonl' | 'ics'): Promise<Blob> {
    const content = await this.#withToken(async (token) => {
      const response = await this.#fetch({ path: '/users/me/export', query: { format } }, token);
      if (!response.ok) throw await refusalOf(response);
      return await response.blob();
    });
    // It may have been cut short after its status was told.
    const end = await content.slice(-TAIL_BYTES).text();
    const isWhole = format === 'ics' ? /END:VCALENDAR\s*$/ : /\n?\{"kind":"end".*\}\s*$/;
    if (!isWhole.test(end)) throw ClientError.unreachable();
    return content;
  }

  /** There is no way back. The answer names nobody, and can be seen again by its id. */
  async eraseAccount(): Promise<ErasureReceipt> {
    return await this.call({
      method: 'DELETE',
      path: '/users/me',
      body: { confirm: ERASE_WORD },
      schema: erasureReceipt,
    });
  }

  /** How far an erasure is; whoever knows its id may ask. */
  async erasure(id: string): Promise<ErasureReceipt> {
    return await this.#send({ path: `/erasures/${id}`, schema: erasureReceipt }, null);
  }

  /** Any other call, with the schema of its answer. */
  async call<T>(call: Call<T>): Promise<T> {
    return await this.#withToken((token) => this.#send(call, token));
  }

  async #withToken<T>(send: (token: string) => Promise<T>): Promise<T> {
    if (!this.#tokens) throw new ClientError('authentication_error', 'Sign in first.', false);
    try {
      return await send(await this.#tokens.current());
    } catch (error) {
      if (!(error instanceof ClientError) || error.code !== 'token_expired') throw error;
      return await send(await this.#tokens.renew('refused'));
    }
  }

  /** Null deletes; without a version whatever stands there is changed. */
  async #change<T>(
    things: { path: string; schema: z.ZodType<T> },
    id: string,
    version: number | null,
    patch: object | null,
    query: Record<string, string> = {},
  ): Promise<T> {
    return await this.call({
      method: patch === null ? 'DELETE' : 'PATCH',
      path: `${things.path}/${id}`,
      query,
      ...(patch !== null && { body: patch }),
      ...(version !== null && { headers: { 'if-match': String(version) } }),
      schema: things.schema,
    });
  }

  async #send<T>(call: Call<T>, token: string | null): Promise<T> {
    const response = await this.#fetch(call, token);
    if (!response.ok) throw await refusalOf(response);
    const body: unknown = await response.json().catch(() => null);
    const parsed = call.schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw ClientError.unreadable();
  }

  async #fetch(call: Omit<Call<never>, 'schema'>, token: string | null): Promise<Response> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {}))
      if (value !== undefined) query.set(name, String(value));
    const suffix = query.size > 0 ? `?${query.toString()}` : '';
    const headers = {
      accept: 'application/json',
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...call.headers,
    };
    return await fetch(`${this.#base}${call.path}${suffix}`, {
      method: call.method ?? 'GET',
      headers,
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.signal && { signal: call.signal }),
    }).catch((error: unknown) => {
      if (call.signal?.aborted) throw error;
      throw ClientError.unreachable();
    });
  }
}

async function refusalOf(response: Response): Promise<ClientError> {
  const refused = restError.safeParse(await response.json().catch(() => null));
  if (refused.success)
    return new ClientError(refused.data.error_code, refused.data.error, refused.data.retryable);
  return response.status >= 500 ? ClientError.unreachable() : ClientError.unreadable();
}
