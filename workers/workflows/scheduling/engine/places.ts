import type { ScheduleInstance, ScheduleTask } from '../../../../contracts/schedule.ts';
import { NO_WINDOW, type Calendar } from './compile.ts';
import { slotCosts } from './objective.ts';

/** Slots of a block, the end exclusive. */
export interface Place {
  from: number;
  to: number;
}

const FREE = 0;
const TAKEN = 1;
/** Of places that cost the same the earlier ones; too little to outweigh a cost, which is whole. */
const EARLIER = 1e-8;

/** Between which slots a task may be worked on; `to` is exclusive. */
export interface Bounds {
  from: number;
  to: number;
}

/** What is free while a plan grows. Every place it gives is valid beside those that were taken before. */
export class Places {
  private readonly state: Uint8Array;
  /** Slots of work on each day so far. */
  private readonly load: Int32Array;
  private readonly capacity: number;
  private readonly buffer: number;
  private readonly gap: number;
  /** First and last working slot of each day; `to` is exclusive. */
  private readonly ofDay: Place[];
  /** How many slots from here on are free in one window. */
  private readonly run: Int32Array;
  /** Costs of all slots before this one, of the task that is looked at. */
  private readonly sums: Float64Array;

  constructor(
    private readonly instance: ScheduleInstance,
    private readonly calendar: Calendar,
  ) {
    const { count, window, day, days, slotMs, originMs } = calendar;
    const inSlots = (minutes: number): number => Math.ceil(minutes / instance.gridMinutes);
    this.buffer = inSlots(instance.bufferMinutes);
    this.gap = Math.max(this.buffer, inSlots(instance.chunkGapMinutes));
    this.capacity = Math.floor(instance.maxDailyMinutes / instance.gridMinutes);
    this.load = new Int32Array(days);
    this.state = new Uint8Array(count);
    this.run = new Int32Array(count + 1);
    this.sums = new Float64Array(count + 1);
    this.ofDay = Array.from({ length: days }, () => ({ from: count, to: 0 }));
    for (let slot = 0; slot < count; slot += 1) {
      if (window[slot] === NO_WINDOW) {
        this.state[slot] = TAKEN;
        continue;
      }
      const range = this.ofDay[day[slot] ?? -1];
      if (!range) continue;
      range.from = Math.min(range.from, slot);
      range.to = slot + 1;
    }
    const bufferMs = instance.bufferMinutes * 60_000;
    for (const event of instance.events) {
      const [start, end] = [Date.parse(event.start), Date.parse(event.end)];
      // A block that has a slot of these ends too late before the event, or begins before it is over.
      const from = Math.floor((start - bufferMs - originMs) / slotMs);
      // What has no length still parts what is before it from what comes after.
      const to = Math.max(Math.ceil((end - originMs) / slotMs), Math.floor((start - originMs) / slotMs) + 1);
      this.fill({ from, to });
    }
  }

  copy(): Places {
    const other: Places = Object.create(Places.prototype) as Places;
    return Object.assign(other, this, {
      state: this.state.slice(),
      load: this.load.slice(),
      run: this.run.slice(),
      sums: this.sums.slice(),
    });
  }

  private fill({ from, to }: Place): void {
    this.state.fill(TAKEN, Math.max(0, from), Math.max(0, to));
  }

  /** Takes places for good; those around them are kept free for the buffer. */
  take(places: readonly Place[]): void {
    for (const { from, to } of places) {
      const day = this.calendar.day[from] ?? -1;
      if (day >= 0) this.load[day] = (this.load[day] ?? 0) + to - from;
      this.fill({ from: from - this.buffer, to: to + this.buffer });
    }
  }

  /** The cheapest places for a whole task beside what is taken, of several the earliest; null when it finds none. */
  best(task: ScheduleTask, bounds: Bounds): Place[] | null {
    this.look(task, bounds);
    const length = task.durationMinutes / this.instance.gridMinutes;
    if (task.splittable) return this.inChunks(task, length);
    const place = this.whole(length, bounds);
    return place && [place];
  }

  /** Fills in runs and costs of all working hours; what is out of bounds has no run. */
  private look(task: ScheduleTask, bounds: Bounds): void {
    const { calendar, run, sums, state } = this;
    const { window, day, minute, originMs, slotMs } = calendar;
    const costAt = slotCosts(this.instance, calendar, task);
    let before = -1;
    for (const { from, to } of this.ofDay) {
      // Where work goes on over midnight, so do the sums.
      if (from !== before) sums[from] = 0;
      before = to;
      for (let slot = from; slot < to; slot += 1) {
        const usable = state[slot] === FREE && slot >= bounds.from && slot < bounds.to;
        run[slot] = usable ? 1 : 0;
        const cost = usable
          ? costAt(originMs + slot * slotMs, day[slot] ?? 0, minute[slot] ?? 0) + slot * EARLIER
          : 0;
        sums[slot + 1] = (sums[slot] ?? 0) + cost;
      }
      for (let slot = to - 2; slot >= from; slot -= 1)
        if (run[slot] && window[slot] === window[slot + 1]) run[slot] = 1 + (run[slot + 1] ?? 0);
    }
  }

