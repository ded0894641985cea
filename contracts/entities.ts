import { z } from 'zod';
import { instant, uuid } from './ids.ts';
import { dateOrInstant, priority } from './slots.ts';

const taskStatus = z.enum(['open', 'done']);

/** A task as clients see it. `due_date` is a day, or an instant with offset when a time was given. */
export const task = z.object({
  id: uuid,
  title: z.string(),
  status: taskStatus,
  due_date: dateOrInstant.nullable(),
  priority,
  duration_minutes: z.int().nullable(),
  list: z.string().nullable(),
  tags: z.array(z.string()),
  recurrence: z.string().nullable(),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  version: z.int(),
  created_at: instant,
  completed_at: instant.nullable(),
});
export type Task = z.infer<typeof task>;

/** An email that is kept and not sent. `method` says who worded it: a template, or a language model. */
export const draft = z.object({
  id: uuid,
  recipients: z.array(z.string()),
  subject: z.string(),
  body: z.string(),
  email_type: z.string(),
  tone: z.enum(['neutral', 'formal', 'friendly']),
  method: z.enum(['template', 'llm']),
  version: z.int(),
  created_at: instant,
  updated_at: instant,
});
export type Draft = z.infer<typeof draft>;

/** What kinds of things a user owns that effects can change. */
export const entityKind = z.enum(['task', 'draft']);
export type EntityKind = z.infer<typeof entityKind>;
