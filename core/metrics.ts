import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export type StageTimer = (stage: string, ms: number) => void;

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** All metrics of one process. No label ever holds a user, a session or words. */
export class Metrics {
  readonly registry = new Registry();
  readonly stageDuration = new Histogram({
    name: 'pulseplan_stage_duration_seconds',
    help: 'Work of one stage of a turn',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly turnDuration = new Histogram({
    name: 'pulseplan_turn_duration_seconds',
    help: 'From admission to the end of a turn',
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly turns = new Counter({
    name: 'pulseplan_turns_total',
    help: 'Turns by how they ended and what understood them',
    labelNames: ['status', 'source'],
    registers: [this.registry],
  });
  readonly sockets = new Gauge({
    name: 'pulseplan_sockets',
    help: 'Open sockets',
    registers: [this.registry],
  });
  readonly sessions = new Gauge({
    name: 'pulseplan_sessions_active',
    help: 'Sessions with somebody connected',
    registers: [this.registry],
  });
  readonly outboxLag = new Histogram({
    name: 'pulseplan_outbox_lag_seconds',
    help: 'From writing a frame to sending it',
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly recoveries = new Counter({
    name: 'pulseplan_recoveries_total',
    help: 'Resumed connections, whole or by snapshot',
    labelNames: ['complete'],
    registers: [this.registry],
  });
  readonly jobStalls = new Counter({
    name: 'pulseplan_job_stalls_total',
    help: 'Jobs taken over from a dead worker',
    labelNames: ['queue'],
    registers: [this.registry],
  });
  readonly recalls = new Counter({
    name: 'pulseplan_recalls_total',
    help: 'Looks at earlier turns, by why they went without their meaning: off, encoder_down, or none',
    labelNames: ['fallback'],
    registers: [this.registry],
  });
  readonly queueDepth = new Gauge({
    name: 'pulseplan_queue_depth',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'],
    registers: [this.registry],
  });
  readonly queueOldest = new Gauge({
    name: 'pulseplan_queue_oldest_waiting_seconds',
    help: 'Age of the job that waits longest',
    labelNames: ['queue'],
    registers: [this.registry],
  });

  readonly llmCalls = new Counter({
    name: 'pulseplan_llm_calls_total',
    help: 'Calls of a language model by how they ended',
    labelNames: ['operation', 'outcome'],
    registers: [this.registry],
  });
  readonly llmTokens = new Counter({
    name: 'pulseplan_llm_tokens_total',
    help: 'Tokens that providers counted',
    labelNames: ['operation'],
    registers: [this.registry],
  });
  readonly quotaRefusals = new Counter({
    name: 'pulseplan_quota_refusals_total',
    help: 'Uses that were refused because tokens were missing',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'pulseplan_' });
  }

  /** One ended turn. `source` is null where it ended before it was understood. */
  countTurn(status: string, source: string | null, durationMs: number): void {
    this.turns.inc({ status, source: source ?? 'none' });
    this.turnDuration.observe(durationMs / 1000);
  }

  readonly timeStage: StageTimer = (stage, ms) => this.stageDuration.observe({ stage }, ms / 1000);
}
