import { expect } from 'vitest';
import type { Clarification } from '../../contracts/clarification.ts';
import { event, type Event, type Reminder, type Task } from '../../contracts/entities.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { UserNews } from '../../contracts/frames.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Card, TurnResult } from '../../contracts/result.ts';
import { listOf } from '../../contracts/rest.ts';
import type { Slot } from '../../contracts/slots.ts';
import { PulseClient, RestClient, type SessionClient, type Turn } from '../../web/client/index.ts';
import { closeAfterFile } from '../support/after-file.ts';
import { call } from '../support/wire.ts';

/** A Wednesday; next week ends on Friday 27 November. Everything said counts from here. */
export const NOW = '2026-11-18T10:00:00+01:00';
export const ZONE = 'Europe/Vienna';
const PATIENCE_MS = 15_000;
const eventList = listOf(event);

type Change = Extract<Card, { kind: 'task' }>['data']['change'];
type EventChange = Extract<Card, { kind: 'event' }>['data']['change'];

type ReminderChange = Extract<Card, { kind: 'reminder' }>['data']['change'];

/** What came back to one thing said, with the checks that a dialogue makes of it. Each returns itself. */
export class Heard {
  readonly result: TurnResult;

  constructor(readonly turn: Turn) {
    if (!turn.result) throw new Error(`The turn ended without a result: ${JSON.stringify(turn.error)}`);
    this.result = turn.result;
  }

  says(words: string | RegExp): this {
    expect(this.result.reply).toMatch(words);
    return this;
  }

  /** Ends in a question. Choices, where given, are all of its labels in order. */
  asks(question: {
    slot: Slot;
    words?: RegExp;
    kind?: Clarification['kind'];
    choices?: readonly (string | RegExp)[];
  }): this {
    expect(this.result.status, this.result.reply).toBe('clarifying');
    expect(this.result.decision).toBe(question.kind === 'confirm' ? 'CONFIRM' : 'CLARIFY');
    const { slot, kind, question: words, choices } = this.question;
    expect(slot).toBe(question.slot);
    expect(kind).toBe(question.kind ?? 'slot');
    if (question.words) expect(words).toMatch(question.words);
    if (question.choices) {
      const labels = choices.map(({ label }) => label);
      expect(labels, labels.join(' | ')).toHaveLength(question.choices.length);
      question.choices.forEach((wanted, index) => expect(labels[index]).toMatch(wanted));
    }
    expect(this.turn.question, 'the frame that asks').toEqual(this.result.clarification);
    return this;
  }

  get question(): Clarification {
    if (!this.result.clarification) throw new Error(`No question was asked: ${this.result.reply}`);
    return this.result.clarification;
  }

  understood(action: Action, entities: Record<string, unknown> = {}): this {
    expect(this.result.action).toBe(action);
    expect(this.result.entities).toMatchObject(entities);
    return this;
  }

  /** Shows one task after a change, and has the receipt that takes the change back. */
  did(change: Change, task: Partial<Task> = {}): this {
    expect(this.result.status, this.result.reply).toBe('completed');
    const card = this.result.cards.find((shown) => shown.kind === 'task');
    expect(card?.data.change, this.result.reply).toBe(change);
    expect(card?.data.task).toMatchObject(task);
    expect(this.result.requires_task_card).toBe(true);
    expect(this.receipt.effects).toHaveLength(1);
    expect(this.receipt.effects[0]?.undo).toMatch(/^until \d{4}-/);
    return this;
  }

  /** Shows one reminder after a change, and has the receipt that takes the change back. */
  reminded(change: ReminderChange, reminder: Partial<Reminder> = {}): this {
    expect(this.result.status, this.result.reply).toBe('completed');
    const card = this.result.cards.find((shown) => shown.kind === 'reminder');
    expect(card?.data.change, this.result.reply).toBe(change);
    expect(card?.data.reminder).toMatchObject(reminder);
    expect(this.receipt.effects[0]?.undo).toMatch(/^until \d{4}-/);
    return this;
  }

  /** Shows a list of reminders, in this order. */
  remindersAre(titles: readonly string[]): this {
    const card = this.result.cards.find((shown) => shown.kind === 'reminders');
    expect(card?.data.reminders.map(({ title }) => title) ?? [], this.result.reply).toEqual(titles);
    return this;
  }

  get receipt(): NonNullable<TurnResult['receipt']> {
    if (!this.result.receipt) throw new Error(`There is no receipt: ${this.result.reply}`);
    return this.result.receipt;
  }

  get task(): Task {
    const card = this.result.cards.find((shown) => shown.kind === 'task');
    if (!card) throw new Error(`No task was shown: ${this.result.reply}`);
    return card.data.task;
  }

  /** Shows one event after a change, and has the receipt that takes the change back. */
  didEvent(change: EventChange, event: Partial<Event> = {}): this {
    expect(this.result.status, this.result.reply).toBe('completed');
    const card = this.result.cards.find((shown) => shown.kind === 'event');
    expect(card?.data.change, this.result.reply).toBe(change);
    expect(card?.data.event).toMatchObject(event);
    expect(this.receipt.effects[0]?.undo).toMatch(/^until \d{4}-/);
    return this;
  }

