import { z } from 'zod';
import { event as eventShape, type Event } from '../../contracts/entities.ts';
import { effectsResponse, type EventCreate, type TaskPatch } from '../../contracts/requests.ts';
import { listOf } from '../../contracts/rest.ts';
import type { Card } from '../../contracts/result.ts';
import type { Heard, Talk } from './talk.ts';
import { ZONE } from './talk.ts';

/** Puts an event into somebody's calendar; times are `2026-11-19T09:00` by the clock of Vienna in winter. */
export async function addEvent(
  me: Talk,
  title: string,
  start: string,
  end: string,
  more: Partial<EventCreate> = {},
): Promise<Event> {
  const { item } = await me.client.rest.call({
    method: 'POST',
    path: '/events',
    body: { title, start: at(start), end: at(end), timezone: ZONE, ...more },
    schema: effectsResponse.extend({ item: eventShape }),
  });
  return item;
}

export async function addTask(me: Talk, title: string, more: TaskPatch = {}): Promise<string> {
  const { item } = await me.client.rest.call({
    method: 'POST',
    path: '/tasks',
    body: { title, ...more },
    schema: effectsResponse.extend({ item: z.object({ id: z.string() }) }),
  });
  return item.id;
}

/** A wall-clock time of the winter in Vienna as an instant. */
export const at = (local: string): string => `${local}:00+01:00`;

/** Events that overlap some days, as `title start–end`, in order. */
export async function calendar(me: Talk, from = '2026-11-18', to = '2026-12-20'): Promise<string[]> {
  return (await events(me, from, to)).map(
    ({ title, start, end }) => `${title} ${start.slice(5, 16)}–${end.slice(11, 16)}`,
  );
}

export async function events(me: Talk, from = '2026-11-18', to = '2026-12-20'): Promise<Event[]> {
  const query = { from: at(`${from}T00:00`), to: at(`${to}T00:00`), limit: 200 };
  return (await me.client.rest.call({ path: '/events', query, schema: listOf(eventShape) })).items;
}

/** What a plan or a search for times shows. */
export function scheduleOf(heard: Heard): Extract<Card, { kind: 'schedule' }>['data'] {
  const card = heard.result.cards.find((shown) => shown.kind === 'schedule');
  if (!card) throw new Error(`No schedule was shown: ${heard.result.reply}`);
  return card.data;
}

/** Blocks of a plan as `title day hour–hour`. */
export const blocksOf = (heard: Heard): string[] =>
  scheduleOf(heard).blocks.map(
    ({ title, start, end }) => `${title} ${start.slice(5, 16)}–${end.slice(11, 16)}`,
  );

/** Changes settings as the page does. */
export async function set(me: Talk, settings: Record<string, unknown>): Promise<void> {
  await me.client.rest.call({
    method: 'PUT',
    path: '/settings',
    body: settings,
    schema: z.unknown(),
  });
}
