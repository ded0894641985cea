import { z } from 'zod';

/** What the bench tells the load generator, and what it answers. One command at a time. */
export const loadCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    target: z.string(),
    url: z.string(),
    sessions: z.array(z.object({ session_id: z.string().optional(), token: z.string() })),
    /** What is said in each turn; a number of its own follows. */
    sentence: z.string().default('create a task to study physics chapter'),
  }),
  z.object({
    type: z.literal('run'),
    target: z.string(),
    load: z.discriminatedUnion('kind', [
      /** So many sessions, each with its next turn when the last has ended. */
      z.object({ kind: z.literal('closed'), sessions: z.int().positive() }),
      /** One turn at a time, each on the next session. */
      z.object({ kind: z.literal('one') }),
      /** So many turns a second whatever becomes of them, on all sessions in turn. */
      z.object({ kind: z.literal('rate'), perSecond: z.number().positive() }),
    ]),
    durationMs: z.number().positive(),
    turnsMax: z.int().positive(),
  }),
]);
export type LoadCommand = z.infer<typeof loadCommand>;
export type LoadOrder = z.input<typeof loadCommand>;
export type Load = Extract<LoadCommand, { type: 'run' }>['load'];

const latencies = z.array(z.number());
/** Milliseconds from the moment of sending, of the turns that were sent in the window. */
const loadResult = z.object({
  type: z.literal('result'),
  ack: latencies,
  first: latencies,
  terminal: latencies,
  frames: z.int(),
  completed: z.int(),
  failed: z.int(),
  failure: z.string().nullable(),
  /** Ends between the first fifth of the run and its end, and how long that was. */
  windowTurns: z.int(),
  windowMs: z.number(),
  /** How late the generator's own event loop was, 99th percentile. */
  lagMs: z.number(),
});
export type LoadResult = z.infer<typeof loadResult>;

export const loadAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string().optional() }),
  z.object({ type: z.literal('opened') }),
  z.object({ type: z.literal('failed'), message: z.string() }),
  loadResult,
]);
export type LoadAnswer = z.infer<typeof loadAnswer>;
