import fc from 'fast-check';
import { scheduleInstance, type ScheduleInstance, type ScheduleTask } from '../../../contracts/schedule.ts';

/** Weeks in which the clocks change, some by half an hour, and zones that are off by quarters of one. */
export const WEEKS = [
  ['Europe/Vienna', '2026-03-27'],
  ['Europe/Vienna', '2026-10-23'],
  ['America/New_York', '2026-03-06'],
  ['America/New_York', '2026-10-30'],
  ['Australia/Lord_Howe', '2026-04-03'],
  ['Australia/Lord_Howe', '2026-10-02'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['Asia/Kolkata', '2026-05-04'],
  ['Pacific/Apia', '2026-01-05'],
  ['UTC', '2026-02-26'],
] as const;

type Windows = [string, string][];
const HOURS: Windows[] = [
  [['09:00', '17:00']],
  [
    ['08:30', '12:00'],
    ['13:00', '17:45'],
  ],
  // Over the hours at which clocks change, and around midnight.
  [
    ['00:00', '04:00'],
    ['21:00', '24:00'],
  ],
  [['01:15', '03:30']],
];

export const WEIGHTS = {
  drop: 100,
  late: 20,
  latePerDay: 5,
  lateCap: 80,
  sooner: 1,
  preference: 6,
  chunk: 8,
  move: 5,
};

/** An instance without events and tasks. */
export function blank(more: Partial<ScheduleInstance> = {}): ScheduleInstance {
  return {
    format: 'pulseplan-schedule-instance/1',
    id: 'week',
    timezone: 'Europe/Vienna',
    horizon: { start: '2026-11-16', days: 5 },
    now: '2026-11-16T07:00:00Z',
    gridMinutes: 15,
    workingHours: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
    ),
    maxDailyMinutes: 480,
    bufferMinutes: 0,
    chunkGapMinutes: 30,
    priorityWeights: { 1: 1, 2: 2, 3: 4, 4: 8 },
    weights: WEIGHTS,
    events: [],
    tasks: [],
    previous: null,
    ...more,
  };
}

/** A task of an hour that wants nothing. */
export const task = (id: string, more: Partial<ScheduleTask> = {}): ScheduleTask => ({
  id,
  title: id,
  durationMinutes: 60,
  priority: 2,
  splittable: false,
  release: null,
  deadline: null,
  deadlineType: 'none',
  after: [],
  preferred: null,
  pinned: null,
  ...more,
});

const QUARTER = 15 * 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/** Any week with any tasks: buffers, chunks, dependencies, deadlines, a plan in force. Nothing is pinned. */
export const instances: fc.Arbitrary<ScheduleInstance> = fc
  .record({
    week: fc.constantFrom(...WEEKS),
    days: fc.integer({ min: 1, max: 6 }),
    hours: fc.array(fc.constantFrom(...HOURS, []), { minLength: 7, maxLength: 7 }),
    buffer: fc.constantFrom(0, 0, 15, 10),
    gap: fc.constantFrom(0, 15, 30, 60),
    daily: fc.constantFrom(60, 240, 480),
    events: fc.array(fc.tuple(fc.integer({ min: 0, max: 6 * 288 }), fc.integer({ min: 0, max: 40 })), {
      maxLength: 8,
    }),
    tasks: fc.array(
      fc.record({
        quarters: fc.integer({ min: 1, max: 12 }),
        priority: fc.constantFrom(1, 2, 3, 4),
        chunk: fc.option(fc.constantFrom([2, 4], [1, 1], [2, 8], [3, 3])),
        release: fc.option(fc.integer({ min: 0, max: 300 })),
        deadline: fc.option(fc.integer({ min: 0, max: 600 })),
        hard: fc.boolean(),
        after: fc.array(fc.nat(11), { maxLength: 2 }),
        preferred: fc.option(fc.constantFrom('morning', 'afternoon', 'evening')),
        before: fc.option(fc.integer({ min: 0, max: 400 })),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ week: [timezone, start], days, hours, buffer, gap, daily, events, tasks }) => {
    const origin = Date.parse(`${start}T00:00:00Z`) - 6 * 3_600_000;
    const at = (quarters: number): string => iso(origin + quarters * QUARTER);
    const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    return scheduleInstance.parse({
      ...blank(),
      timezone,
      horizon: { start, days },
      now: at(10),
      workingHours: Object.fromEntries(names.map((name, index) => [name, hours[index]])),
      maxDailyMinutes: daily,
      bufferMinutes: buffer,
      chunkGapMinutes: gap,
      // Five minutes off the grid, some of them without a length.
      events: events.map(([from, length], index) => ({
        id: `e${index}`,
        title: 'event',
        start: iso(origin + from * 5 * 60_000),
        end: iso(origin + (from + length) * 5 * 60_000),
      })),
      tasks: tasks.map((said, index) => ({
        ...task(`t${index}`),
        durationMinutes: said.quarters * 15,
        priority: said.priority,
        splittable: said.chunk !== null,
        ...(said.chunk && {
          minChunkMinutes: (said.chunk[0] ?? 1) * 15,
          maxChunkMinutes: (said.chunk[1] ?? 1) * 15,
        }),
        release: said.release === null ? null : at(said.release),
        deadline: said.deadline === null ? null : at(said.deadline),
        deadlineType: said.deadline === null ? 'none' : said.hard ? 'hard' : 'soft',
        // Circles included: such tasks are left out.
        after: [...new Set(said.after)].filter((other) => other < tasks.length).map((other) => `t${other}`),
        preferred: said.preferred,
      })),
      previous: Object.fromEntries(
        tasks.flatMap(({ before, quarters }, index) =>
          before === null ? [] : [[`t${index}`, [{ start: at(before), end: at(before + quarters) }]]],
        ),
      ),
    });
  });
