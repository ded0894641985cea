import type { ScheduleInstance, ScheduleTask } from '../../../../contracts/schedule.ts';
import { checkPlan } from './check.ts';
import { compile, type Calendar } from './compile.ts';
import type { EnginePlan, PlanLimits, SchedulingEngine } from './engine.ts';
import { objectiveOf, spanOf, type Span } from './objective.ts';
import { ordersOf } from './orders.ts';
import { Places } from './places.ts';

const RETRIES_MAX = 3;

type Spans = ReadonlyMap<string, readonly Span[]>;

/**
 * Gives one task after the other the places that cost least at that moment, in a few fixed orders, and keeps the best
 * plan. Always valid and the same each time; how far it is from the best is not known. The seed changes nothing.
 */
export const greedyEngine: SchedulingEngine = {
  plan: (instance, limits) => Promise.resolve(planGreedily(instance, limits)),
  check: checkPlan,
};

function planGreedily(instance: ScheduleInstance, { budgetMs, signal }: PlanLimits): EnginePlan {
  const startedAt = performance.now();
  const calendar = compile(instance);
  const empty = new Places(instance, calendar);
  const compiledAt = performance.now();
  let best = undefined as { spans: Spans; objective: number } | undefined;
  let cut = false;
  const attempt = (order: readonly ScheduleTask[]): boolean => {
    cut ||= best !== undefined && (signal?.aborted === true || performance.now() - startedAt > budgetMs);
    if (cut) return false;
    const spans = construct(instance, calendar, empty.copy(), order);
    const objective = objectiveOf(instance, calendar, ({ id }) => spans.get(id) ?? []);
    const isBetter = best === undefined || objective < best.objective;
    if (isBetter) best = { spans, objective };
    return isBetter;
  };
  const { orders, first } = ordersOf(instance);
  for (const order of orders) attempt(order());
  // What found no place is given one before all else, as long as that helps.
  for (let tries = 0; tries < RETRIES_MAX; tries += 1) {
    const left = instance.tasks.filter(({ id }) => !best?.spans.has(id));
    if (left.length === 0 || !attempt(first(left))) break;
  }
  const { spans = new Map<string, Span[]>(), objective = 0 } = best ?? {};
  const endedAt = performance.now();
  return {
    status: cut ? 'timeout' : 'feasible',
    blocks: instance.tasks
      .flatMap(({ id }) => (spans.get(id) ?? []).map((span) => ({ task: id, ...span })))
      .sort((a, b) => a.start - b.start || (a.task < b.task ? -1 : 1))
      .map(({ task, start, end }) => ({ task, start: iso(start), end: iso(end) })),
    unscheduled: instance.tasks.filter(({ id }) => !spans.has(id)).map(({ id }) => id),
    objective,
    bound: null,
    timings: {
      compile: compiledAt - startedAt,
      search: endedAt - compiledAt,
      total: endedAt - startedAt,
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** One plan: what is pinned first, then each task of the order where it costs least, or nowhere. */
function construct(
  instance: ScheduleInstance,
  calendar: Calendar,
  places: Places,
  order: readonly ScheduleTask[],
): Spans {
  const { originMs, slotMs, count } = calendar;
  const spans = new Map<string, readonly Span[]>();
  /** Before these instants a task has to be over, since one that follows it is pinned. */
  const before = new Map<string, number>();
  for (const { id, pinned, after } of instance.tasks) {
    if (!pinned) continue;
    const own = pinned.map(spanOf);
    spans.set(id, own);
    places.take(
      own.map(({ start, end }) => ({
        from: Math.floor((start - originMs) / slotMs),
        to: Math.ceil((end - originMs) / slotMs),
      })),
    );
    const start = Math.min(...own.map((span) => span.start));
    for (const other of after) before.set(other, Math.min(start, before.get(other) ?? Infinity));
  }
  for (const task of order) {
    if (spans.has(task.id)) continue;
    const earlier = task.after.map((id) => spans.get(id));
    if (earlier.includes(undefined)) continue;
    const ends = earlier.flatMap((those) => those?.map(({ end }) => end) ?? []);
    const from = Math.max(originMs, ...ends, task.release === null ? originMs : Date.parse(task.release));
    const due = task.deadlineType === 'hard' && task.deadline !== null ? Date.parse(task.deadline) : Infinity;
    const to = Math.min(originMs + count * slotMs, due, before.get(task.id) ?? Infinity);
    const found = places.best(task, {
      from: Math.ceil((from - originMs) / slotMs),
      to: Math.floor((to - originMs) / slotMs),
    });
    if (!found) continue;
    places.take(found);
    spans.set(
      task.id,
      found.map((place) => ({ start: originMs + place.from * slotMs, end: originMs + place.to * slotMs })),
    );
  }
  return spans;
}
