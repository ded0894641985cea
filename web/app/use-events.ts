import { useEffect, useState } from 'react';
import type { Event } from '../../contracts/entities.ts';
import { eventAsItIs, type EventStore, type Span, type SpanStore } from './event-store.ts';
import type { ItemState } from './item-store.ts';
import { Store, useStore } from './store.ts';

const NOTHING = new Store<readonly Event[] | null>(null);

/** The events within a time with changes that are on their way; null until they were read. */
export function useEvents(store: EventStore, from: string, to: string): readonly Event[] | null {
  const [span, setSpan] = useState<{ key: string; store: SpanStore } | null>(null);
  const key = `${from} ${to}`;
  useEffect(() => {
    const watched = store.watch({ from, to });
    setSpan({ key: `${from} ${to}`, store: watched });
    return () => store.end({ from, to });
  }, [store, from, to]);
  const read = useStore(span?.key === key ? span.store : NOTHING);
  const state = useStore(store);
  return read && withChanges(read, state, { from, to });
}

/** A day of a series keeps its own time; what is known better of a single event replaces what was read. */
function withChanges(read: readonly Event[], state: ItemState<Event>, { from, to }: Span): readonly Event[] {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const single = (event: Event): boolean => event.recurrence === null;
  const listed = new Set(read.filter(single).map(({ id }) => id));
  const isIn = (event: Event): boolean => Date.parse(event.start) < end && Date.parse(event.end) > start;
  const added = [...state.items.values()].filter(
    (event) => single(event) && !listed.has(event.id) && isIn(event),
  );
  return [...read, ...added]
    .map((event) => eventAsItIs(state, event))
    .filter(({ gone, event }) => !gone && (!single(event) || isIn(event) || listed.has(event.id)))
    .map(({ event }) => event)
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}
