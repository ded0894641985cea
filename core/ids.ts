import { v7 } from 'uuid';

/** A new time-ordered id (UUID v7), as everything made here carries. */
export const newId = (): string => v7();
