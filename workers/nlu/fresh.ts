/** How long after a change a bare "actually 4pm" still means it. */
export const FRESH_MS = 10 * 60_000;
