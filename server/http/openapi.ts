import { z } from 'zod';
import { restError } from '../../contracts/errors.ts';
import type { Route } from './route.ts';

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _schema, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
};

function parameters(schema: z.ZodType | undefined, place: 'query' | 'path'): object[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: jsonSchema(field as z.ZodType, 'input'),
  }));
}

/** The API's description, made from the same table that serves it. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, summary, access, body, query, params, response, alsoAnswers } of routes) {
    const other = Object.entries(alsoAnswers ?? {}).map(([status, description]) => [status, { description }]);
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        summary,
        tags: [path.split('/')[3] ?? 'system'],
        ...(access === 'open' ? { security: [] } : {}),
        ...(access === 'admin' ? { description: 'For the role admin.' } : {}),
        parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
        ...(body
          ? {
              requestBody: {
                required: true,
                content: { 'application/json': { schema: jsonSchema(body, 'input') } },
              },
            }
          : {}),
        responses: {
          200: {
            description: 'As asked',
            content: { 'application/json': { schema: jsonSchema(response, 'output') } },
          },
          ...Object.fromEntries(other),
          default: {
            description: 'Any refusal',
            content: { 'application/json': { schema: jsonSchema(restError, 'output') } },
          },
        },
      },
    };
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
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
    paths,
  };
}
