import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { restError } from '../../contracts/errors.ts';
import { startProduct, type Product } from '../support/product.ts';
import { call, person, type Answer } from '../support/wire.ts';

let product: Product;
let token: string;
beforeAll(async () => {
  product = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } });
  ({ token } = await person());
});

const api = (method: string, path: string, options: Parameters<typeof call>[3] = {}): Promise<Answer> =>
  call(product.url, method, `/api/v1${path}`, { token, ...options });

describe('any request whatever', () => {
  const json = fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .record(
        {
          query: fc.string({ unit: 'grapheme', maxLength: 60 }),
          text: fc.string({ unit: 'binary', maxLength: 60 }),
          title: fc.string({ unit: 'binary', maxLength: 60 }),
          due_date: fc.oneof(
            fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
            fc.string(),
          ),
          priority: fc.constantFrom('low', 'urgent', 'x'),
          duration_minutes: fc.integer(),
          tags: fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 }),
          recurrence: fc.string(),
          notes: fc.string({ unit: 'grapheme' }),
          timezone: fc.constantFrom('UTC', 'Asia/Tokyo', 'x'),
          reference_time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        },
        { requiredKeys: [] },
      )
      .map((body) => JSON.stringify(body)),
    fc
      .record({
        title: fc.string({ unit: 'grapheme', minLength: 1 }),
        due_date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      })
      .map((body) => JSON.stringify(body)),
    fc
      .record({
        query: fc.string({ unit: 'grapheme', minLength: 1 }),
        reference_time: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      })
      .map((body) => JSON.stringify(body)),
  );
  const target = fc.constantFrom(
    ['POST', '/agent/query'],
    ['POST', '/nlu/parse'],
    ['POST', '/tasks'],
    ['PUT', '/settings'],
    ['POST', '/auth/demo'],
    ['PATCH', `/tasks/${randomUUID()}`],
  );

  it('is answered, typed, and never by a fault of ours', async () => {
    await fc.assert(
      fc.asyncProperty(target, json, async ([method, path], raw) => {
        const answer = await api(method!, path!, { raw });
        if (answer.status < 300) return;
        expect(restError.parse(answer.body)).toEqual(answer.body);
        expect(answer.status, `${method} ${path} ${raw}`).toBeLessThan(500);
      }),
      { numRuns: 300, seed: 20261122 },
    );
    expect((await api('POST', '/agent/query', { body: { query: 'create a task to buy milk' } })).status).toBe(
      200,
    );
    expect((await api('GET', '/tasks?limit=200')).status).toBe(200);
    expect(product.roles.map((role) => role.output()).join('')).not.toMatch(/"level":50|nobody foresaw/);
  });
});
