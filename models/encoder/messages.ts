import { z } from 'zod';

/** What goes between the encoder and its thread. Vectors are handed over, not copied. */

const encoderModelMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), name: z.string(), dir: z.string() }),
  z.object({
    kind: z.literal('hub'),
    name: z.string(),
    cacheDir: z.string(),
    hubUrl: z.string().optional(),
  }),
]);

/** With which a thread is started. */
export const threadSettings = z.object({
  model: encoderModelMessage,
  /** Paths of manifests. */
  heads: z.array(z.string()),
  /** Of the `NativeGate`. */
  gate: z.instanceof(SharedArrayBuffer),
});
export type ThreadSettings = z.infer<typeof threadSettings>;

/** Texts are normalised and not empty. */
export const threadRequest = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('encode'), texts: z.array(z.string()) }),
  z.object({ id: z.number(), kind: z.literal('classify'), head: z.string(), text: z.string() }),
]);
export type ThreadRequest = z.infer<typeof threadRequest>;

const floats = z.instanceof(Float32Array<ArrayBuffer>);

export const threadMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), dimension: z.number(), heads: z.array(z.string()) }),
  /** The start came to nothing, and another one would too. */
  z.object({ kind: z.literal('failed'), name: z.string(), message: z.string(), head: z.string().optional() }),
  /** The vectors of all texts, one after the other. */
  z.object({ kind: z.literal('encoded'), id: z.number(), emb: floats, hid: floats }),
  z.object({ kind: z.literal('classified'), id: z.number(), scores: floats }),
  z.object({ kind: z.literal('refused'), id: z.number(), message: z.string() }),
]);
export type ThreadMessage = z.infer<typeof threadMessage>;
export type ThreadAnswer = Extract<ThreadMessage, { id: number }>;

/** Wakes a thread that has to end by itself (`NativeGate.mustLeave`) and has nothing to do. */
export const CLOSE = 'close';
