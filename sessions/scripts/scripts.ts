import { KEEP_MS, PRELUDE, SCHEMA_VERSION } from './prelude.ts';

/**
 * ARGV: turn, seq, body, frames…
 * Registers an admitted turn. Answers `go` when its number is next and nobody has been told to run it.
 */
const enter = `${PRELUDE}
local epoch = alive()
if not epoch then return {'missing'} end
local turn, seq = ARGV[1], tonumber(ARGV[2])
if ended(turn, seq) then return {'done', epoch} end
redis.call('ZADD', O, seq, turn)
local body = redis.call('HGET', S, 'b:' .. turn)
if not body or fence_of(body) < fence_of(ARGV[3]) then redis.call('HSET', S, 'b:' .. turn, ARGV[3]) end
append(epoch, turn, 4)
local s = redis.call('HMGET', S, 'freed', 'cur')
local freed = tonumber(s[1])
if freed == seq - 1 then
  if s[2] == turn then return {'running', epoch} end
  return {'go', epoch}
end
local known = redis.call('ZCOUNT', O, freed + 1, seq - 1) + redis.call('ZCOUNT', D, freed + 1, seq - 1)
if known < seq - 1 - freed then return {'gap', epoch} end
return {'wait', epoch}
`;

/**
 * ARGV: turn, seq, fence, stage, lease ms
 * One stage of one attempt takes the session. Answers ok with body, context and plan, or why not: missing, unknown,
 * done, wait (its number is not next), early (its plan is not here yet), stale, live (with the ms its lease still has),
 * dead.
 */
const claim = `${PRELUDE}
local epoch = alive()
if not epoch then return {'missing'} end
local turn, seq, fence, stage = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
if ended(turn, seq) then return {'done'} end
if not redis.call('ZSCORE', O, turn) then return {'unknown'} end
local s = redis.call('HMGET', S, 'freed', 'cur', 'fence', 'stage', 'lease', 'ctx', 'plan', 'b:' .. turn)
if tonumber(s[1]) ~= seq - 1 then return {'wait'} end
-- The fence was raised by somebody who died before saying so here: the caller brings the newer body first.
if fence_of(s[8]) < fence then return {'unknown'} end
-- A job from before the fence was raised; who raised it has added another.
if fence_of(s[8]) > fence then return {'stale'} end
local t = now()
if s[2] == turn then
  local held = tonumber(s[3])
  if fence < held then return {'stale'} end
  if fence == held then
    local mine = (stage == 'nlu' and s[4] == 'queued') or (stage == 'act' and s[4] == 'handed')
    if not mine then
      if stage == 'nlu' and (s[4] == 'handed' or s[4] == 'act') then return {'passed'} end
      local left = tonumber(s[5]) - t
      if left > 0 and stage == 'act' and s[4] == 'nlu' then return {'early'} end
      if left > 0 then return {'live', left} end
      return {'dead'}
    end
  elseif stage == 'act' then
    return {'dead'}
  end
elseif stage == 'act' then
  return {'dead'}
end
redis.call('HSET', S, 'cur', turn, 'fence', fence, 'stage', stage, 'lease', t + tonumber(ARGV[5]))
return {'ok', s[8], s[6] or '', s[7] or ''}
`;

const HELD = `
local epoch = alive()
if not epoch then return 'missing' end
local s = redis.call('HMGET', S, 'cur', 'fence', 'stage')
if s[1] ~= ARGV[1] or s[2] ~= ARGV[2] then return 'lost' end
`;

/** ARGV: turn, fence, lease ms, plan, frames… The understanding stage hands its lease and its plan on. */
const handOver = `${PRELUDE}${HELD}
if s[3] ~= 'nlu' then return 'lost' end
redis.call('HSET', S, 'stage', 'handed', 'plan', ARGV[4], 'lease', now() + tonumber(ARGV[3]))
append(epoch, ARGV[1], 5)
return 'ok'
`;

/** ARGV: turn, fence, lease ms, frames… Frames of the running attempt; renews its lease. */
const emit = `${PRELUDE}${HELD}
redis.call('HSET', S, 'lease', now() + tonumber(ARGV[3]))
append(epoch, ARGV[1], 4)
return 'ok'
`;

/** ARGV: turn, fence, attempt body, frames… A running turn starts over with a raised fence. */
const restart = `${PRELUDE}
local epoch = alive()
if not epoch then return 'missing' end
local turn, fence = ARGV[1], tonumber(ARGV[2])
if not redis.call('ZSCORE', O, turn) then return 'unknown' end
local s = redis.call('HMGET', S, 'cur', 'fence')
if s[1] == turn and tonumber(s[2]) >= fence then return 'stale' end
redis.call('HSET', S, 'b:' .. turn, ARGV[3])
append(epoch, turn, 4)
-- Whose end is committed but not published still holds the session; its publisher wakes this turn.
if s[1] and s[1] ~= turn then return 'wait' end
redis.call('HSET', S, 'cur', turn, 'fence', fence, 'stage', 'queued', 'lease', 0)
redis.call('HDEL', S, 'plan')
return 'ok'
`;

/**
 * ARGV: turn, seq, context ('' leaves it), frames… (the last is terminal)
 * Writes the end of a turn once, drops its deltas, and frees the session in the same step. Answers the body of the
 * turn that is next.
 */
