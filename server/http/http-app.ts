import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { PulseError } from '../../contracts/errors.ts';
import { TRUSTED_HOPS } from '../address.ts';
import { asPulseError, reportRefusal } from '../errors.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { readiness } from './health.ts';
import { openApi } from './openapi.ts';
import { restBody } from './rest-body.ts';
import type { Route } from './route.ts';
import { accountRoutes } from './routes/account.ts';
import { accountDataRoutes } from './routes/account-data.ts';
import { agentRoutes } from './routes/agent.ts';
import { authRoutes } from './routes/auth.ts';
import { opsUsageRoutes } from './routes/ops-usage.ts';
import { contactRoutes } from './routes/contacts.ts';
import { memoryRoutes } from './routes/memory.ts';
import { draftRoutes } from './routes/drafts.ts';
import { eventRoutes } from './routes/events.ts';
import { pushRoutes } from './routes/push.ts';
import { reminderRoutes } from './routes/reminders.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { opsRoutes } from './routes/ops.ts';
import { subscriptionRoutes } from './routes/subscription.ts';
import { taskRoutes } from './routes/tasks.ts';
import { usageRoutes } from './routes/usage.ts';
import { serve } from './serve.ts';

const BODY_MAX_BYTES = 64 * 1024;
const READ_AWAY_MAX_BYTES = 32 * 1024 * 1024;
const READ_AWAY_MAX_MS = 5_000;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The page of the API's description brings a style along as it draws itself; scripts stay the files they are. */
const DOCS_CSP = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Every REST call; the API's description is made from it. */
export const ROUTES: readonly Route[] = [
  ...agentRoutes,
  ...taskRoutes,
  ...eventRoutes,
  ...reminderRoutes,
  ...pushRoutes,
  ...contactRoutes,
  ...memoryRoutes,
  ...draftRoutes,
  ...authRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...accountDataRoutes,
  ...subscriptionRoutes,
  ...usageRoutes,
  ...opsRoutes,
  ...opsUsageRoutes,
];

/**
 * The HTTP side of the gateway: REST, health, metrics, the API's description, the web pages.
 *
 * @param webDir the built pages; without them the root answers where to find the API
 */
export async function createHttpApp(services: GatewayServices, webDir: string): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_MAX_BYTES,
    trustProxy: services.config.TRUST_PROXY ? (_address, hop) => hop < TRUSTED_HOPS : false,
    requestTimeout: 35_000,
    keepAliveTimeout: 60_000,
    forceCloseConnections: 'idle',
    logger: false,
    // An address that can't be decoded fails before routing.
    frameworkErrors: (error, _request, reply) => void refuse(reply, httpError(error, services)),
    clientErrorHandler: refuseBrokenRequest,
  });
  app.setErrorHandler(async (error, request, reply) => {
    const refused = httpError(error, services);
    reportRefusal(services.analytics, refused, 'rest');
    if (refused.code === 'payload_too_large') await readAway(request.raw);
    return refuse(reply, refused);
  });
  // A connection that is kept would hold up the end of this process.
  app.addHook('onSend', async (_request, reply) => {
    if (services.stopping()) void reply.header('connection', 'close');
  });
  acceptEmptyJson(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", 'ws:', 'wss:', ...signInOrigin(services)],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        workerSrc: ["'self'"],
      },
    },
    strictTransportSecurity: services.config.production,
  });
  await app.register(cors, {
    origin: [...services.config.corsOrigins],
    methods: METHODS,
    exposedHeaders: ['etag', 'retry-after'],
    strictPreflight: false,
  });
  const document = openApi(ROUTES);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_CSP });
  app.get('/openapi.json', () => document);

  app.get('/healthz', () => ({ status: 'ok', checks: {} }));
  app.get('/readyz', async (_request, reply) => {
    const health = await readiness(services);
    return reply.code(health.status === 'ok' ? 200 : 503).send(health);
  });
  app.get('/metrics', async (_request, reply) => {
    await reply.type(services.metrics.registry.contentType).send(await services.metrics.registry.metrics());
  });

  for (const definition of ROUTES) serve(app, definition, services);
  const hasPages = existsSync(webDir);
  if (hasPages) await serveWeb(app, webDir);
  else app.get('/', () => ({ name: 'PulsePlan', docs: '/docs' }));
  app.setNotFoundHandler((request, reply) => {
    // A deep link of the page; everything else is a wrong address.
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/');
    if (hasPages && isPage && String(request.headers.accept ?? '').includes('text/html'))
      return reply.sendFile('index.html');
    return refuse(reply, nothingHere());
  });
  return app;
}

/** Where the page fetches tokens of people who sign in at an OpenID provider. */
function signInOrigin({ config }: GatewayServices): string[] {
  return config.OIDC_ISSUER === undefined ? [] : [new URL(config.OIDC_ISSUER).origin];
}

/** Clients send the content type also where a call needs no body, such as an undo. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, String(body), done);
  });
}

/**
 * A client that is still sending when the connection closes sees a broken pipe and never the answer. So a body that is
 * too large is taken to its end, as long as that is within reason.
 */
async function readAway(request: IncomingMessage): Promise<void> {
  let bytes = 0;
  const stop = new AbortController();
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > READ_AWAY_MAX_BYTES) stop.abort();
  });
  const timer = setTimeout(() => stop.abort(), READ_AWAY_MAX_MS);
  await finished(request, { signal: stop.signal, writable: false }).catch(() => undefined);
  clearTimeout(timer);
}

/** What is no HTTP at all, or has headers beyond every measure: answered by hand, since no request came of it. */
function refuseBrokenRequest(_error: Error, socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify(restBody(unreadable()));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}

async function serveWeb(app: FastifyInstance, webDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    // The build puts a hash into the name of every asset.
    setHeaders: (response, path) => {
      void response.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

function httpError(error: unknown, services: GatewayServices): PulseError {
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    if (error.statusCode === 413)
      return new PulseError('payload_too_large', `A request may have ${BODY_MAX_BYTES / 1024} KB at most.`);
    if (error.statusCode === 404) return nothingHere();
    return unreadable();
  }
  return asPulseError(error, services.log);
}

const nothingHere = (): PulseError => new PulseError('not_found', 'There is nothing at this address.');
const unreadable = (): PulseError =>
  new PulseError(
    'validation_error',
    'The request can’t be read: it must be JSON with the content type application/json.',
  );

function refuse(reply: FastifyReply, error: PulseError): FastifyReply {
  if (error.code === 'rate_limited') void reply.header('retry-after', '5');
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply.code(error.status).send(restBody(error));
}
