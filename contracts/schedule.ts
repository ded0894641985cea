import { z } from 'zod';
import { instant, localDate, timezone } from './ids.ts';

/**
 * Instances and solutions of the scheduling engine, as `npm run --silent plan` reads and writes them: JSON in camelCase,
 * instants in ISO 8601. docs/scheduling.md has the rules and the objective.
 */
const INSTANCE_FORMAT = 'pulseplan-schedule-instance/1';
const SOLUTION_FORMAT = 'pulseplan-schedule-solution/1';

const DAYS_MAX = 366;
const TASKS_MAX = 2_000;
const EVENTS_MAX = 20_000;
const MINUTES_MAX = 31 * 24 * 60;

const id = z.string().min(1).max(200);
const title = z.string().max(4_000);
const minutes = z.int().min(0).max(MINUTES_MAX);
const weight = z.int().min(0).max(1_000_000);

/** A stretch that takes time. */
const stretch = z
  .strictObject({ start: instant, end: instant })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), 'has its end not after its start');

const clock = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 09:30');
const dayWindow = z
  .tuple([clock, clock])
  .refine(([from, to]) => from < to, 'has its end not after its start; use two windows around midnight');
const windows = z.array(dayWindow).max(24);

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** From local hour to local hour. */
export const BANDS = { morning: [5, 12], afternoon: [12, 17], evening: [17, 22] } as const;

const priority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const scheduleTask = z.strictObject({
  id,
  title,
  durationMinutes: minutes.min(1),
  /** 4 is the most important. */
  priority,
  splittable: z.boolean(),
  minChunkMinutes: minutes.min(1).optional(),
  maxChunkMinutes: minutes.min(1).optional(),
  release: instant.nullable(),
  deadline: instant.nullable(),
  deadlineType: z.enum(['none', 'soft', 'hard']),
  /** Tasks that have to be over before this one begins; it is planned only if they are. */
  after: z.array(id).max(TASKS_MAX),
  preferred: z.enum(['morning', 'afternoon', 'evening']).nullable(),
  /** Exactly here, whatever it costs. */
  pinned: z.array(stretch).min(1).max(200).nullable(),
});

const instanceShape = z.strictObject({
  format: z.literal(INSTANCE_FORMAT, { error: `must be "${INSTANCE_FORMAT}"` }),
  id,
  /** What it was generated from. */
  seed: z.int().optional(),
  timezone,
  horizon: z.strictObject({ start: localDate, days: z.int().min(1).max(DAYS_MAX) }),
  /** Nothing may begin before it. */
  now: instant,
  gridMinutes: z.literal(15, { error: 'must be 15' }),
  /** By the clock on the wall; a missing day is free of work. */
  workingHours: z.partialRecord(z.enum(WEEKDAYS), windows),
  maxDailyMinutes: minutes,
  /** After a block, this long without another block or an event. */
  bufferMinutes: minutes,
  /** Between two chunks of one task. */
  chunkGapMinutes: minutes,
  priorityWeights: z.strictObject({ 1: weight, 2: weight, 3: weight, 4: weight }),
  weights: z.strictObject({
    drop: weight,
    late: weight,
    latePerDay: weight,
    lateCap: weight,
    sooner: weight,
    preference: weight,
    chunk: weight,
    move: weight,
  }),
  events: z.array(z.strictObject({ id, title, start: instant, end: instant })).max(EVENTS_MAX),
  tasks: z.array(scheduleTask).max(TASKS_MAX),
  /** The plan in force, by task. */
  previous: z.record(id, z.array(stretch).max(200)).nullable(),
});

/** A scheduling problem. */
export const scheduleInstance = instanceShape.superRefine(checkInstance);
export type ScheduleInstance = z.infer<typeof instanceShape>;
export type ScheduleTask = z.infer<typeof scheduleTask>;

function checkInstance(instance: ScheduleInstance, context: z.RefinementCtx): void {
  const fault = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  const { tasks, events, gridMinutes } = instance;
  const known = new Set(tasks.map((task) => task.id));
  if (known.size < tasks.length) fault(['tasks'], 'has two tasks of one id');
  for (const [index, event] of events.entries())
    if (Date.parse(event.end) < Date.parse(event.start)) fault(['events', index], 'ends before it starts');
  for (const [index, task] of tasks.entries()) {
    const at = (field: string): (string | number)[] => ['tasks', index, field];
    const { minChunkMinutes: min, maxChunkMinutes: max } = task;
    if (task.durationMinutes % gridMinutes !== 0)
      fault(at('durationMinutes'), `must be a multiple of ${gridMinutes}`);
    if (task.splittable && (min === undefined || max === undefined))
      fault(at('splittable'), 'needs minChunkMinutes and maxChunkMinutes');
    if (min !== undefined && max !== undefined && min > max)
      fault(at('minChunkMinutes'), 'is above the most');
    if (task.deadlineType !== 'none' && task.deadline === null)
      fault(at('deadline'), 'is missing for this deadlineType');
    if (task.after.some((other) => !known.has(other))) fault(at('after'), 'names a task that is not there');
  }
}

/** A block of work. */
const scheduleBlock = z.strictObject({ task: id, start: instant, end: instant });
export type ScheduleBlock = z.infer<typeof scheduleBlock>;

/** A plan: the instance it is for, when each task is worked on, and what found no place. */
const scheduleSolution = z.object({
  format: z.literal(SOLUTION_FORMAT),
  instance: id,
  blocks: z.array(scheduleBlock),
  unscheduled: z.array(id),
});
export type ScheduleSolution = z.infer<typeof scheduleSolution>;

/** How far a plan is known to be good; `timeout` is a valid plan that the time cut short. */
export type ScheduleStatus = 'feasible' | 'improved' | 'optimal' | 'timeout';

export const solutionOf = (
  instance: ScheduleInstance,
  plan: { blocks: readonly ScheduleBlock[]; unscheduled: readonly string[] },
): ScheduleSolution => ({
  format: SOLUTION_FORMAT,
  instance: instance.id,
  blocks: [...plan.blocks],
  unscheduled: [...plan.unscheduled],
});
export const instanceFormat = INSTANCE_FORMAT;

/** One line of `npm run plan`: an instance with how long the engine may take, and what makes it repeat itself. */
export const planRequest = z
  .strictObject({
    ...instanceShape.shape,
    budget_ms: z.number().min(0).max(600_000).optional(),
    solver_seed: z.int().optional(),
  })
  .superRefine(checkInstance);