const finish = `${PRELUDE}
local epoch = alive()
if not epoch then return {'missing'} end
local turn, seq = ARGV[1], tonumber(ARGV[2])
local over = ended(turn, seq)
if not over then
  append(epoch, turn, 4, true)
  local cur = redis.call('HGET', S, 'cur')
  redis.call('ZREM', O, turn)
  redis.call('ZADD', D, seq, turn)
  redis.call('HDEL', S, 'b:' .. turn, 'm:' .. turn)
  if cur == turn then
    local dropped = redis.call('LRANGE', L, 0, -1)
    for i = 1, #dropped, 500 do
      local ids = {}
      for j = i, math.min(i + 499, #dropped) do ids[#ids + 1] = dropped[j] .. '-0' end
      redis.call('XDEL', X, unpack(ids))
    end
    if #dropped > 0 then redis.call('DEL', L) end
    redis.call('HDEL', S, 'cur', 'stage', 'plan', 'fence', 'lease')
  end
  local freed = tonumber(redis.call('HGET', S, 'freed'))
  if seq == freed + 1 then
    -- A turn that ended out of its turn has no say in what the session remembers.
    if ARGV[3] ~= '' then redis.call('HSET', S, 'ctx', ARGV[3]) end
    while redis.call('ZCOUNT', D, freed + 1, freed + 1) > 0 do freed = freed + 1 end
    redis.call('HSET', S, 'freed', freed)
    redis.call('ZREMRANGEBYSCORE', D, '-inf', freed)
  end
  for i = 1, 5 do redis.call('PEXPIRE', KEYS[i], ${KEEP_MS}) end
end
local s = redis.call('HMGET', S, 'freed', 'cur')
if not s[2] then
  local next = redis.call('ZRANGE', O, 0, 0, 'WITHSCORES')
  if next[1] and tonumber(next[2]) == tonumber(s[1]) + 1 then
    return {over and 'done' or 'ok', redis.call('HGET', S, 'b:' .. next[1])}
  end
end
return {over and 'done' or 'ok'}
`;

/**
 * ARGV: key, context as read, context to be, frames…
 * A frame that belongs to no running turn, once for its key. Answers `again` when the context was another one by now.
 */
const announce = `${PRELUDE}
local epoch = alive()
if not epoch then return 'missing' end
if (redis.call('HGET', S, 'ctx') or '') ~= ARGV[2] then return 'again' end
redis.call('HSET', S, 'ctx', ARGV[3])
append(epoch, ARGV[1], 4)
return 'ok'
`;

/**
 * ARGV: epoch, expected epoch ('' = only if none is alive), freed, context, n open, (turn, seq, body)…, (turn, seq) of
 * ended turns… Makes a session's state anew from what Postgres has.
 */
const rebuild = `${PRELUDE}
local epoch = alive()
if epoch and epoch ~= ARGV[2] then return {'alive', epoch} end
redis.call('DEL', S, O, D, X, L)
redis.call('HSET', S, 'v', '${SCHEMA_VERSION}', 'run', run_id(), 'epoch', ARGV[1], 'tail', 0, 'trim', 0,
  'freed', ARGV[3], 'ctx', ARGV[4])
local n, i = tonumber(ARGV[5]), 6
for _ = 1, n do
  redis.call('ZADD', O, ARGV[i + 1], ARGV[i])
  redis.call('HSET', S, 'b:' .. ARGV[i], ARGV[i + 2])
  i = i + 3
end
while i < #ARGV do
  redis.call('ZADD', D, ARGV[i + 1], ARGV[i])
  i = i + 2
end
for k = 1, 5 do redis.call('PEXPIRE', KEYS[k], ${KEEP_MS}) end
redis.call('PUBLISH', B, '["' .. ARGV[1] .. '"]')
return {'made', ARGV[1]}
`;

/** Takes all of a session away. Nobody is told: whoever follows its log hears of it by the news of its user. */
const forget = `redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5])
return 'ok'
`;

/** ARGV: from seq (exclusive), count. Reads the log; never writes. */
const read = `${PRELUDE}
local epoch = alive()
if not epoch then return {'missing'} end
local s = redis.call('HMGET', S, 'tail', 'trim', 'cur', 'ctx')
local frames = {}
if tonumber(ARGV[2]) > 0 then
  for _, entry in ipairs(redis.call('XRANGE', X, '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2])) do
    frames[#frames + 1] = entry[2][2]
  end
end
return {'ok', epoch, s[1], s[2], s[3] or '', s[4] or '', frames}
`;

/** ARGV: turn. What the sweeper needs to know of a running turn. */
const inspect = `${PRELUDE}
local epoch = alive()
if not epoch then return {'missing'} end
local s = redis.call('HMGET', S, 'freed', 'cur', 'fence', 'stage', 'lease')
return {'ok', redis.call('ZSCORE', O, ARGV[1]) and 1 or 0, s[1],
  s[2] or '', s[3] or '', s[4] or '', s[5] and (tonumber(s[5]) - now()) or 0, epoch}
`;

export const SCRIPTS = {
  enter,
  claim,
  handOver,
  emit,
  restart,
  finish,
  announce,
  rebuild,
  forget,
  read,
  inspect,
} as const;
export type ScriptName = keyof typeof SCRIPTS;
