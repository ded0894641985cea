import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '../../server/http/http-app.ts';
import { startProduct } from '../support/product.ts';
import { at, call, person, type Answer, type Person } from '../support/wire.ts';

let url: string;
let admin: Person;
let schemas: unknown;
beforeAll(async () => {
  ({ url } = await startProduct({ env: { RATE_TURNS_PER_MINUTE: '60000', RATE_BURST: '20000' } }));
  admin = await person({ role: 'admin' });
  schemas = at((await call(url, 'GET', '/openapi.json')).body, 'paths');
});

const calls = ROUTES.map(({ method, path, access }) => ({ what: `${method} ${path}`, method, path, access }));
const withToken = calls.filter(({ access }) => access !== 'open');
const withBody = calls.filter(({ method }) => method !== 'GET');

function send(
  { method, path }: { method: string; path: string },
  parts: { query?: string; body?: object },
): Promise<Answer> {
  const address = path.replace('{name}', 'nlu').replaceAll(/\{\w+\}/g, randomUUID());
  return call(url, method, `${address}${parts.query ?? ''}`, {
    token: admin.token,
    ...(parts.body ? { body: parts.body } : {}),
  });
}

/** What is answered where that is a refusal; an export names its user, as it should. */
const complaintIn = ({ status, body }: Answer): string => (status < 400 ? '' : JSON.stringify(body));

const unknownField = {
  status: 400,
  body: {
    error_code: 'validation_error',
    details: expect.arrayContaining([{ path: '', message: 'unknown field "surprise"' }]) as unknown,
  },
};
const nobody = { status: 404, body: { error_code: 'not_found', error: 'There is no such user.' } };

describe('every call of the table', () => {
  it('is looked at here', () => expect(calls.length).toBeGreaterThan(15));

  it.each(calls)('$what refuses a query that it does not know', async (one) => {
    expect(await send(one, { query: '?surprise=1' })).toMatchObject(unknownField);
  });

  it.each(withBody)('$what refuses a field that it does not know', async (one) => {
    expect(await send(one, { body: { surprise: 1 } })).toMatchObject(unknownField);
  });

  it.each(withToken)('$what takes the caller’s own id in its query, and knows nobody else', async (one) => {
    const own = await send(one, { query: `?user_id=${admin.userId.toUpperCase()}` });
    expect(complaintIn(own)).not.toMatch(/user_id|no such user/);
    for (const other of [`?user_id=${randomUUID()}`, '?user_id=', `?user_id=${admin.userId}&user_id=x`])
      expect(await send(one, { query: other }), other).toMatchObject(nobody);
  });

  it.each(withToken.filter((one) => withBody.includes(one)))(
    '$what takes the caller’s own id in its body, and knows nobody else',
    async (one) => {
      const own = await send(one, { body: { user_id: admin.userId } });
      expect(complaintIn(own)).not.toMatch(/user_id|no such user/);
      for (const other of [randomUUID(), null, 7, [admin.userId]])
        expect(await send(one, { body: { user_id: other } }), String(other)).toMatchObject(nobody);
    },
  );

  it.each(withBody)('$what takes no field more inside of another', ({ method, path }) => {
    const body = at(
      schemas,
      path,
      method.toLowerCase(),
      'requestBody',
      'content',
      'application/json',
      'schema',
    );
    expect(loosePlaces(body)).toEqual([]);
  });
});

/** Where a described object would take what is not described. */
function loosePlaces(schema: unknown, place = 'body'): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const loose = 'properties' in schema && at(schema, 'additionalProperties') !== false ? [place] : [];
  return [
    ...loose,
    ...Object.entries(schema).flatMap(([key, value]) => loosePlaces(value, `${place}.${key}`)),
  ];
}
