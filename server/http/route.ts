import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Identity } from '../auth/token-verifier.ts';
import type { GatewayServices } from '../gateway-services.ts';

/** Who may call: nobody needs a token, every user, or an admin. */
export type Access = 'open' | 'user' | 'admin';

export interface RouteInput<B, Q, P> {
  body: B;
  query: Q;
  params: P;
  identity: Identity;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether the call comes from this very machine. */
  isLocal: boolean;
  reply: FastifyReply;
  services: GatewayServices;
}

/** One REST call: what it takes, what it answers, and the text of its place in the API's description. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the prefix, parameters as `{id}`. */
  path: string;
  summary: string;
  access: Access;
  body?: z.ZodType;
  query?: z.ZodType;
  params?: z.ZodType;
  response: z.ZodType;
  /** Other answers than 200 that are no errors. */
  alsoAnswers?: Record<number, { description: string; schema: z.ZodType }>;
  /** What is streamed to a caller that accepts `text/event-stream`. */
  streams?: string;
  handle(input: RouteInput<unknown, unknown, unknown>): Promise<unknown>;
}

const nothing = undefined;

/** Types a route's handler from its schemas. */
export function route<R, B = undefined, Q = undefined, P = undefined>(definition: {
  method: Route['method'];
  path: string;
  summary: string;
  access: Access;
  body?: z.ZodType<B>;
  query?: z.ZodType<Q>;
  params?: z.ZodType<P>;
  response: z.ZodType<R>;
  alsoAnswers?: Route['alsoAnswers'];
  streams?: string;
  /** May answer through `reply` itself and return nothing. */
  handle(input: RouteInput<B, Q, P>): Promise<R | typeof nothing>;
}): Route {
  const { handle, ...rest } = definition;
  return { ...rest, handle: (input) => handle(input as RouteInput<B, Q, P>) };
}
