import { z } from 'zod';
import {
  entityChanged,
  noticeFrame,
  sessionDeletedFrame,
  sessionFrame,
  sessionReady,
  sessionRenamed,
  sessionResumed,
  sessionSnapshot,
  type Frame,
  type UserNews,
} from '../../contracts/frames.ts';

/** A numbered frame that this client can't read: it still holds its place in the log, so it must be counted. */
export interface UnknownFrame {
  type: 'unknown';
  session_id: string;
  epoch: string;
  seq: number;
}

const envelope = z.looseObject({ type: z.string() });
const place = z.object({ session_id: z.string(), epoch: z.string(), seq: z.int().positive() });
const unnumbered: ReadonlyMap<string, z.ZodType<Frame>> = new Map<string, z.ZodType<Frame>>([
  ['session.ready', sessionReady],
  ['session.resumed', sessionResumed],
  ['session.snapshot', sessionSnapshot],
  ['entity.changed', entityChanged],
  ['notice', noticeFrame],
  ['session.renamed', sessionRenamed],
  ['session.deleted', sessionDeletedFrame],
]);

/** What arrived as the event `frame`: a known frame, the place of an unknown one, or nothing of use. */
export function readFrame(raw: unknown): Frame | UnknownFrame | null {
  const outer = envelope.safeParse(raw);
  if (!outer.success) return null;
  const known = (unnumbered.get(outer.data.type) ?? sessionFrame).safeParse(raw);
  if (known.success) return known.data;
  const numbered = place.safeParse(raw);
  return numbered.success ? { type: 'unknown', ...numbered.data } : null;
}

const NEWS: ReadonlySet<string> = new Set<UserNews['type']>([
  'entity.changed',
  'notice',
  'session.renamed',
  'session.deleted',
]);

/** What concerns a user on all devices, whichever conversation it came with. */
export const isNews = (frame: Frame | UnknownFrame): frame is UserNews => NEWS.has(frame.type);
