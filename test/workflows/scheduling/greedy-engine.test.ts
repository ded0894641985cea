import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleInstance, solutionOf, type ScheduleInstance } from '../../../contracts/schedule.ts';
import { greedyEngine } from '../../../workers/workflows/scheduling/engine/greedy-engine.ts';
import type { EnginePlan } from '../../../workers/workflows/scheduling/engine/engine.ts';
import { blank, instances, task } from './instances.ts';
import { judge } from './judge.ts';

const plan = (instance: ScheduleInstance): Promise<EnginePlan> =>
  greedyEngine.plan(instance, { budgetMs: 60_000, seed: 1 });

/** Blocks as `task hour–hour`, in UTC. */
const told = ({ blocks }: EnginePlan): string[] =>
  blocks.map(({ task: id, start, end }) => `${id} ${start.slice(8, 16)}–${end.slice(11, 16)}`);

describe('any week', () => {
  it('is planned by every rule, at the cost that is told', async () => {
    await fc.assert(
      fc.asyncProperty(instances, async (instance) => {
        const found = await plan(instance);
        const judged = judge(instance, solutionOf(instance, found));
        expect(judged.broken).toEqual([]);
        expect(judged.objective).toBe(found.objective);
        expect(greedyEngine.check(instance, found)).toEqual([]);
        expect(found).toMatchObject({ status: 'feasible', bound: null });
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('is planned the same again, whatever order its tasks and events stand in', async () => {
    const shuffled = instances.chain((instance) =>
      fc.record({
        instance: fc.constant(instance),
        tasks: fc.shuffledSubarray(instance.tasks, { minLength: instance.tasks.length }),
        events: fc.shuffledSubarray(instance.events, { minLength: instance.events.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ instance, tasks, events }) => {
        const [once, again, other] = [
          await plan(instance),
          await plan(instance),
          await plan({ ...instance, tasks, events }),
        ];
        expect(again.blocks).toEqual(once.blocks);
        expect(other.blocks).toEqual(once.blocks);
        expect(other.objective).toBe(once.objective);
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  it('keeps what is pinned where an earlier plan had it', async () => {
    await fc.assert(
      fc.asyncProperty(instances, fc.nat(11), async (instance, chosen) => {
        const before = await plan(instance);
        const id = before.blocks[chosen % Math.max(1, before.blocks.length)]?.task;
        const pinned = before.blocks
          .filter((block) => block.task === id)
          .map(({ start, end }) => ({ start, end }));
        const tasks = instance.tasks.map((one) => {
          const alone = { after: [], release: null, deadline: null, deadlineType: 'none' as const };
          return one.id === id ? { ...one, ...alone, pinned } : one;
        });
        const changed = { ...instance, tasks };
        const after = await plan(changed);
        expect(judge(changed, solutionOf(changed, after)).broken).toEqual([]);
      }),
      { numRuns: 100, seed: 9 },
    );
  });
});

describe('what comes first', () => {
  it('what matters more, then what is due, and the rest behind it', async () => {
    const found = await plan(
      blank({
        tasks: [
          task('someday'),
          task('due', { deadline: '2026-11-16T16:00:00Z', deadlineType: 'soft' }),
          task('urgent', { priority: 4 }),
        ],
        horizon: { start: '2026-11-16', days: 1 },
        maxDailyMinutes: 120,
      }),
    );
    expect(found.unscheduled).toEqual(['someday']);
    expect(told(found)).toEqual(['urgent 16T08:00–09:00', 'due 16T09:00–10:00']);
  });

  it('what others wait for', async () => {
    const found = await plan(
      blank({
        tasks: [
          task('publish', { priority: 4, after: ['review'] }),
          task('review', { after: ['write'], priority: 1 }),
          task('write', { priority: 1 }),
        ],
      }),
    );
    expect(told(found)).toEqual(['write 16T08:00–09:00', 'review 16T09:00–10:00', 'publish 16T10:00–11:00']);
  });

  it('without what it follows, a task is not planned; nor are those that wait for each other', async () => {
    const found = await plan(
      blank({
        tasks: [
          task('endless', { durationMinutes: 600 }),
          task('then', { after: ['endless'] }),
          task('hen', { after: ['egg'] }),
          task('egg', { after: ['hen'] }),
          task('free'),
        ],
      }),
    );
    expect(found.unscheduled).toEqual(['endless', 'then', 'hen', 'egg']);
    expect(told(found)).toEqual(['free 16T08:00–09:00']);
  });

  it('over before what is pinned and follows it', async () => {
    const pinned = [{ start: '2026-11-16T12:00:00Z', end: '2026-11-16T13:00:00Z' }];
    const found = await plan(
      blank({
        tasks: [task('lunch', { pinned, after: ['cook'] }), task('cook', { preferred: 'evening' })],
      }),
    );
    expect(told(found)).toEqual(['cook 16T08:00–09:00', 'lunch 16T12:00–13:00']);
  });
});

describe('room', () => {
  it('a buffer is kept before an event and between blocks, not after an event', async () => {
    const found = await plan(
      blank({
        bufferMinutes: 15,
        events: [{ id: 'standup', title: '', start: '2026-11-16T09:05:00Z', end: '2026-11-16T10:00:00Z' }],
        tasks: [task('a'), task('b'), task('c', { durationMinutes: 45 })],
      }),
    );
    expect(told(found)).toEqual(['c 16T08:00–08:45', 'a 16T10:00–11:00', 'b 16T11:15–12:15']);
  });

  it('long work is split around an event, with its pause, in as few parts as can be', async () => {
    const found = await plan(
      blank({
        events: [{ id: 'lunch', title: '', start: '2026-11-16T11:00:00Z', end: '2026-11-16T12:00:00Z' }],
        tasks: [
          task('book', {
            durationMinutes: 300,
            splittable: true,
            minChunkMinutes: 60,
            maxChunkMinutes: 180,
          }),
        ],
      }),
    );
    expect(told(found)).toEqual(['book 16T08:00–11:00', 'book 16T12:00–14:00']);
  });

  it('what has moved least stays where it was', async () => {
    const previous = { a: [{ start: '2026-11-16T12:00:00Z', end: '2026-11-16T13:00:00Z' }] };
    const found = await plan(blank({ tasks: [task('a'), task('b')], previous }));
    expect(told(found)).toEqual(['b 16T08:00–09:00', 'a 16T12:00–13:00']);
  });

  it('on the day on which the clocks go forward the night is an hour shorter', async () => {
    const found = await plan(
      blank({
        horizon: { start: '2026-03-29', days: 1 },
        now: '2026-03-28T12:00:00Z',
        workingHours: { sun: [['01:00', '04:00']] },
        tasks: [task('watch', { durationMinutes: 120 }), task('more', { durationMinutes: 15 })],
      }),
    );
    expect(told(found)).toEqual(['watch 29T00:00–02:00']);
    expect(found.unscheduled).toEqual(['more']);
  });

  it('on the day on which they go back it is an hour longer', async () => {
    const found = await plan(
      blank({
        horizon: { start: '2026-10-25', days: 1 },
        now: '2026-10-24T12:00:00Z',
        workingHours: { sun: [['01:00', '04:00']] },
        tasks: [task('watch', { durationMinutes: 240 })],
      }),
    );
    expect(told(found)).toEqual(['watch 24T23:00–03:00']);
  });

  it('time that is up cuts the search, not the plan', async () => {
    const instance = blank({ tasks: [task('a'), task('b')] });
    const found = await greedyEngine.plan(instance, { budgetMs: 0, seed: 1, signal: AbortSignal.abort() });
    expect(found.status).toBe('timeout');
    expect(judge(instance, solutionOf(instance, found)).broken).toEqual([]);
  });
});

describe('a check of a plan', () => {
  const instance = blank({
    bufferMinutes: 15,
    maxDailyMinutes: 180,
    events: [{ id: 'e', title: '', start: '2026-11-16T12:00:00Z', end: '2026-11-16T13:00:00Z' }],
    tasks: [
      task('a', { release: '2026-11-16T09:00:00Z' }),
      task('b', { after: ['a'], deadline: '2026-11-16T15:00:00Z', deadlineType: 'hard' }),
      task('c', { splittable: true, minChunkMinutes: 30, maxChunkMinutes: 60 }),
      task('p', { pinned: [{ start: '2026-11-18T08:00:00Z', end: '2026-11-18T09:00:00Z' }] }),
    ],
  });
  const right = {
    a: ['16T09:00-10:00'],
    b: ['16T10:15-11:15'],
    c: ['17T08:00-08:30', '17T09:00-09:30'],
    p: ['18T08:00-09:00'],
  };

  it.each<[rule: string, change: Record<string, string[]>]>([
    ['', {}],
    ['grid', { a: ['16T09:05-10:05'] }],
    ['event', { b: ['16T12:30-13:30'] }],
    ['buffer', { b: ['16T11:00-12:00'] }],
    ['overlap', { b: ['16T09:30-10:30'] }],
    ['hours', { a: ['16T15:30-16:30'], b: [] }],
    ['horizon', { c: ['21T08:00-09:00'] }],
    ['now', { c: ['16T06:00-07:00'] }],
    ['duration', { c: ['17T08:00-08:30'] }],
    ['split', { a: ['16T09:00-09:30', '16T09:45-10:15'] }],
    ['chunk', { c: ['17T08:00-08:15', '17T09:00-09:45'] }],
    ['gap', { c: ['17T08:00-08:30', '17T08:45-09:15'] }],
    ['release', { a: ['16T08:00-09:00'] }],
    ['deadline', { b: ['16T14:30-15:30'] }],
    ['after', { a: ['16T13:00-14:00'] }],
    ['after', { a: [] }],
    ['pinned', { p: ['18T09:00-10:00'] }],
    ['pinned', { p: [] }],
    ['daily', { c: ['16T13:00-13:30', '16T14:00-14:30'], p: ['18T08:00-09:00'], b: ['16T10:15-11:30'] }],
  ])('%s', (rule, change) => {
    const blocks = Object.entries({ ...right, ...change }).flatMap(([id, times]) =>
      times.map((time) => ({
        task: id,
        start: `2026-11-${time.slice(0, 8)}:00Z`,
        end: `2026-11-${time.slice(0, 3)}${time.slice(9)}:00Z`,
      })),
    );
    const unscheduled = instance.tasks.map(({ id }) => id).filter((id) => !blocks.some((b) => b.task === id));
    const found = [
      ...new Set(greedyEngine.check(instance, { blocks, unscheduled }).map((one) => one.rule)),
    ].sort();
    expect(found).toEqual(judge(instance, solutionOf(instance, { blocks, unscheduled })).broken);
    if (rule === '') expect(found).toEqual([]);
    else expect(found).toContain(rule);
  });

  it('names what is listed wrongly', () => {
    const found = greedyEngine.check(instance, {
      blocks: [{ task: 'nobody', start: '2026-11-17T08:00:00Z', end: '2026-11-17T09:00:00Z' }],
      unscheduled: ['a', 'b', 'c', 'ghost'],
    });
    expect(found.map(({ rule }) => rule)).toEqual(['task', 'task', 'unscheduled', 'pinned']);
  });
});

describe('an instance', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a task twice', { tasks: [task('a'), task('a')] }],
    ['a task after nobody', { tasks: [task('a', { after: ['b'] })] }],
    ['a length off the grid', { tasks: [task('a', { durationMinutes: 20 })] }],
    ['parts without sizes', { tasks: [task('a', { splittable: true })] }],
    ['a deadline without a date', { tasks: [task('a', { deadlineType: 'hard' })] }],
    ['a zone that does not exist', { timezone: 'Europe/Atlantis' }],
    ['hours that end before they begin', { workingHours: { mon: [['17:00', '09:00']] } }],
    [
      'an event that ends before it starts',
      { events: [{ id: 'e', title: '', start: '2026-11-16T12:00:00Z', end: '2026-11-16T11:00:00Z' }] },
    ],
    ['another format', { format: 'pulseplan-schedule-instance/2' }],
    ['something unknown', { colour: 'red' }],
  ])('with %s is refused', (_what, change) => {
    expect(scheduleInstance.safeParse({ ...blank(), ...change }).success).toBe(false);
    expect(scheduleInstance.safeParse(blank()).success).toBe(true);
  });
});
