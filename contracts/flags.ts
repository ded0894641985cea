import { z } from 'zod';

/** Flags with their compiled defaults, used until (or unless) a flag service answers. */
export const FLAG_DEFAULTS = {
  enable_new_intent_classifier: true,
  enable_advanced_scheduling: true,
  enable_multi_turn_memory: true,
  enable_llm_enrichment: true,
} as const satisfies Record<string, boolean>;
export type FlagName = keyof typeof FLAG_DEFAULTS;
export type Flags = Record<FlagName, boolean>;
export const flags: z.ZodType<Flags> = z.object({
  enable_new_intent_classifier: z.boolean(),
  enable_advanced_scheduling: z.boolean(),
  enable_multi_turn_memory: z.boolean(),
  enable_llm_enrichment: z.boolean(),
});
