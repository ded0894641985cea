import type { Draft } from '../../../contracts/entities.ts';

export type Tone = Draft['tone'];

export const EMAIL_TYPES = [
  'general',
  'thank_you',
  'apology',
  'follow_up',
  'meeting_request',
  'invitation',
  'request',
  'reminder',
  'introduction',
  'decline',
  'leave_request',
  'status_update',
  'complaint',
  'congratulation',
  'resignation',
  'cancellation',
] as const;
export type EmailType = (typeof EMAIL_TYPES)[number];

/** What opens an email and what closes it; what the user wants to say stands between. */
export interface Frame {
  /** What stands in braces is left out where no topic is known, and the rest reads well without it. */
  open: string;
  close: string;
}

export interface Template {
  /** The subject where none was said. */
  subject: string;
  /** The subject where one was said. */
  about: string;
  /** Words of the type itself at the beginning of a subject, which are no part of its topic. */
  own: RegExp | null;
  /** In place of what was not said: what to put there. */
  gap: string;
  tones: Readonly<Record<Tone, Frame>>;
}
