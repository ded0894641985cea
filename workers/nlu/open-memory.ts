import type { Config } from '../../core/config.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Db } from '../../db/connect.ts';
import { memoryRecords } from '../../db/memory.ts';
import type { Analytics } from '../../integrations/analytics/analytics.ts';
import { encoderModel, LOCAL_MODEL } from '../../models/encoder/encoder-model.ts';
import type { Encoder } from '../../models/encoder/encoder.ts';
import { HubVectors } from '../../models/recall/hub-vectors.ts';
import { RecallVectors } from '../../models/recall/recall-vectors.ts';
import { Memory } from '../../sessions/memory/memory.ts';

/**
 * The memory of conversations, with the vectors of `ENCODER_MODEL`.
 *
 * @param encoder the one in the repository, which understanding has opened
 */
export function openMemory({
  config,
  runtime,
  db,
  analytics,
  encoder,
}: {
  config: Pick<Config, 'ENCODER_MODEL' | 'RECALL_THRESHOLD' | 'PULSEPLAN_DATA_DIR'>;
  runtime: Pick<Runtime, 'clock' | 'log'>;
  db: Db;
  analytics: Analytics;
  encoder: Encoder;
}): { memory: Memory; close(): Promise<void> } {
  const hub =
    config.ENCODER_MODEL === LOCAL_MODEL
      ? null
      : new HubVectors({
          model: encoderModel(config.ENCODER_MODEL, config.PULSEPLAN_DATA_DIR),
          onEvent: ({ level, message }) => runtime.log[level](message),
        });
  const memory = new Memory({
    records: memoryRecords(db, runtime.log),
    vectors: hub ?? RecallVectors.open(encoder),
    settings: { recent: 10, semantic: 3, threshold: config.RECALL_THRESHOLD },
    clock: runtime.clock,
    onFailure: (userId, errorType) =>
      analytics.capture(userId, 'embedding_generation_failed', {
        error_type: errorType,
        component: 'memory',
      }),
  });
  return { memory, close: async () => hub?.close() };
}
