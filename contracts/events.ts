import { z } from 'zod';
import { wireError, type WireError } from './errors.ts';
import type { Frame } from './frames.ts';
import { instant, timezone, uuid } from './ids.ts';
import { turnRecord } from './result.ts';
import { faultOfText } from './text.ts';

export const TEXT_MAX_CHARS = 4000;
/** Frames of a client above this are no input of ours: the socket is closed (4,000 characters are at most 16 KB). */
export const FRAME_MAX_BYTES = 64 * 1024;

/**
 * What a person typed: 1 to 4,000 characters after trimming, well-formed UTF-16, no control characters but tab and
 * line break. How long it is before that is bounded by the size of a frame or a body.
 */
export const userText = z
  .string()
  .superRefine((text, context) => {
    const message = faultOfText(text);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .transform((text) => text.trim())
  .refine((text) => text.length > 0, { message: 'is empty' })
  .refine((text) => text.length <= TEXT_MAX_CHARS, {
    message: `is longer than ${TEXT_MAX_CHARS} characters`,
  });

/** Handshake `auth` of Socket.IO. */
export const handshake = z.strictObject({
  token: z.string().max(8192),
  session_id: uuid.optional(),
  epoch: z.string().max(64).optional(),
  last_seq: z.int().nonnegative().optional(),
  timezone: timezone.optional(),
  protocol: z.literal(1).optional(),
});
export type Handshake = z.infer<typeof handshake>;

const whenBusy = z.enum(['queue', 'interrupt', 'reject']);

export const turnSubmit = z.strictObject({
  turn_id: uuid,
  text: userText,
  timezone: timezone.optional(),
  reference_time: instant.optional(),
  when_busy: whenBusy.optional(),
});
const turnCancel = z.union([
  z.strictObject({ turn_id: uuid }),
  z.strictObject({ scope: z.literal('session') }),
]);
export const clarificationAnswer = z
  .strictObject({
    turn_id: uuid,
    clarification_id: uuid,
    choice_id: z.string().max(64).optional(),
    text: userText.optional(),
    timezone: timezone.optional(),
    reference_time: instant.optional(),
  })
  .refine((answer) => answer.choice_id !== undefined || answer.text !== undefined, {
    message: 'needs a choice_id or a text',
  });
export const receiptUndo = z.strictObject({ turn_id: uuid, receipt_id: uuid });
const sessionHistory = z.strictObject({
  before: z.int().positive().optional(),
  limit: z.int().min(1).max(100).optional(),
});
const authRefresh = z.strictObject({ token: z.string().max(8192) });

const submitted = z.object({
  turn_id: uuid,
  /** The session the turn belongs to: another one than the caller's when a retry had lost its session id. */
  session_id: uuid,
  turn_seq: z.int().positive(),
  position: z.int().nonnegative(),
});

/** Client events: payload and what the acknowledgement carries besides `ok`. One entry per event. */
export const CLIENT_EVENTS = {
  'turn.submit': { payload: turnSubmit, ack: submitted },
  'turn.cancel': {
    payload: turnCancel,
    ack: z.object({ state: z.enum(['cancelled', 'cancelling', 'too_late', 'tombstoned']) }),
  },
  'clarification.answer': { payload: clarificationAnswer, ack: submitted },
  'receipt.undo': { payload: receiptUndo, ack: submitted },
  'session.history': {
    payload: sessionHistory,
    ack: z.object({ turns: z.array(turnRecord), next: z.int().nullable() }),
  },
  'auth.refresh': { payload: authRefresh, ack: z.object({ expires_at: instant }) },
} as const;

export type ClientEvent = keyof typeof CLIENT_EVENTS;
export type ClientPayload<E extends ClientEvent> = z.input<(typeof CLIENT_EVENTS)[E]['payload']>;
export type ParsedPayload<E extends ClientEvent> = z.output<(typeof CLIENT_EVENTS)[E]['payload']>;
export type AckData<E extends ClientEvent> = z.infer<(typeof CLIENT_EVENTS)[E]['ack']>;
export type Ack<E extends ClientEvent> = ({ ok: true } & AckData<E>) | { ok: false; error: WireError };
export const refusedAck = z.object({ ok: z.literal(false), error: wireError });

/** Socket.IO's own typing of both directions, inferred from the tables above. */
export type ClientToServer = {
  [E in ClientEvent]: (payload: ClientPayload<E>, ack: (answer: Ack<E>) => void) => void;
};
/** Every message to a client is this one event. */
export interface ServerToClient {
  frame: (frame: Frame) => void;
}
