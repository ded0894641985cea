import { z } from 'zod';
import { restError } from '../../contracts/errors.ts';
import { health } from '../../contracts/rest.ts';
import type { Route } from './route.ts';

/**
 * As a client writes or reads it. Answers are described by their input too: what a transform gives (an id in lower
 * case) is no other shape, but it can't be derived.
 */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
}

const json = (schema: object): object => ({ 'application/json': { schema } });
const answer = (description: string, schema: z.ZodType): object => ({
  description,
  content: json(jsonSchema(schema)),
});
const REFUSAL = { description: 'Any refusal', content: json({ $ref: '#/components/schemas/Refusal' }) };

const OWNER = z.string().meta({ format: 'uuid', description: "The caller's own id, where it is given" });

/** As in `serve.ts`: whoever has a token may name themselves. */
function bodySchema({ body, access }: Route): object {
  const schema = jsonSchema(body ?? z.strictObject({}));
  if (access === 'open' || !('properties' in schema)) return schema;
  return { ...schema, properties: { ...(schema.properties as object), user_id: jsonSchema(OWNER) } };
}

function headerParameters(headers: Route['headers']): object[] {
  return (headers ?? []).map(({ name, description, schema }) => ({
    name,
    in: 'header',
    description,
    required: false,
    schema: jsonSchema(schema),
  }));
}

const answerHeaders = (headers: Record<string, string>): object =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );

function parameters(schema: z.ZodType | undefined, place: 'query' | 'path'): object[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(z.record(z.string(), z.custom<z.ZodType>()).parse(schema.shape)).map(
    ([name, field]) => ({
      name,
      in: place,
      required: place === 'path' || !field.safeParse(undefined).success,
      schema: jsonSchema(field),
    }),
  );
}

/** `get_tasks_by_id` for `GET /api/v1/tasks/{id}`. */
const operationId = (method: string, path: string): string =>
  [
    method.toLowerCase(),
    ...path
      .replace('/api/v1/', '')
      .split('/')
      .map((part) => part.replace(/^\{(.+)\}$/, 'by_$1').replaceAll('-', '_')),
  ].join('_');

const otherMedia = (media: Readonly<Record<string, string>>): object =>
  Object.fromEntries(
    Object.entries(media).map(([type, description]) => [type, { schema: { type: 'string', description } }]),
  );

function operation(definition: Route): object {
  const {
    method,
    path,
    summary,
    access,
    body,
    query,
    params,
    headers,
    response,
    alsoAnswers,
    streams,
    media,
  } = definition;
  const whole = jsonSchema(response);
  return {
    operationId: operationId(method, path),
    summary,
    tags: [path.split('/')[3] ?? 'system'],
    ...(access === 'open' ? { security: [] } : {}),
    ...(access === 'admin' ? { description: 'For the role admin.' } : {}),
    parameters: [
      ...parameters(params, 'path'),
      ...parameters(query, 'query'),
      ...(access === 'open' ? [] : parameters(z.object({ user_id: OWNER.optional() }), 'query')),
      ...headerParameters(headers),
    ],
    ...(body ? { requestBody: { required: true, content: json(bodySchema(definition)) } } : {}),
    responses: {
      200: {
        description: streams === undefined ? 'As asked' : `As asked. Streamed: ${streams}`,
        ...(definition.answerHeaders ? { headers: answerHeaders(definition.answerHeaders) } : {}),
        content: {
          ...(media === undefined ? json(whole) : otherMedia(media)),
          ...(streams === undefined ? {} : { 'text/event-stream': { schema: { type: 'string' } } }),
        },
      },
      ...Object.fromEntries(
        Object.entries(alsoAnswers ?? {}).map(([status, other]) => [
          status,
          answer(other.description, other.schema),
        ]),
      ),
      default: REFUSAL,
    },
  };
}

const system = (id: string, summary: string, responses: object): object => ({
  get: { operationId: id, summary, tags: ['system'], security: [], responses },
});
const text = (description: string): object => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
});

/** What stands outside of the API itself. */
const SYSTEM_PATHS = {
  '/healthz': system('healthz', 'Whether this process runs', { 200: answer('It does', health) }),
  '/readyz': system('readyz', 'Whether a turn that came now would be carried out', {
    200: answer('Both stores answer and every queue has a reader', health),
    503: answer('What is missing', health),
  }),
  '/metrics': system('metrics', 'Measurements for Prometheus', { 200: text('Text format') }),
  '/openapi.json': system('openapi', 'This description', {
    200: { description: 'OpenAPI 3.1', content: json({ type: 'object' }) },
  }),
};

/** The API's description, made from the same table that serves it. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, object> = { ...SYSTEM_PATHS };
  for (const definition of routes) {
    const { path, method } = definition;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(definition) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'PulsePlan',
      version: '1',
      description:
        'A real-time conversational planner. The same turns run over Socket.IO; see docs/architecture.md.',
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Refusal: jsonSchema(restError) },
    },
    security: [{ bearer: [] }],
    paths,
  };
}