  private whole(length: number, bounds: Bounds): Place | null {
    const { run, sums, load, capacity } = this;
    let [best, least] = [-1, Infinity];
    for (const [day, range] of this.ofDay.entries()) {
      if ((load[day] ?? 0) + length > capacity) continue;
      const until = Math.min(range.to, bounds.to) - length;
      for (let slot = Math.max(range.from, bounds.from); slot <= until; slot += 1) {
        if ((run[slot] ?? 0) < length) continue;
        const cost = (sums[slot + length] ?? 0) - (sums[slot] ?? 0);
        if (cost < least) [best, least] = [slot, cost];
      }
    }
    return best < 0 ? null : { from: best, to: best + length };
  }

  /** Exact: the least cost of each amount of work on each day by itself, and then how much of it goes to which day. */
  private inChunks(task: ScheduleTask, length: number): Place[] | null {
    const grid = this.instance.gridMinutes;
    const chunk = {
      min: Math.ceil((task.minChunkMinutes ?? grid) / grid),
      max: Math.floor((task.maxChunkMinutes ?? grid) / grid),
    };
    const days = this.ofDay.length;
    // Of the days before a day: what each amount costs at least, and how much of it falls on the last of them.
    let costs = new Float64Array(length + 1).fill(Infinity);
    costs[0] = 0;
    const shares: Int32Array[] = [];
    for (let day = 0; day < days; day += 1) {
      const own = this.onDay(day, length, chunk)?.costs;
      const share = new Int32Array(length + 1);
      shares.push(share);
      if (!own) continue;
      const next = costs.slice();
      for (let before = 0; before < length; before += 1) {
        const base = costs[before] ?? Infinity;
        if (base === Infinity) continue;
        const most = Math.min(own.length - 1, length - before);
        for (let amount = chunk.min; amount <= most; amount += 1) {
          const cost = base + (own[amount] ?? Infinity);
          if (cost < (next[before + amount] ?? Infinity)) {
            next[before + amount] = cost;
            share[before + amount] = amount;
          }
        }
      }
      costs = next;
    }
    if (costs[length] === Infinity) return null;
    const places: Place[] = [];
    for (let day = days - 1, left = length; day >= 0 && left > 0; day -= 1) {
      const amount = shares[day]?.[left] ?? 0;
      if (amount === 0) continue;
      places.unshift(...(this.onDay(day, length, chunk)?.placesOf(amount) ?? []));
      left -= amount;
    }
    return places;
  }

  /** What each amount of work in chunks costs at least on one day; null where nothing fits. */
  private onDay(
    day: number,
    length: number,
    chunk: { min: number; max: number },
  ): { costs: Float64Array; placesOf(amount: number): Place[] } | null {
    const { run, sums, gap } = this;
    const range = this.ofDay[day];
    const most = Math.min(length, this.capacity - (this.load[day] ?? 0));
    if (!range || range.from >= range.to || most < chunk.min) return null;
    const end = Math.min(range.to, this.nextWork(day) - gap);
    const span = Math.max(0, end - range.from);
    const width = most + 1;
    const steps = span + chunk.max + gap + 1;
    // By the slot at which the next chunk may begin, and the amount so far.
    const table = new Float64Array(steps * width).fill(Infinity);
    const came = new Int16Array(steps * width);
    table[0] = 0;
    const { chunk: perChunk } = this.instance.weights;
    let fits = false;
    for (let step = 0; step < steps - 1; step += 1) {
      const slot = range.from + step;
      const longest = step < span ? Math.min(run[slot] ?? 0, chunk.max, end - slot) : 0;
      for (let amount = 0; amount <= most; amount += 1) {
        const base = table[step * width + amount] ?? Infinity;
        if (base === Infinity) continue;
        const stay = (step + 1) * width + amount;
        if (base < (table[stay] ?? Infinity)) {
          table[stay] = base;
          came[stay] = 0;
        }
        const upTo = Math.min(longest, most - amount);
        for (let size = chunk.min; size <= upTo; size += 1) {
          const to = (step + size + gap) * width + amount + size;
          const cost = base + perChunk + (sums[slot + size] ?? 0) - (sums[slot] ?? 0);
          if (cost < (table[to] ?? Infinity)) {
            table[to] = cost;
            came[to] = size;
            fits = true;
          }
        }
      }
    }
    if (!fits) return null;
    const last = (steps - 1) * width;
    const placesOf = (amount: number): Place[] => {
      const places: Place[] = [];
      for (let [step, left] = [steps - 1, amount]; left > 0 && step > 0;) {
        const size = came[step * width + left] ?? 0;
        if (size === 0) {
          step -= 1;
          continue;
        }
        step -= size + gap;
        const from = range.from + step;
        places.unshift({ from, to: from + size });
        left -= size;
      }
      return places;
    };
    return { costs: table.subarray(last, last + width), placesOf };
  }

  /** Where work goes on after a day; chunks on both sides of midnight keep their pause. */
  private nextWork(day: number): number {
    const next = this.ofDay.slice(day + 1).find(({ from, to }) => from < to);
    return next?.from ?? this.calendar.count + this.gap;
  }
}
