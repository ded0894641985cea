import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  copyCheckpoint,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointTuple,
  type PendingWrite,
} from '@langchain/langgraph-checkpoint';
import { z } from 'zod';

/**
 * A waiting graph as JSON, kept with its question in Postgres. `v` is the shape of this envelope; LangGraph's own
 * version stands inside the checkpoint.
 */
const storedCheckpoint = z.object({
  v: z.literal(2),
  checkpoint: z.looseObject({ v: z.number(), id: z.string() }),
  metadata: z.looseObject({}),
  writes: z.array(z.tuple([z.string(), z.string(), z.unknown()])),
});
export type StoredCheckpoint = z.infer<typeof storedCheckpoint>;

/** @returns null for one that this version can't read */
export function readCheckpoint(json: unknown): StoredCheckpoint | null {
  const parsed = storedCheckpoint.safeParse(json);
  return parsed.success ? parsed.data : null;
}

const asking = z.looseObject({
  channel_values: z.looseObject({
    waiting: z.looseObject({ question: z.looseObject({ memo: z.unknown() }) }),
  }),
});

/** What a waiting graph keeps with its question; undefined for one that this version can't read. */
export const memoIn = (json: unknown): unknown =>
  asking.safeParse(readCheckpoint(json)?.checkpoint).data?.channel_values.waiting.question.memo;

/** What the acts of a plan were about when they were shown, one memo for each; kept where a question has its checkpoint. */
const keptPlan = z.object({ v: z.literal('plan'), memos: z.array(z.unknown()) });
export type KeptPlan = z.infer<typeof keptPlan>;

/** @returns null for what is no such thing */
export const readPlan = (json: unknown): KeptPlan | null => keptPlan.safeParse(json).data ?? null;

interface Thread {
  checkpoint: Checkpoint;
  metadata: CheckpointMetadata;
  writes: [taskId: string, channel: string, value: unknown][];
}

/**
 * Keeps a run in memory only while it runs. A checkpoint for every turn would triple the load of Postgres; one is
 * needed only when a turn ends in a question, and then it is written in that turn's own transaction (`take`).
 */
export class RunSaver extends BaseCheckpointSaver {
  private readonly threads = new Map<string, Thread>();

  /** Hands over what a run left that waits for an answer. */
  take(threadId: string): StoredCheckpoint {
    const thread = this.threads.get(threadId);
    if (!thread) throw new Error('The run left no checkpoint');
    // Through JSON on purpose: what can't be written must fail here and not at the answer.
    return storedCheckpoint.parse(JSON.parse(JSON.stringify({ v: 2, ...thread })));
  }

  /** Puts a kept run back in its place, so that the graph can go on; the copy it was given stays as it is. */
  restore(threadId: string, stored: StoredCheckpoint): void {
    const { checkpoint, metadata, writes } = structuredClone(stored);
    this.threads.set(threadId, {
      checkpoint: checkpoint as unknown as Checkpoint,
      metadata: metadata as unknown as CheckpointMetadata,
      writes,
    });
  }

  /** Forgets a run that is over. */
  drop(threadId: string): void {
    this.threads.delete(threadId);
  }

  override getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    const threadId = threadOf(config);
    const thread = this.threads.get(threadId);
    if (!thread) return Promise.resolve(undefined);
    return Promise.resolve({
      config: {
        configurable: { thread_id: threadId, checkpoint_ns: '', checkpoint_id: thread.checkpoint.id },
      },
      checkpoint: copyCheckpoint(thread.checkpoint),
      metadata: thread.metadata,
      pendingWrites: thread.writes,
    });
  }

  // eslint-disable-next-line require-yield -- a run has no history here: only its last state counts
  override async *list(
    _config: RunnableConfig,
    _options?: CheckpointListOptions,
  ): AsyncGenerator<CheckpointTuple> {
    return;
  }

  override put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
  ): Promise<RunnableConfig> {
    const threadId = threadOf(config);
    const before = this.threads.get(threadId);
    const writes = before?.checkpoint.id === checkpoint.id ? before.writes : [];
    this.threads.set(threadId, { checkpoint, metadata, writes });
    return Promise.resolve({
      configurable: { thread_id: threadId, checkpoint_ns: '', checkpoint_id: checkpoint.id },
    });
  }

  override putWrites(config: RunnableConfig, writes: PendingWrite[], taskId: string): Promise<void> {
    const thread = this.threads.get(threadOf(config));
    if (!thread || thread.checkpoint.id !== config.configurable?.['checkpoint_id']) return Promise.resolve();
    for (const [channel, value] of writes) {
      // A channel such as the interrupt is written once by a task; the later write holds.
      thread.writes = thread.writes.filter(([task, name]) => task !== taskId || name !== channel);
      thread.writes.push([taskId, channel, value]);
    }
    return Promise.resolve();
  }

  override deleteThread(threadId: string): Promise<void> {
    this.threads.delete(threadId);
    return Promise.resolve();
  }
}

function threadOf(config: RunnableConfig): string {
  const id: unknown = config.configurable?.['thread_id'];
  if (typeof id !== 'string') throw new Error('A run needs a thread id');
  return id;
}
