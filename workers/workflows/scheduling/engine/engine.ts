import type { ScheduleBlock, ScheduleInstance, ScheduleStatus } from '../../../../contracts/schedule.ts';

/** What a plan may take. `seed` and the instance alone decide the plan; time only cuts the search short. */
export interface PlanLimits {
  budgetMs: number;
  seed: number;
  signal?: AbortSignal | undefined;
}

/** A valid plan. `bound` is what no plan can be better than, null where nothing is proven. Milliseconds in `timings`. */
export interface EnginePlan {
  status: ScheduleStatus;
  blocks: ScheduleBlock[];
  unscheduled: string[];
  /** What it costs by the instance's weights; less is better. */
  objective: number;
  bound: number | null;
  timings: { compile: number; search: number; total: number };
}

/** A rule that a plan breaks. */
export interface Violation {
  rule: string;
  message: string;
}

/** What decides when tasks are worked on. Behind it stands one engine or another. */
export interface SchedulingEngine {
  plan(instance: ScheduleInstance, limits: PlanLimits): Promise<EnginePlan>;
  /** The rules that a plan breaks, wherever it comes from; none for a valid one. */
  check(
    instance: ScheduleInstance,
    plan: { blocks: readonly ScheduleBlock[]; unscheduled: readonly string[] },
  ): Violation[];
}
