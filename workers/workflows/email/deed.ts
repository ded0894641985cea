import type { EmailType } from './template-shape.ts';

/** The same sentence in three tones: neutral, formal, friendly. */
export type Toned = readonly [neutral: string, formal: string, friendly: string];

/**
 * What somebody says an email shall do, and how that is said to the reader. In texts `{x}` is the rest of what was
 * said, `{s}` its first clause, `{n}` that without its article.
 */
export interface Deed {
  /** The clause after its "to"; WHO stands for the reader. The group `x` is the rest, `n` a thing in it. */
  said: string;
  type: EmailType;
  /** In place of the opening of the type, null where the opening fits, with `x` as its topic. */
  words: Toned | null;
  /** Null for the subject of the type. */
  subject: string | null;
  /** In place of what closes the type. */
  close?: Toned;
  /** Whether a thing that was not said is still left to fill in. */
  gap?: true;
}

export const ANSWER: Toned = [
  'I look forward to hearing from you.',
  'I look forward to your reply.',
  'Let me know when you get a chance!',
];
export const SUITS: Toned = [
  'Please let me know whether that suits you.',
  'I would be grateful if you could let me know whether that is convenient for you.',
  'Let me know whether that works for you!',
];
export const PLEASE: Toned = [
  'Thank you in advance.',
  'I would greatly appreciate your help.',
  'That would help me a lot, thank you!',
];
export const GLAD: Toned = [
  'I look forward to hearing from you.',
  'I look forward to hearing from you.',
  'Talk to you soon!',
];
