import { randomUUID } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { sharedProduct } from '../support/product.ts';
import { at, call, person, type Answer } from '../support/wire.ts';

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.strictObject({ schema }));
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  description: z.string().min(1).optional(),
  required: z.boolean(),
  schema: schema.refine((described) => Object.keys(described).length > 0, 'says nothing'),
});
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z_]+$/),
  summary: z.string().min(1),
  description: z.string().optional(),
  tags: z.array(z.string()).min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(parameter).default([]),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^(?:[1-5]\d\d|default)$/),
    z.strictObject({
      description: z.string().min(1),
      content,
      headers: z.record(z.string(), z.strictObject({ description: z.string().min(1), schema })).optional(),
    }),
  ),
});
/** As much of OpenAPI 3.1 as this product uses; whatever else stands in the document is a fault. */
const openApi = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.literal('PulsePlan'), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.literal('http') })),
    schemas: z.record(z.string(), schema),
  }),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
});
type Document = z.infer<typeof openApi>;
type Operation = z.infer<typeof operation>;

const executablePath = chromiumPath();
let url: string;
let document: Document;
beforeAll(async () => {
  ({ url } = await sharedProduct());
  document = openApi.parse((await call(url, 'GET', '/openapi.json')).body);
});

function operations(): { path: string; method: string; described: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, described]) => ({ path, method, described })),
  );
}
const ajv = (): Ajv2020 => new Ajv2020({ strict: false, validateFormats: false });

describe('/openapi.json', () => {
  it('has an id of its own for every call, and describes the parameters of its path', () => {
    const ids = operations().map(({ described }) => described.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, described } of operations()) {
      const inPath = described.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('has schemas that can be compiled, and references that lead somewhere', () => {
    for (const { path, method, described } of operations()) {
      const bodies = [described.requestBody, ...Object.values(described.responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).map((one) => one.schema),
      );
      for (const found of [...bodies, ...described.parameters.map((one) => one.schema)]) {
        const { $ref } = found;
        if (typeof $ref === 'string')
          expect(document.components.schemas).toHaveProperty($ref.split('/').at(-1) ?? '');
        else expect(() => ajv().compile(found), `${method} ${path}`).not.toThrow();
      }
    }
  });

  it('names every call, and every call is there', async () => {
    const calls = operations().map(
      ({ method, path }) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'POST /auth/demo',
        'POST /agent/query',
        'POST /nlu/parse',
        'GET /tasks',
        'POST /tasks',
        'GET /tasks/{id}',
        'PATCH /tasks/{id}',
        'DELETE /tasks/{id}',
        'GET /drafts',
        'GET /drafts/{id}',
        'GET /sessions',
        'GET /sessions/{id}/turns',
        'GET /receipts',
        'POST /receipts/{id}/undo',
        'GET /settings',
        'PUT /settings',
        'GET /users/me/export',
        'DELETE /users/me',
        'GET /erasures/{id}',
        'GET /subscription',
        'POST /subscription/apple',
        'POST /webhooks/apple',
        'GET /ops/users/{id}/tier',
        'POST /ops/users/{id}/tier',
        'DELETE /ops/users/{id}/tier',
        'GET /ops/queues',
        'GET /ops/queues/{name}/failed',
        'POST /ops/queues/{name}/jobs/{id}/retry',
        'GET /healthz',
        'GET /readyz',
        'GET /metrics',
        'GET /openapi.json',
      ]),
    );
    for (const { method, path } of operations()) {
      const answer = await call(url, method.toUpperCase(), path.replace(/\{\w+\}/g, randomUUID()));
      // What a store sends carries no token: its signature is looked for in the body.
      const known = path.startsWith('/api/v1/webhooks/')
        ? [400]
        : // Of an erasure its id is all that is needed, and there is none of this one.
          path.startsWith('/api/v1/erasures/')
          ? [404]
          : [200, 401];
      expect(known, `${method} ${path}`).toContain(answer.status);
    }
  });

  it('tells the truth: answers look as they are described', async () => {
    const { token } = await person();
    const asDescribed = async (
      method: 'get' | 'post',
      path: string,
      template: string,
      body?: object,
    ): Promise<Answer> => {
      const answer = await call(url, method.toUpperCase(), path, { token, ...(body ? { body } : {}) });
      expect(answer.status, path).toBe(200);
      const described = document.paths[template]?.[method]?.responses['200']?.content['application/json'];
      const validate = ajv().compile(described?.schema ?? false);
      expect(validate(answer.body), `${method} ${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
      return answer;
    };
    const api = '/api/v1';
    const query = { query: 'create a task to buy milk tomorrow' };
    const done = await asDescribed('post', `${api}/agent/query`, `${api}/agent/query`, query);
    await asDescribed('post', `${api}/nlu/parse`, `${api}/nlu/parse`, { text: 'buy milk tomorrow' });
    await asDescribed('post', `${api}/tasks`, `${api}/tasks`, { title: 'buy eggs', tags: ['home'] });
    for (const list of ['tasks', 'drafts', 'sessions', 'receipts', 'settings', 'memory', 'subscription'])
      await asDescribed('get', `${api}/${list}`, `${api}/${list}`);
    const turns = `${api}/sessions/${String(at(done.body, 'session_id'))}/turns`;
    await asDescribed('get', turns, `${api}/sessions/{id}/turns`);
    await asDescribed('get', '/readyz', '/readyz');
    const refused = await call(url, 'GET', `${api}/nothing`);
    const validate = ajv().compile(document.components.schemas['Refusal'] ?? false);
    expect(validate(refused.body)).toBe(true);
  });

  it('tells which headers a call reads, and which its answer has', () => {
    const read = operations().flatMap(({ method, path, described }) =>
      described.parameters
        .filter((one) => one.in === 'header')
        .map(({ name }) => `${method} ${path.replace('/api/v1', '')} ${name}`),
    );
    const kinds = ['contacts', 'drafts', 'events', 'memory', 'reminders', 'tasks'];
    const made = ['contacts', 'events', 'tasks'];
    expect(read.toSorted()).toEqual(
      [
        ...kinds.flatMap((kind) =>
          ['delete', 'patch'].flatMap((method) => [
            `${method} /${kind}/{id} Idempotency-Key`,
            `${method} /${kind}/{id} If-Match`,
          ]),
        ),
        ...made.map((kind) => `post /${kind} Idempotency-Key`),
        'delete /memory Idempotency-Key',
        'post /drafts/{id}/send Idempotency-Key',
        'post /drafts/{id}/send If-Match',
        'post /receipts/{id}/undo Idempotency-Key',
        'put /settings Idempotency-Key',
      ].toSorted(),
    );
    const tagged = operations().filter(({ described }) => described.responses['200']?.headers?.['ETag']);
    expect(tagged.map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`).toSorted()).toEqual(
      [
        ...kinds.flatMap((kind) => [`get /${kind}/{id}`, `patch /${kind}/{id}`]),
        ...made.map((kind) => `post /${kind}`),
        'post /drafts/{id}/send',
        'post /receipts/{id}/undo',
      ].toSorted(),
    );
  });

  it('has a page for people at /docs', async () => {
    const page = await fetch(`${url}/docs`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('swagger-ui');
  });

  it.skipIf(executablePath === undefined)('draws that page without a complaint of the browser', async () => {
    const browser = await chromium.launch({ executablePath: executablePath ?? '', args: CHROMIUM_ARGS });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${url}/docs`);
      await page.getByText('A new task, without words').waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
