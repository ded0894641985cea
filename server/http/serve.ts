import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseInput, PulseError } from '../../contracts/errors.ts';
import { withDeadline } from '../../core/deadline.ts';
import { isLocal } from '../address.ts';
import type { Identity } from '../auth/token-verifier.ts';
import type { GatewayServices } from '../gateway-services.ts';
import { checkStorable } from '../storable.ts';
import type { Access, Route, RouteInput } from './route.ts';

const NOBODY: Identity = { userId: '', role: 'user', issuedAt: new Date(0), expiresAt: new Date(0) };
/** What a call takes that describes no body or no query. */
const NOTHING = z.strictObject({});
/** A call is answered in this time whatever its stores do, unless its route says otherwise. */
const PATIENCE_MS = 6_000;

/** Puts one route of the table in place: limits, identity, input, deadline, answer. */
export function serve(app: FastifyInstance, definition: Route, services: GatewayServices): void {
  app.route({
    method: definition.method,
    url: definition.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      if (!services.addressLimit.take(request.ip))
        throw new PulseError(
          'rate_limited',
          'Too many requests from this address. Wait a few seconds and try again.',
        );
      const identity = await withDeadline(identify(request, definition.access, services), PATIENCE_MS);
      const answering = definition.handle({
        ...readInput(definition, request, identity),
        identity,
        headers: request.headers,
        isLocal: isLocal(request.raw),
        reply,
        services,
      });
      const { patienceMs = PATIENCE_MS } = definition;
      const answer = await (patienceMs === null ? answering : withDeadline(answering, patienceMs));
      if (reply.sent || reply.raw.headersSent) return reply;
      return reply.send(answer);
    },
  });
}

async function identify(
  request: FastifyRequest,
  access: Access,
  services: GatewayServices,
): Promise<Identity> {
  if (access === 'open') return NOBODY;
  const token = /^Bearer (?<token>\S+)$/i.exec(request.headers.authorization ?? '')?.groups?.['token'];
  if (token === undefined)
    throw new PulseError('authentication_error', 'A token is needed (Authorization: Bearer …).');
  const identity = await services.tokens.verify(token);
  if (access === 'admin' && identity.role !== 'admin')
    throw new PulseError('forbidden', 'This is for admins.');
  return identity;
}

/**
 * Everything that a caller sent, checked. What no schema names is refused, also where a route has none; `user_id` may
 * stand in any body or query of a call that needs a token, and is the caller's own.
 */
function readInput(
  { access, body, query, params }: Route,
  request: FastifyRequest,
  identity: Identity,
): Pick<RouteInput<unknown, unknown, unknown>, 'body' | 'query' | 'params'> {
  const own = (part: unknown): unknown => (access === 'open' ? part : withoutOwner(part, identity));
  const [sent, asked] = [own(request.body ?? {}), own(request.query)];
  const input = {
    params: parseInput(params ?? NOTHING, request.params),
    query: parseInput(query ?? NOTHING, asked),
    body: parseInput(body ?? NOTHING, sent),
  };
  checkStorable(input);
  return input;
}

/** Somebody else's id does not exist for the caller. */
function withoutOwner(part: unknown, identity: Identity): unknown {
  if (typeof part !== 'object' || part === null || !Object.hasOwn(part, 'user_id')) return part;
  const { user_id: owner, ...rest } = part as Record<string, unknown>;
  if (typeof owner !== 'string' || owner.toLowerCase() !== identity.userId)
    throw new PulseError('not_found', 'There is no such user.');
  return rest;
}
