import { FLAG_DEFAULTS, type Flags } from '../../contracts/flags.ts';

/** Where a user's flags come from. Answers at once: what is not known yet has its compiled default. */
export interface FlagSource {
  flagsOf(userId: string): Flags;
}

export const COMPILED_FLAGS: FlagSource = { flagsOf: () => ({ ...FLAG_DEFAULTS }) };
