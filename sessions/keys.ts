/**
 * Every Redis key of a session. The braces are Redis Cluster's hash tag: all keys of one session lie in one slot, so
 * its scripts are atomic there too. The leading `pp1` is the schema version of what the keys hold; values that are
 * documents carry theirs as `v` besides.
 */
const prefix = (sessionId: string): string => `pp1:{${sessionId}}`;

/** All keys of one session. */
export interface SessionKeys {
  /** Hash: place in the log, who runs, bodies of open turns, context. */
  state: string;
  /** Sorted set: open turns by number. */
  open: string;
  /** Sorted set: turns that ended before their go, by number, until the watermark has passed them. */
  done: string;
  /** Stream: the outbox; entry ids are the frames' seq. */
  outbox: string;
  /** List: seqs of the running turn's deltas, dropped when it ends. */
  deltas: string;
  /** Channel: rings when the outbox has grown. */
  bell: string;
}

/** The keys as they stand in Redis; nothing else may spell them. */
export function sessionKeys(sessionId: string): SessionKeys {
  const p = prefix(sessionId);
  return {
    state: `${p}:state`,
    open: `${p}:open`,
    done: `${p}:done`,
    outbox: `${p}:out`,
    deltas: `${p}:deltas`,
    bell: `${p}:bell`,
  };
}

/** Channel of what concerns a user on all devices. */
export const newsChannel = (userId: string): string => `pp1:{${userId}}:news`;

/** Hash: what is kept of a user's tier and settings, and how often these were changed. */
export const profileKey = (userId: string): string => `pp1:{${userId}}:profile`;

/** Hash of a user's open connections on all gateways, by socket id. */
export const connectionsKey = (userId: string): string => `pp1:{${userId}}:connections`;
