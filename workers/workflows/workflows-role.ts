import type { Redis } from 'ioredis';
import type { Logger } from '../../core/logger.ts';
import type { Metrics } from '../../core/metrics.ts';
import { startQueueWorker, type IsErased, type QueueWorker } from '../../core/queues.ts';
import { answering } from '../../core/requests.ts';
import { applyEffects, type EffectsDeps } from './apply-effects.ts';
import { TurnRunner, type TurnRunnerDeps } from './run-turn.ts';

/** What the entry of the process has opened. */
export interface WorkflowsRoleDeps extends TurnRunnerDeps {
  redis: Redis;
  effects: EffectsDeps;
  metrics: Metrics;
  isErased: IsErased;
  log: Logger;
  concurrency: number;
}

/** The workflow stage: queue `workflows`. */
export function startWorkflowsRole(deps: WorkflowsRoleDeps): QueueWorker {
  const runner = new TurnRunner(deps);
  return startQueueWorker({
    queue: 'workflows',
    connection: deps.redis,
    concurrency: deps.concurrency,
    isErased: deps.isErased,
    log: deps.log,
    onStalled: () => deps.metrics.jobStalls.inc({ queue: 'workflows' }),
    handlers: {
      'turn.act': (job) => runner.handle(job),
      'effects.apply': answering('effects.apply', deps, (request) => applyEffects(deps.effects, request)),
    },
  });
}
