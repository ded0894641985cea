import type { ScheduleInstance, ScheduleSolution, ScheduleTask } from '../../../contracts/schedule.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** What stands on the wall of a zone, asked of the runtime itself. */
function wallOf(zone: string): (ms: number) => { date: string; minute: number; weekday: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const known = new Map<number, { date: string; minute: number; weekday: string }>();
  return (ms) => {
    const seen = known.get(ms);
    if (seen) return seen;
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const wall = {
      date: `${part['year']}-${part['month']}-${part['day']}`,
      minute: Number(part['hour']) * 60 + Number(part['minute']),
      weekday: (part['weekday'] ?? '').toLowerCase(),
    };
    known.set(ms, wall);
    return wall;
  };
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const clock = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const HOURS = { morning: [5, 12], afternoon: [12, 17], evening: [17, 22] } as const;

/**
 * Judges a plan by the rules of docs/scheduling.md and adds up what it costs. It shares no code with the engine and
 * knows time only through Intl.
 */
export function judge(
  instance: ScheduleInstance,
  plan: ScheduleSolution,
): { broken: string[]; objective: number } {
  const broken = new Set<string>();
  const rule = (name: string, holds: boolean): void => {
    if (!holds) broken.add(name);
  };
  const wall = wallOf(instance.timezone);
  const grid = instance.gridMinutes * MINUTE;
  const first = dayOf(instance.horizon.start);
  const blocks = plan.blocks
    .map(({ task, start, end }) => ({ task, from: Date.parse(start), to: Date.parse(end) }))
    .sort((a, b) => a.from - b.from);

  for (const { from, to } of blocks) {
    rule('block', from < to);
    rule('grid', from % grid === 0 && to % grid === 0);
    rule('now', from >= Date.parse(instance.now));
    const places = new Set<string>();
    for (let ms = from; ms < to; ms += grid) {
      const { date, minute, weekday } = wall(ms);
      const day = dayOf(date);
      rule('horizon', day >= first && day < first + instance.horizon.days);
      const windows = Object.entries(instance.workingHours).find(([name]) => name === weekday)?.[1] ?? [];
      const at = windows.findIndex(([open, close]) => minute >= clock(open) && minute < clock(close));
      places.add(at < 0 ? 'none' : `${date} ${at}`);
    }
    rule('hours', places.size === 1 && !places.has('none'));
    for (const event of instance.events) {
      const [begin, end] = [Date.parse(event.start), Date.parse(event.end)];
      rule('event', !(from < end && begin < to));
      rule('buffer', !(from < end && begin >= to && begin < to + instance.bufferMinutes * MINUTE));
    }
  }
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    if (!next) continue;
    rule('overlap', next.from >= block.to);
    rule('buffer', next.from < block.to || next.from >= block.to + instance.bufferMinutes * MINUTE);
  }
  const perDay = new Map<string, number>();
  for (const { from, to } of blocks)
    perDay.set(wall(from).date, (perDay.get(wall(from).date) ?? 0) + (to - from) / MINUTE);
  for (const minutes of perDay.values()) rule('daily', minutes <= instance.maxDailyMinutes);

  const of = (id: string): typeof blocks => blocks.filter(({ task }) => task === id);
  let objective = 0;
  for (const task of instance.tasks) {
    const own = of(task.id);
    rule('unscheduled', plan.unscheduled.includes(task.id) === (own.length === 0));
    if (own.length === 0) {
      rule('pinned', task.pinned === null);
      objective +=
        instance.priorityWeights[task.priority] *
        instance.weights.drop *
        (task.durationMinutes / instance.gridMinutes);
      continue;
    }
    judgeTask(instance, task, own, of, rule);
    objective += costOf(instance, task, own, wall, first);
  }
  const known = new Set(instance.tasks.map(({ id }) => id));
  rule('task', blocks.every(({ task }) => known.has(task)) && plan.unscheduled.every((id) => known.has(id)));
  return { broken: [...broken].sort(), objective };
}

interface Placed {
  from: number;
  to: number;
}

function judgeTask(
  instance: ScheduleInstance,
  task: ScheduleTask,
  own: readonly Placed[],
  of: (id: string) => readonly Placed[],
  rule: (name: string, holds: boolean) => void,
): void {
  const sizes = own.map(({ from, to }) => (to - from) / MINUTE);
  rule('duration', sizes.reduce((sum, size) => sum + size, 0) === task.durationMinutes);
  rule('split', task.splittable || own.length === 1);
  if (task.splittable) {
    rule(
      'chunk',
      sizes.every((size) => size >= (task.minChunkMinutes ?? 0) && size <= (task.maxChunkMinutes ?? 0)),
    );
    own.slice(1).forEach(({ from }, index) => {
      rule('gap', from - (own[index]?.to ?? 0) >= instance.chunkGapMinutes * MINUTE);
    });
  }
  rule('release', task.release === null || own.every(({ from }) => from >= Date.parse(task.release ?? '')));
  const hard = task.deadlineType === 'hard' && task.deadline !== null;
  rule('deadline', !hard || own.every(({ to }) => to <= Date.parse(task.deadline ?? '')));
  if (task.pinned) {
    const wanted = task.pinned.map(({ start, end }) => `${Date.parse(start)} ${Date.parse(end)}`).sort();
    rule(
      'pinned',
      wanted.join() ===
        own
          .map(({ from, to }) => `${from} ${to}`)
          .sort()
          .join(),
    );
  }
  for (const id of task.after) {
    const before = of(id);
    rule('after', before.length > 0 && before.every(({ to }) => own.every(({ from }) => from >= to)));
  }
}

function costOf(
  instance: ScheduleInstance,
  task: ScheduleTask,
  own: readonly Placed[],
  wall: ReturnType<typeof wallOf>,
  first: number,
): number {
  const { weights, previous } = instance;
  const grid = instance.gridMinutes * MINUTE;
  const weight = instance.priorityWeights[task.priority];
  const released = task.release === null ? first : dayOf(wall(Date.parse(task.release)).date);
  const due = task.deadlineType === 'soft' && task.deadline !== null ? Date.parse(task.deadline) : Infinity;
  const before = previous?.[task.id]?.map(({ start, end }) => [Date.parse(start), Date.parse(end)] as const);
  let cost = weights.chunk * (own.length - 1);
  for (const { from, to } of own)
    for (let ms = from; ms < to; ms += grid) {
      const { date, minute } = wall(ms);
      cost += weight * weights.sooner * (dayOf(date) - Math.max(first, released));
      const days = Math.max(0, Math.floor((ms - due) / DAY));
      if (ms + grid > due)
        cost += weight * Math.min(weights.lateCap, weights.late + weights.latePerDay * days);
      if (task.preferred !== null) {
        const [open, close] = HOURS[task.preferred];
        if (minute < open * 60 || minute >= close * 60) cost += weights.preference;
      }
      if (before && !before.some(([begin, end]) => ms >= begin && ms + grid <= end)) cost += weights.move;
    }
  return cost;
}
