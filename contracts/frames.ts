import { z } from 'zod';
import { clarification, closeReason } from './clarification.ts';
import { ENTITIES, type EntityKind } from './entities.ts';
import { instant, uuid } from './ids.ts';
import { act } from './nlu.ts';
import { card, turnRecord, turnResult } from './result.ts';
import { tier, usageStatus } from './usage.ts';

/**
 * Frames that go through a session's outbox. They are written as drafts, without their place in the log; the append
 * script gives `epoch` and `seq`. Adding a frame means one entry here.
 */
const common = { session_id: uuid, at: instant, turn_id: uuid, attempt: z.int().nonnegative() };
const draft = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...common, ...shape });

const accepted = draft('turn.accepted', {
  turn_seq: z.int().positive(),
  position: z.int().nonnegative(),
  text: z.string(),
});
const started = draft('turn.started', {});
const restarted = draft('turn.restarted', {});
const amended = draft('turn.amended', { amended_by: uuid });
const understood = draft('turn.understood', { acts: z.array(act) });
const progress = draft('turn.progress', { stage: z.string(), label: z.string() });
const delta = draft('reply.delta', { text: z.string() });
const cardFrame = draft('card', { card });
const asked = draft('clarification.requested', { clarification });
const closed = draft('clarification.closed', { clarification_id: uuid, reason: closeReason });
const completed = draft('turn.completed', { result: turnResult });
const failed = draft('turn.failed', { result: turnResult });
const cancelled = draft('turn.cancelled', { result: turnResult });

const drafts = [
  accepted,
  started,
  restarted,
  amended,
  understood,
  progress,
  delta,
  cardFrame,
  asked,
  closed,
  completed,
  failed,
  cancelled,
] as const;
const frameDraft = z.discriminatedUnion('type', drafts);
export type FrameDraft = z.infer<typeof frameDraft>;

const place = { epoch: z.string(), seq: z.int().positive() };
/** A frame with its place in the session's log; `seq` is gapless within an `epoch`. */
export const sessionFrame = z.discriminatedUnion('type', [
  accepted.extend(place),
  started.extend(place),
  restarted.extend(place),
  amended.extend(place),
  understood.extend(place),
  progress.extend(place),
  delta.extend(place),
  cardFrame.extend(place),
  asked.extend(place),
  closed.extend(place),
  completed.extend(place),
  failed.extend(place),
  cancelled.extend(place),
]);
export type SessionFrame = z.infer<typeof sessionFrame>;

const TERMINAL_TYPES = ['turn.completed', 'turn.failed', 'turn.cancelled'] as const;
export type TerminalType = (typeof TERMINAL_TYPES)[number];
export type TerminalFrame = Extract<SessionFrame, { type: TerminalType }>;
export type TerminalDraft = Extract<FrameDraft, { type: TerminalType }>;
/** Whether a frame ends its turn; works on drafts and on what a client has read, whatever else they hold. */
export const isTerminal = <F extends { type: string }>(
  frame: F,
): frame is Extract<F, { type: TerminalType }> => (TERMINAL_TYPES as readonly string[]).includes(frame.type);

export const notice = z.object({
  notice_id: uuid,
  kind: z.enum(['reminder_due', 'briefing_ready', 'quota', 'draining', 'standing_question', 'email_failed']),
  text: z.string(),
  data: z.record(z.string(), z.unknown()),
  created_at: instant,
});
export type Notice = z.infer<typeof notice>;

const limits = z.object({
  text_max_chars: z.int(),
  waiting_turns_max: z.int(),
  turns_per_minute: z.int(),
  burst: z.int(),
});

/** First frame of a connection. */
export const sessionReady = z.object({
  type: z.literal('session.ready'),
  session_id: uuid,
  epoch: z.string(),
  tail_seq: z.int().nonnegative(),
  user_id: uuid,
  tier,
  limits,
  protocol: z.literal(1),
  /** When the token that opened the connection runs out. */
  expires_at: instant,
  open_clarifications: z.array(clarification),
  notices: z.array(notice),
});
export const sessionResumed = z.object({
  type: z.literal('session.resumed'),
  session_id: uuid,
  epoch: z.string(),
  complete: z.literal(true),
  from: z.int(),
  to: z.int(),
});
export const sessionSnapshot = z.object({
  type: z.literal('session.snapshot'),
  session_id: uuid,
  epoch: z.string(),
  tail_seq: z.int(),
  complete: z.literal(false),
  /** The last turns, oldest first, among them the running one and those that wait. */
  turns: z.array(turnRecord),
  running: z.object({ turn_id: uuid, attempt: z.int(), text: z.string() }).nullable(),
  queue: z.array(uuid),
  open_clarifications: z.array(clarification),
  /** `limit` and `remaining` are null where there is no limit (premium). */
  quota: usageStatus.pick({ tokens_used: true, limit: true, remaining: true, resets_at: true }),
});
export type SessionSnapshot = z.infer<typeof sessionSnapshot>;

/** User-wide news: to every device of the user, not numbered. `item` is null when the thing is gone. */
const changed = <K extends EntityKind, T extends z.ZodType>(kind: K, item: T) =>
  z.object({
    type: z.literal('entity.changed'),
    kind: z.literal(kind),
    id: uuid,
    op: z.enum(['create', 'update', 'delete', 'restore']),
    version: z.int(),
    item: item.nullable(),
    at: instant,
  });
export const entityChanged = z.discriminatedUnion('kind', [
  changed('task', ENTITIES.task),
  changed('event', ENTITIES.event),
  changed('reminder', ENTITIES.reminder),
  changed('draft', ENTITIES.draft),
  changed('contact', ENTITIES.contact),
  changed('fact', ENTITIES.fact),
  changed('delivery', ENTITIES.delivery),
  changed('setting', ENTITIES.setting),
]);
export const noticeFrame = z.object({ type: z.literal('notice'), notice, at: instant });
/** A conversation was named by its user, or is gone with all that was said in it. */
export const sessionRenamed = z.object({
  type: z.literal('session.renamed'),
  session_id: uuid,
  title: z.string(),
  at: instant,
});
export const sessionDeletedFrame = z.object({
  type: z.literal('session.deleted'),
  session_id: uuid,
  at: instant,
});
export const userNews = z.union([entityChanged, noticeFrame, sessionRenamed, sessionDeletedFrame]);
export type UserNews = z.infer<typeof userNews>;

/** Everything that arrives as the event `frame`. Clients ignore types they don't know. */
const frame = z.union([
  sessionFrame,
  sessionReady,
  sessionResumed,
  sessionSnapshot,
  entityChanged,
  noticeFrame,
  sessionRenamed,
  sessionDeletedFrame,
]);
export type Frame = z.infer<typeof frame>;
