import type { Event } from '../../contracts/entities.ts';
import { recurrenceParts } from '../../contracts/recurrence.ts';
import type { EventCreate, EventPatch, SeriesDay } from '../../contracts/requests.ts';
import { ClientError, sayWhen, type PulseClient } from '../client/index.ts';
import { itemAsItIs, ItemStore, readPages, type ItemState } from './item-store.ts';
import { describe, type Messages } from './messages.ts';
import { Store } from './store.ts';

/** A time that something on screen shows; `to` is exclusive, both are instants. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export type Scope = SeriesDay['scope'];
const OF_SCOPE: Readonly<Record<Scope, string>> = {
  this: 'this day only',
  following: 'this day and all following',
  all: 'all days',
};

const sayDayDone = ({ title }: Event, scope: Scope, patch: EventPatch | null): string => {
  const done = patch === null ? 'Deleted' : patch.start === undefined ? 'Changed' : 'Moved';
  return `${done}: ${title}, ${OF_SCOPE[scope]}`;
};

/** Events as they are now. What lies within a time is read for whoever shows it, series day by day. */
export class EventStore extends ItemStore<Event, EventPatch> {
  readonly #messages: Messages;
  readonly #spans = new Map<string, { store: SpanStore; users: number }>();

  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'event',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'event' ? news : null),
      nameOf: ({ title }) => title,
      page: (page) => rest.events(page),
      patch: (event, patch) => rest.patchEvent(event.id, event.version, patch),
      remove: (event) => rest.deleteEvent(event.id, event.version),
      preview: (event, patch) => ({ ...event, ...patch, recurrence: event.recurrence }),
      sayDone: (patch, { title }) =>
        patch.title === undefined ? `Moved: ${title}` : `Renamed: ${patch.title}`,
    });
    this.#messages = messages;
  }

  /** @returns why it was not made; null when it was, which the line says that has the way back */
  async create(fields: EventCreate): Promise<string | null> {
    try {
      const { item, receipt } = await this.client.rest.createEvent(fields);
      if (item) this.learn(item);
      this.onChanged();
      this.#messages.say(
        `Added: ${fields.title}${item ? `, ${sayWhen(item, new Date())}` : ''}`,
        item && { receiptId: receipt.receipt_id, kind: 'event', id: item.id, version: item.version },
      );
      return null;
    } catch (error) {
      return describe(error);
    }
  }

  /**
   * Changes a day of a series, and as much of the series as the scope says; null calls it off. The line about it has the
   * way back.
   */
  async changeDay(day: Event, scope: Scope, patch: EventPatch | null): Promise<void> {
    this.#messages.dismiss();
    try {
      const { item, receipt } = await this.client.rest.changeDay(day, scope, patch);
      const [first] = receipt.effects;
      if (item) this.learn(item);
      this.onChanged();
      const version = item?.version ?? day.version + 1;
      this.#messages.say(
        sayDayDone(day, scope, patch),
        first ? { receiptId: receipt.receipt_id, kind: 'event', id: first.id, version } : null,
      );
    } catch (error) {
      const conflict = error instanceof ClientError && error.code === 'version_conflict';
      this.#messages.say(
        conflict ? 'It was changed elsewhere meanwhile; here is how it stands now.' : describe(error),
      );
      if (conflict) await this.load();
    }
  }

  /** What lies within a time, for as long as it is shown; `end` it afterwards. */
  watch(span: Span): SpanStore {
    const known = this.#spans.get(keyOf(span));
    const store =
      known?.store ??
      new SpanStore(async () => {
        const { items } = await readPages((page) => this.client.rest.events({ ...span, ...page }));
        return items;
      });
    this.#spans.set(keyOf(span), { store, users: (known?.users ?? 0) + 1 });
    if (!known) void store.load();
    return store;
  }

  end(span: Span): void {
    const known = this.#spans.get(keyOf(span));
    if (known && known.users > 1) this.#spans.set(keyOf(span), { ...known, users: known.users - 1 });
    else this.#spans.delete(keyOf(span));
  }

  override async load(): Promise<void> {
    await Promise.all([super.load(), ...[...this.#spans.values()].map(({ store }) => store.load())]);
  }

  protected read(): Promise<{ items: readonly Event[]; lists: (event: Event) => boolean }> {
    return Promise.resolve({ items: [], lists: () => false });
  }

  protected override onChanged(): void {
    for (const { store } of this.#spans.values()) void store.load();
  }
}

const keyOf = ({ from, to }: Span): string => `${from} ${to}`;

/** The events of one time as they were read last. Null before the first reading. */
export class SpanStore extends Store<readonly Event[] | null> {
  readonly #read: () => Promise<readonly Event[]>;
  #running = false;
  #again = false;

  constructor(read: () => Promise<readonly Event[]>) {
    super(null);
    this.#read = read;
  }

  /** Reads them (again); calls that come meanwhile are answered by one more reading. */
  async load(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#again) {
        this.#again = false;
        this.set(await this.#read());
      }
    } catch {
      // What is shown stays; the connection line says what is wrong.
    } finally {
      this.#running = false;
    }
  }
}

/** An event that was shown once, as it is now. Of a series' day only what the whole series has follows. */
export function eventAsItIs(
  state: Pick<ItemState<Event>, 'items' | 'gone' | 'last'>,
  event: Event,
): { event: Event; gone: boolean } {
  const { item, gone } = itemAsItIs(state, event);
  if (item === event || event.recurrence === null || item.recurrence === null) return { event: item, gone };
  const { title, location, notes, participants, version } = item;
  return { event: { ...event, title, location, notes, participants, version }, gone };
}

/** The same of what a message has told: a day of a series is gone where it was called off, or the series ends before it. */
export function toldAsItIs(
  state: Pick<ItemState<Event>, 'items' | 'gone' | 'last'>,
  event: Event,
): { event: Event; gone: boolean } {
  const now = eventAsItIs(state, event);
  const series = event.recurrence === null ? undefined : state.items.get(event.id);
  return { ...now, gone: now.gone || (series !== undefined && isOff(event, series)) };
}

function isOff({ start }: Event, { exceptions, recurrence }: Event): boolean {
  const at = Date.parse(start);
  const until = recurrenceParts(recurrence ?? '').get('UNTIL');
  // As the rule writes it, so that both compare letter by letter.
  const inRule = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const ended = until !== undefined && inRule.slice(0, until.length) > until;
  return ended || exceptions.some((off) => Date.parse(off) === at);
}
