import type { z } from 'zod';
import { event } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import { eventCreate, eventPatch } from '../../../contracts/requests.ts';
import { eventDayQuery, eventsQuery, listOf } from '../../../contracts/rest.ts';
import { dayOrInstant } from '../../../db/days.ts';
import { eventsWithin, findEvent, pageEvents } from '../../../db/events.ts';
import { changeRoute, createRoute, deleteRoute, readRoute } from '../item-routes.ts';
import { PAGE_DEFAULT, pageOf, parseCursor } from '../paging.ts';
import { route } from '../route.ts';

const EVENTS = { kind: 'event', path: 'events' } as const;
/** A day of a series, and how much of it is meant. */
const OF_DAY = {
  query: eventDayQuery,
  of: ({ day, scope }: z.output<typeof eventDayQuery>): object => {
    if ((day === undefined) !== (scope === undefined))
      throw new PulseError('validation_error', '"day" and "scope" are given together, or neither of them.');
    return day === undefined ? {} : { of_day: { start: day, scope } };
  },
};

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/events',
    summary:
      "The user's events. With `from` or `to` (exclusive) those that overlap this time, each day of a series by " +
      'itself, by their start; without, as they are stored, newest first',
    access: 'user',
    query: eventsQuery,
    response: listOf(event),
    handle: async ({ query, identity, services }) => {
      const limit = query.limit ?? PAGE_DEFAULT;
      const { db } = services;
      const filter = { text: query.q };
      if (query.from === undefined && query.to === undefined) {
        const after = query.cursor === undefined ? undefined : parseCursor(uuid, query.cursor);
        const found = await pageEvents(db, identity.userId, filter, { after, limit: limit + 1 });
        return pageOf(found, limit, (last) => last.id);
      }
      const {
        settings: { timezone },
      } = await services.profiles.of(identity.userId);
      const [from, to] = [query.from, query.to].map((at) => at && dayOrInstant(at, timezone));
      const all = await eventsWithin(db, identity.userId, { ...filter, from, to } as { from: Date });
      const at = query.cursor === undefined ? -1 : all.findIndex((one) => placeOf(one) === query.cursor);
      return pageOf(all.slice(at + 1, at + 2 + limit), limit, placeOf);
    },
  }),
  readRoute(EVENTS, findEvent),
  createRoute(EVENTS, eventCreate, (item_id, fields) => ({ op: 'create_event', item_id, fields })),
  changeRoute(EVENTS, eventPatch, (item, fields) => ({ op: 'update_event', ...item, fields }), OF_DAY),
  deleteRoute(EVENTS, OF_DAY),
];

const placeOf = ({ id, start }: { id: string; start: string }): string => `${start}_${id}`;
