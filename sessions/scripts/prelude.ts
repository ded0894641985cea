/**
 * How long a session's Redis state outlives its last end of a turn: a day for who comes back, and an hour more, so that
 * a question which that turn has asked expires in a log that is still there.
 */
export const KEEP_MS = 25 * 3600 * 1000;
/** Frames kept for replay. */
export const OUTBOX_MAX = 2000;
/** The log is looked at for trimming once in so many frames. */
const TRIM_EVERY = 64;
export const SCHEMA_VERSION = '1';

/**
 * Shared opening of every script. KEYS: state, open, done, outbox, deltas, bell (the channel; spelled as a key so that
 * it shares the slot).
 *
 * A state counts only in the life of the Redis process that wrote it (`run`): after a restart the append-only file may
 * lack the last writes, and a new epoch tells clients so.
 *
 * `append` takes frames as ARGV triples (mark, kind, json) of one turn. A mark is fence * 1e6 + ordinal and grows
 * within a turn, so a frame written twice, or by an attempt that has been replaced, is dropped. Kinds: `f` frame,
 * `d` delta, `t` terminal. It rings the bell once with everything it wrote: a gateway that is in step needs no read.
 */
export const PRELUDE = `
local S, O, D, X, L, B = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function run_id()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end
local function alive()
  local s = redis.call('HMGET', S, 'v', 'run', 'epoch')
  return s[1] == '${SCHEMA_VERSION}' and s[2] == run_id() and s[3]
end
-- A turn has ended when the watermark has passed it, or out of order before the watermark came.
local function ended(turn, seq)
  return seq <= tonumber(redis.call('HGET', S, 'freed')) or redis.call('ZSCORE', D, turn)
end
-- Quotes inside a text are escaped in JSON, so only the body's own field matches.
local function fence_of(body)
  return tonumber(string.match(body, '"fence":(%d+)'))
end
local function append(epoch, turn, first, ends)
  local mark_field = 'm:' .. turn
  local at = redis.call('HMGET', S, mark_field, 'tail')
  local mark, tail = tonumber(at[1] or -1), tonumber(at[2])
  local rung = {}
  for i = first, #ARGV, 3 do
    local m, kind = tonumber(ARGV[i]), ARGV[i + 1]
    if m > mark then
      mark = m
      tail = tail + 1
      local frame = '{"epoch":"' .. epoch .. '","seq":' .. tail .. ',' .. string.sub(ARGV[i + 2], 2)
      -- Text that comes together with the end of its turn is in the end already: it is told, not kept.
      if kind ~= 'd' or not ends then redis.call('XADD', X, tail .. '-0', 'f', frame) end
      if kind == 'd' and not ends then redis.call('RPUSH', L, tail) end
      rung[#rung + 1] = frame
    end
  end
  if #rung > 0 then
    redis.call('HSET', S, mark_field, mark, 'tail', tail)
    redis.call('PUBLISH', B, '["' .. epoch .. '",' .. table.concat(rung, ',') .. ']')
    if tail % ${TRIM_EVERY} < #rung and redis.call('XLEN', X) > ${OUTBOX_MAX} then
      redis.call('XTRIM', X, 'MAXLEN', ${OUTBOX_MAX})
      local head = redis.call('XRANGE', X, '-', '+', 'COUNT', 1)
      redis.call('HSET', S, 'trim', tonumber(string.match(head[1][1], '^%d+')) - 1)
    end
  end
  return #rung
end
`;
