import { expect, it, describe } from 'vitest';
import { findViolations } from '../../scripts/check-imports.mjs';

function messages(path: string, ...lines: string[]): string[] {
  return findViolations(path, lines.join('\n')).map(({ message }) => message);
}

/** File, a line that breaks a rule there, and what the message has to say. */
const VIOLATIONS: [path: string, line: string, message: RegExp][] = [
  ['contracts/jobs.ts', `import { join } from 'node:path';`, /contracts\/ imports zod and nothing else/],
  ['contracts/jobs.ts', `import type { Knex } from 'knex';`, /contracts\/ imports zod and nothing else/],
  ['contracts/jobs.ts', `import { openRedis } from '../core/redis.ts';`, /belongs in core\/ or higher/],
  ['core/clock.ts', `import { connect } from '../db/connect.ts';`, /core\/ may import from contracts\/ only/],
  [
    'db/turns.ts',
    `import type { Turn } from '../sessions/turns.ts';`,
    /db\/ may import from core\/, contracts\/ only/,
  ],
  ['db/turns.ts', `export * from '../usage/limits.ts';`, /declare a port here and have the entry inject it/],
  ['sessions/turns.ts', `import { quota } from '../usage/quota.ts';`, /sessions\/ may import from/],
  ['server/http.ts', `import { parse } from '../workers/nlu/pipeline.ts';`, /never import each other/],
  [
    'workers/nlu/role.ts',
    `const relay = await import('../../server/relay.ts');`,
    /a job of contracts\/jobs\.ts/,
  ],
  ['workers/nlu/role.ts', `import { client } from '../../integrations/llm/client.ts';`, /only usage\//],
  [
    'workers/nlu/role.ts',
    `import { CallPermit } from '../../integrations/llm/language-model.ts';`,
    /take the metered one/,
  ],
  ['usage/metered.ts', `import OpenAI from 'openai';`, /openai is used in integrations\/llm\/ only/],
  ['usage/metered.ts', `import type OpenAI from 'openai';`, /openai is used in integrations\/llm\/ only/],
  ['scripts/worker.ts', `await import('openai/client');`, /take the metered language model/],
  ['usage/metered.ts', `import { mail } from '../integrations/mail/port.ts';`, /usage\/ may import llm only/],
  ['server/http.ts', `import { start } from '../scripts/start.ts';`, /nothing imports from scripts/],
  [
    'core/clock.ts',
    `import { freshDatabase } from '../test/support/stores.ts';`,
    /nothing imports from test/,
  ],
  ['web/chat/chat.tsx', `import { newId } from '../../core/ids.ts';`, /web\/ imports contracts\/ only/],
  ['web/chat/chat.tsx', `import { join } from 'node:path';`, /web\/ runs in a browser: node:path/],
  ['web/chat/chat.tsx', `import { EventEmitter } from 'events';`, /web\/ runs in a browser: events/],
  ['web/chat/chat.tsx', `import Fastify from 'fastify';`, /web\/ runs in a browser: fastify/],
  [
    'workers/workflows/tasks/graph.ts',
    `import { a } from '../events/graph.ts';`,
    /never imports another workflow/,
  ],
  ['workers/workflows/tasks/graph.ts', `import { Queue } from 'bullmq';`, /neither Redis nor queues/],
  [
    'workers/workflows/tasks/graph.ts',
    `import { q } from '../../../core/queues.ts';`,
    /neither Redis nor queues/,
  ],
  [
    'workers/workflows/tasks/graph.ts',
    `import { Calendar } from '../../../integrations/calendar/client.ts';`,
    /a workflow sees ports/,
  ],
  ['server/http.ts', `import { Redis } from 'ioredis';`, /connections are opened in core\/ and db\/ only/],
  ['workers/metering/writer.ts', `import pg from 'pg';`, /connections are opened in core\/ and db\/ only/],
  ['scripts/seed.ts', `import knex from 'knex';`, /connections are opened in core\/ and db\/ only/],
  ['server/http.ts', `const port = process.env['PORT'];`, /process\.env is read in core\/config\.ts only/],
  ['usage/limits.ts', `const { LIMIT } = process.env;`, /process\.env is read in core\/config\.ts only/],
  ['server/http.ts', `process.on('SIGTERM', stop);`, /SIGTERM is handled in core\/lifecycle\.ts only/],
  ['core/redis.ts', `process.once('uncaughtException', stop);`, /register a closer with the Lifecycle/],
  [
    'sessions/turns.ts',
    'const key = `pp1:{${id}}:state`;',
    /a Redis key is spelled in its module's keys\.ts/,
  ],
];

/** Of the same kind, and right. */
const FINE: [path: string, line: string][] = [
  ['contracts/jobs.ts', `import { z } from 'zod';`],
  ['contracts/jobs.ts', `import { id } from './ids.ts';`],
  ['core/config.ts', `const port = process.env['PORT'];`],
  ['core/lifecycle.ts', `process.on('SIGTERM', stop);`],
  ['core/redis.ts', `import { Redis } from 'ioredis';`],
  ['db/connect.ts', `import knex from 'knex';`],
  ['db/turns.ts', `import { newId } from '../core/ids.ts';`],
  ['scripts/bench/baselines/gateway.ts', `import { Redis } from 'ioredis';`],
  ['integrations/llm/client.ts', `import OpenAI from 'openai';`],
  ['sessions/keys.ts', 'const key = `pp1:{${id}}:state`;'],
  ['usage/metered.ts', `import { client } from '../integrations/llm/client.ts';`],
  ['workers/nlu/role.ts', `import type { Llm } from '../../integrations/llm/port.ts';`],
  ['workers/nlu/role.ts', `import { Worker } from 'bullmq';`],
  ['workers/workflows/registry.ts', `import { tasks } from './tasks/graph.ts';`],
  ['workers/workflows/tasks/graph.ts', `import { book } from '../effects/book.ts';`],
  [
    'workers/workflows/tasks/graph.ts',
    `import type { Calendar } from '../../../integrations/calendar/port.ts';`,
  ],
  ['server/http.ts', `import type { Redis } from 'ioredis';`],
  ['server/http.ts', `import { type Redis } from 'ioredis';`],
  ['server/http.ts', `socket.on('disconnect', stop);`],
  ['web/chat/chat.tsx', `import { frame } from '../../contracts/frames.ts';`],
  ['web/chat/chat.tsx', `import { useState } from 'react';`],
  ['web/vite.config.ts', `import { join } from 'node:path';`],
  ['scripts/start.ts', `const config = loadConfig(process.env);`],
  ['test/house/x.test.ts', `import { Redis } from 'ioredis'; import { a } from '../../server/http.ts';`],
];

describe('the rules of the house', () => {
  it.each(VIOLATIONS)('%s may not say: %s', (path, line, message) => {
    expect(messages(path, line)).toEqual([expect.stringMatching(message)]);
  });

  it.each(FINE)('%s may say: %s', (path, line) => {
    expect(messages(path, line)).toEqual([]);
  });

  it('names the line', () => {
    expect(
      findViolations('server/http.ts', `import { z } from 'zod';\n\nprocess.on('SIGINT', () => {});`),
    ).toEqual([expect.objectContaining({ path: 'server/http.ts', line: 3 })]);
  });
});