  get event(): Event {
    const card = this.result.cards.find((shown) => shown.kind === 'event');
    if (!card) throw new Error(`No event was shown: ${this.result.reply}`);
    return card.data.event;
  }

  /** Shows events, in this order, each as `2026-11-19T14:00 title`. */
  listsEvents(lines: readonly string[]): this {
    const card = this.result.cards.find((shown) => shown.kind === 'events');
    const shown = card?.data.events.map(({ start, title }) => `${start.slice(0, 16)} ${title}`) ?? [];
    expect(shown, this.result.reply).toEqual(lines);
    return this;
  }

  /** Shows a list, in this order. */
  lists(titles: readonly string[]): this {
    const card = this.result.cards.find((shown) => shown.kind === 'tasks');
    expect(card?.data.tasks.map(({ title }) => title) ?? [], this.result.reply).toEqual(titles);
    return this;
  }

  refused(code: ErrorCode): this {
    expect(this.result).toMatchObject({ status: 'refused', decision: 'REFUSE', error_code: code });
    expect(this.result.error).toBeTruthy();
    return this.changesNothing();
  }

  changesNothing(): this {
    expect(this.result.receipt).toBeNull();
    return this;
  }
}

/** One person on one device, talking. */
export class Talk {
  readonly news: UserNews[] = [];

  constructor(
    readonly client: PulseClient,
    readonly session: SessionClient,
    private readonly door: { url: string; token: string },
  ) {
    client.onNews((news) => this.news.push(news));
  }

  /** The same person in another conversation. */
  async elsewhere(): Promise<Talk> {
    const session = this.client.openSession();
    await session.until(({ sync }) => sync === 'live', AbortSignal.timeout(PATIENCE_MS));
    return new Talk(this.client, session, this.door);
  }

  /** @param referenceTime another moment to say it at */
  async say(text: string, referenceTime = NOW): Promise<Heard> {
    return this.heard(this.session.submit(text, { referenceTime }));
  }

  /** Several things, one after the other; the last answer comes back. */
  async sayAll(...texts: readonly [string, ...string[]]): Promise<Heard> {
    let heard: Heard | undefined;
    for (const text of texts) heard = await this.say(text);
    if (!heard) throw new Error('Nothing was said');
    return heard;
  }

  /** Taps a button of a question. */
  async tap(asked: Heard, label: string | RegExp): Promise<Heard> {
    const choice = asked.question.choices.find((known) =>
      typeof label === 'string' ? known.label === label : label.test(known.label),
    );
    if (!choice)
      throw new Error(`No such button among ${asked.question.choices.map((c) => c.label).join(' | ')}`);
    const { clarification_id: id } = asked.question;
    return this.heard(this.session.choose(id, choice.choice_id, choice.label, { referenceTime: NOW }));
  }

  /** Answers one certain question in words, whichever is active. */
  async answer(asked: Heard, text: string): Promise<Heard> {
    return this.heard(this.session.answer(asked.question.clarification_id, text, { referenceTime: NOW }));
  }

  /** Presses the undo of a receipt. */
  async undo(heard: Heard): Promise<Heard> {
    return this.heard(this.session.undo(heard.receipt.receipt_id));
  }

  async heard(turnId: string): Promise<Heard> {
    return new Heard(await this.session.ended(turnId, AbortSignal.timeout(PATIENCE_MS)));
  }

  /** Questions that this device shows as open, newest first. */
  get open(): readonly Clarification[] {
    return this.session.getState().openQuestions;
  }

  async tasks(): Promise<Task[]> {
    return (await this.client.rest.tasks({ limit: 200 })).items;
  }

  /** What is in the calendar from a day until before another, each as `2026-11-19T14:00 title`. */
  async calendar(from: string, to: string): Promise<string[]> {
    const query = new URLSearchParams({ from: `${from}T00:00:00+01:00`, to: `${to}T00:00:00+01:00` });
    const { body } = await call(this.door.url, 'GET', `/api/v1/events?${query}`, { token: this.door.token });
    return eventList.parse(body).items.map(({ start, title }) => `${start.slice(0, 16)} ${title}`);
  }

  /** The titles of all tasks, in order of the alphabet. */
  async titles(): Promise<string[]> {
    return (await this.tasks()).map(({ title }) => title).sort();
  }
}

/** A new person in a new conversation. */
export async function talk(url: string, who: { tier?: 'free' | 'premium' } = {}): Promise<Talk> {
  const { token } = await new RestClient(url, null).demoLogin(who);
  const client = new PulseClient({ url, getToken: () => Promise.resolve(token), timezone: ZONE });
  closeAfterFile(() => client.close());
  const session = client.openSession();
  await session.until(({ sync }) => sync === 'live', AbortSignal.timeout(PATIENCE_MS));
  return new Talk(client, session, { url, token });
}

/** A new person who has said all that, one after the other. */
export async function talkAfter(url: string, ...texts: readonly string[]): Promise<Talk> {
  const me = await talk(url);
  for (const text of texts) await me.say(text);
  return me;
}

/** Somebody who has these tasks already. */
export async function talkWithTasks(url: string, ...titles: readonly string[]): Promise<Talk> {
  const me = await talk(url);
  for (const title of titles) (await me.say(`create a task to ${title}`)).did('created', { title });
  return me;
}
