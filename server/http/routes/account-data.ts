import { Readable } from 'node:stream';
import { z } from 'zod';
import { erasureReceipt, erasureRequest } from '../../../contracts/erasure.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { uuid } from '../../../contracts/ids.ts';
import { accountLines } from '../../export/account-lines.ts';
import { asPulseError } from '../../errors.ts';
import { route } from '../route.ts';

/** Most accounts are erased by then; who has more is told where to look. */
const WAIT_MS = 3_000;

const FORMATS = {
  jsonl: { type: 'application/x-ndjson', file: 'pulseplan.jsonl' },
  ics: { type: 'text/calendar; charset=utf-8', file: 'pulseplan.ics' },
} as const;
const exportQuery = z.strictObject({ format: z.enum(['jsonl', 'ics']).optional() });

/** What people can do with all that is kept of them. */
export const accountDataRoutes = [
  route({
    method: 'GET',
    path: '/api/v1/users/me/export',
    summary: 'All that is kept of the caller, with words; or, as a calendar, events, tasks and reminders',
    access: 'user',
    query: exportQuery,
    response: z.string(),
    media: {
      'application/x-ndjson':
        'A JSON object a line, told apart by `kind`: first `export`, last `end` with how many of each kind, or `error`',
      'text/calendar': 'Where `format=ics`, or that is all the caller accepts: RFC 5545',
    },
    patienceMs: null,
    handle: async ({ query, identity, headers, services, reply }) => {
      const { db, accounts, clock, log } = services;
      const wantsCalendar = String(headers['accept'] ?? '').startsWith('text/calendar');
      const format = query.format ?? (wantsCalendar ? 'ics' : 'jsonl');
      const of = {
        db,
        userId: identity.userId,
        now: clock.now(),
        check: () => accounts.check(identity),
        refusalOf: (error: unknown) => asPulseError(error, log),
      };
      // The library is loaded by whoever wants a calendar.
      const text =
        format === 'ics'
          ? (await import('../../export/calendar-text.ts')).calendarText(of)
          : accountLines(of);
      const { type, file } = FORMATS[format];
      reply.type(type).header('content-disposition', `attachment; filename="${file}"`);
      await reply.send(Readable.from(text));
      return undefined;
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/users/me',
    summary: 'Erases the account and all that is kept of it; nothing of it can be undone',
    access: 'user',
    body: erasureRequest,
    response: erasureReceipt,
    alsoAnswers: {
      202: { description: 'It goes on; look again at /api/v1/erasures/{id}', schema: erasureReceipt },
    },
    patienceMs: WAIT_MS + 6_000,
    handle: async ({ identity, services: { accounts }, reply }) => {
      const { id, ended } = await accounts.begin(identity);
      await within(ended, WAIT_MS);
      const receipt = await accounts.receipt(id);
      if (!receipt) throw new Error('An erasure that was begun is gone');
      if (receipt.state !== 'done') reply.code(202);
      return receipt;
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/erasures/{id}',
    summary:
      'How far an erasure is, and what was done where; whoever knows its id may ask, and it names nobody',
    access: 'open',
    params: z.strictObject({ id: uuid }),
    response: erasureReceipt,
    handle: async ({ params, services }) => {
      const receipt = await services.accounts.receipt(params.id);
      if (!receipt) throw new PulseError('not_found', 'There is no such erasure.');
      return receipt;
    },
  }),
];

/** Until it has ended or the time is over, whichever is first. */
async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    work,
    new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
