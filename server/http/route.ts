import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Identity } from '../auth/token-verifier.ts';
import type { GatewayServices } from '../gateway-services.ts';

/** Who may call: nobody needs a token, every user, or an admin. */
export type Access = 'open' | 'user' | 'admin';

export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** A header that a call reads, for its description. */
export interface HeaderParameter {
  name: string;
  description: string;
  schema: z.ZodType;
}

/** A call that was checked: body, query and parameters as their schemas give them. */
export interface RouteInput<B, Q, P> {
  body: B;
  query: Q;
  params: P;
  identity: Identity;
  headers: RequestHeaders;
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
  /** What is not named in a schema is refused; `user_id` needs no naming, see `serve.ts`. */
  body?: z.ZodType;
  query?: z.ZodType;
  params?: z.ZodType;
  headers?: readonly HeaderParameter[];
  response: z.ZodType;
  /** Headers of the answer, each with what it says. */
  answerHeaders?: Readonly<Record<string, string>>;
  /** Other answers than 200 that are no errors. */
  alsoAnswers?: Record<number, { description: string; schema: z.ZodType }>;
  /** What is answered where that is no JSON, by its media type. */
  media?: Readonly<Record<string, string>>;
  /** What is streamed to a caller that accepts `text/event-stream`. */
  streams?: string;
  /** The call is answered within this time; null where the route sees to that itself. */
  patienceMs?: number | null;
  handle(input: RouteInput<unknown, unknown, unknown>): Promise<unknown>;
}

const nothing = undefined;

/** Types a route's handler from its schemas. */
export function route<R, B = object, Q = object, P = object>(
  definition: Omit<Route, 'body' | 'query' | 'params' | 'response' | 'handle'> & {
    body?: z.ZodType<B>;
    query?: z.ZodType<Q>;
    params?: z.ZodType<P>;
    response: z.ZodType<R>;
    /** May answer through `reply` itself and return nothing. */
    handle(input: RouteInput<B, Q, P>): Promise<R | typeof nothing>;
  },
): Route {
  const { handle, ...rest } = definition;
  return { ...rest, handle: (input) => handle(input as RouteInput<B, Q, P>) };
}
