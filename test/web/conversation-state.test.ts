import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame, Notice } from '../../contracts/frames.ts';
import {
  initialConversation,
  reduceConversation,
  type ConversationEvent,
  type ConversationState,
} from '../../web/client/conversation-state.ts';
import { replyOf, type Turn } from '../../web/client/turn-view.ts';
import { idOf, resultOf, SESSION, SessionLog, type TurnPlan } from './session-log.ts';

const ONLINE: ConversationEvent = { type: 'local.link', link: 'online' };
const OFFLINE: ConversationEvent = { type: 'local.link', link: 'reconnecting' };
const reduceAll = (
  events: readonly ConversationEvent[],
  from = initialConversation(null),
): ConversationState => events.reduce(reduceConversation, from);

const simple: TurnPlan = {
  attempts: [['Added ', '"study physics".']],
  amended: false,
  end: 'completed',
  early: false,
  answersQuestion: false,
};
const turnPlan: fc.Arbitrary<TurnPlan> = fc.record({
  attempts: fc.array(fc.array(fc.constantFrom('a', 'b', 'c '), { maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  }),
  amended: fc.boolean(),
  end: fc.constantFrom('completed', 'completed', 'asks', 'refuses', 'failed', 'cancelled'),
  early: fc.boolean(),
  answersQuestion: fc.boolean(),
});
/** Ended turns, and at the end perhaps one that still runs. */
const plans = fc
  .tuple(fc.array(turnPlan, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([all, running]) =>
    all.map((plan, index): TurnPlan =>
      running && index === all.length - 1 ? { ...plan, end: 'open', early: false } : plan,
    ),
  );

/** What a page shows; how it got there left no trace. */
const shown = (state: ConversationState): unknown => ({
  turns: state.turns.map((turn) => ({
    ...turn,
    acts: null,
    progress: null,
    question: turn.question ?? null,
  })),
  open: state.openQuestions,
  seq: state.seq,
  epoch: state.epoch,
  sync: state.sync,
});

function cleanRun(log: SessionLog): ConversationState {
  return reduceAll([ONLINE, log.ready(0), ...log.frames]);
}

/** One thing that may go wrong on the way. */
type Trouble =
  | { kind: 'deliver'; count: number }
  | { kind: 'double'; back: number }
  | { kind: 'late'; count: number }
  | { kind: 'resume'; ahead: number }
  | { kind: 'snapshot'; ahead: number };
const trouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.record({ kind: fc.constant('deliver' as const), count: fc.nat(6) }),
  fc.record({ kind: fc.constant('double' as const), back: fc.nat(12) }),
  fc.record({ kind: fc.constant('late' as const), count: fc.nat(12) }),
  fc.record({ kind: fc.constant('resume' as const), ahead: fc.nat(12) }),
  fc.record({ kind: fc.constant('snapshot' as const), ahead: fc.nat(12) }),
);

/** Plays the log with troubles to a client, as a server that keeps its rules would. */
function troubledRun(log: SessionLog, troubles: readonly Trouble[]): ConversationState {
  let state = reduceAll([ONLINE, log.ready(0)]);
  /** How far the server has written, and how far it has sent over this connection. */
  let sent = 0;
  const send = (events: readonly ConversationEvent[]): void => {
    state = reduceAll(events, state);
  };
  const reconnect = (to: number): void => {
    send([OFFLINE, ONLINE, log.ready(to), ...log.read(state.seq, to), log.resumed(state.seq, to)]);
    sent = to;
  };
  for (const step of [...troubles, { kind: 'deliver', count: log.tail } as const]) {
    if (step.kind === 'deliver') {
      const to = Math.min(sent + step.count, log.tail);
      send(log.frames.slice(sent, to));
      sent = to;
    } else if (step.kind === 'double') {
      send(log.frames.slice(Math.max(0, sent - step.back), sent));
    } else if (step.kind === 'late') {
      // The relay reads the log late: turns that have ended meanwhile come without their deltas.
      const to = Math.min(sent + step.count, log.tail);
      send(log.read(sent, to));
      sent = to;
    } else {
      const to = Math.min(Math.max(sent, state.seq) + step.ahead, log.tail);
      if (step.kind === 'resume') reconnect(to);
      else send([OFFLINE, ONLINE, log.ready(to), log.snapshot(to)]);
      sent = to;
    }
    // What the transport does about a hole that stays.
    if (state.sync === 'gap') reconnect(sent);
  }
  return state;
}

describe('a conversation state', () => {
  test('any doubles, late reads, resumptions and snapshots end in what a clean connection shows', () => {
    fc.assert(
      fc.property(plans, fc.array(trouble, { maxLength: 12 }), (all, troubles) => {
        const log = new SessionLog(all);
        expect(shown(troubledRun(log, troubles))).toEqual(shown(cleanRun(log)));
      }),
      { numRuns: 400 },
    );
  });

  test('a frame seen twice changes nothing at all', () => {
    const log = new SessionLog([simple]);
    const state = cleanRun(log);
    for (const frame of log.frames) expect(reduceConversation(state, frame)).toBe(state);
  });

  test('the reply is the text of the running attempt, then the result', () => {
    const log = new SessionLog([{ ...simple, attempts: [['half a '], ['Added ', 'it.']] }]);
    const replies = log.frames.map((_, index) => {
      const turn = reduceAll([ONLINE, log.ready(0), ...log.frames.slice(0, index + 1)]).turns[0];
      return turn ? replyOf(turn) : '';
    });
    expect(new Set(replies)).toEqual(new Set(['', 'half a ', 'Added ', 'Added it.']));
    expect(replies.at(-1)).toBe('Added it.');
  });

  test('text of an attempt that was given up is dropped', () => {
    const log = new SessionLog([simple]);
    const [accepted, started, understood] = log.frames;
    const stale = { ...log.frames[4]!, seq: 5 };
    const restarted = { ...started!, type: 'turn.restarted' as const, attempt: 2, seq: 4 };
    const state = reduceAll([ONLINE, log.ready(0), accepted!, started!, understood!, restarted, stale]);
    expect(state.turns[0]?.partial).toBe('');
    expect(state.turns[0]?.attempt).toBe(2);
  });

  test('a hole made of anything but deltas holds later frames back', () => {
    const log = new SessionLog([simple, simple]);
    const withoutAccept = log.frames.filter((frame) => frame.seq !== 8);
    const state = reduceAll([ONLINE, log.ready(0), ...withoutAccept]);
    expect(state.sync).toBe('gap');
    expect(state.seq).toBe(7);
    expect(state.turns).toHaveLength(1);
  });

  test('a hole made of deltas of a turn that has ended is none', () => {
    const log = new SessionLog([simple, simple]);
    const state = reduceAll([ONLINE, log.ready(0), ...log.read(0, log.tail)]);
    expect(state).toMatchObject({ sync: 'live', seq: log.tail });
    expect(shown(state)).toEqual(shown(cleanRun(log)));
  });

  test('a log that was replaced is noticed, and a late frame of the old one is not', () => {
    const log = new SessionLog([simple]);
    const next = new SessionLog([simple], 'epoch-2');
    const state = reduceAll([ONLINE, log.ready(0), ...log.frames.slice(0, 2), next.frames[0]!]);
    expect(state.sync).toBe('lost');
    const moved = reduceAll([OFFLINE, ONLINE, next.ready(next.tail), next.snapshot(next.tail)], state);
    expect(moved.sync).toBe('live');
    expect(reduceConversation(moved, log.frames[3]!)).toBe(moved);
  });

  test('a frame of a kind this client does not know keeps its place', () => {
    const log = new SessionLog([simple]);
    const unknown = { type: 'unknown' as const, session_id: SESSION, epoch: log.epoch, seq: log.tail + 1 };
    const state = reduceConversation(cleanRun(log), unknown);
    expect(state.seq).toBe(log.tail + 1);
    expect(state.sync).toBe('live');
  });
});

describe('a turn of one’s own', () => {
  const turnId = idOf(1, 0);
  const submitted: ConversationEvent = {
    type: 'local.submitted',
    turn_id: turnId,
    text: 'words of turn 0',
    at: '2026-11-22T14:20:59.000Z',
    command: { event: 'turn.submit', payload: { turn_id: turnId, text: 'words of turn 0' } },
  };
  const phases = (events: readonly ConversationEvent[]): (Turn['phase'] | undefined)[] =>
    events.map((_, index) => reduceAll(events.slice(0, index + 1)).turns[0]?.phase);

  test('is shown at once and goes through its states', () => {
    const log = new SessionLog([simple]);
    const acknowledged: ConversationEvent = { type: 'local.acknowledged', turn_id: turnId, turn_seq: 1 };
    expect(phases([ONLINE, log.ready(0), submitted, acknowledged, log.frames[0]!, log.frames[1]!])).toEqual([
      undefined,
      undefined,
      'sending',
      'queued',
      'queued',
      'running',
    ]);
    expect(reduceAll([ONLINE, log.ready(0), submitted, ...log.frames]).turns).toHaveLength(1);
  });

  test('an acknowledgement that comes after its frames takes nothing back', () => {
    const log = new SessionLog([simple]);
    const done = reduceAll([ONLINE, log.ready(0), submitted, ...log.frames]);
    expect(reduceConversation(done, { type: 'local.acknowledged', turn_id: turnId, turn_seq: 1 })).toBe(done);
  });

  test('survives a snapshot that does not know it, and fails with a reason when refused', () => {
    const log = new SessionLog([simple]);
    const before = { ...submitted, turn_id: idOf(1, 9) };
    const state = reduceAll([
      ONLINE,
      log.ready(0),
      before,
      OFFLINE,
      ONLINE,
      log.ready(log.tail),
      log.snapshot(log.tail),
    ]);
    expect(state.turns.map((turn) => turn.phase)).toEqual(['done', 'sending']);
    const error = { code: 'session_busy' as const, message: 'Eight messages wait already.', retryable: true };
    const refused = reduceConversation(state, { type: 'local.refused', turn_id: idOf(1, 9), error });
    expect(refused.turns[1]).toMatchObject({ phase: 'failed', error });
    expect(reduceConversation(refused, { type: 'local.forgotten', turn_id: idOf(1, 9) }).turns).toHaveLength(
      1,
    );
  });

  test.each(['asks', 'refuses'] as const)('that %s is clarifying as long as its question is open', (end) => {
    const log = new SessionLog([
      { ...simple, end },
      { ...simple, answersQuestion: true },
    ]);
    const asked = log.frames.findIndex((frame) => frame.type === 'turn.completed') + 1;
    const state = reduceAll([ONLINE, log.ready(0), ...log.frames.slice(0, asked)]);
    expect(state.turns[0]?.phase).toBe('clarifying');
    expect(cleanRun(log).turns[0]?.phase).toBe('done');
    expect(cleanRun(log).openQuestions).toEqual([]);
  });
});

test('news of the quota is the latest, live and after a reconnect, and other news stays', () => {
  const log = new SessionLog([simple]);
  const noticeOf = (n: number, kind: Notice['kind'], second: number): Notice => ({
    notice_id: idOf(6, n),
    kind,
    text: `notice ${n}`,
    data: {},
    created_at: `2026-11-22T14:00:0${second}.000Z`,
  });
  const half = noticeOf(1, 'quota', 1);
  const reminder = noticeOf(2, 'reminder_due', 2);
  const most = noticeOf(3, 'quota', 3);
  const all = noticeOf(4, 'quota', 3);
  const live = [half, reminder, most, all, half].map((notice) => ({
    type: 'notice' as const,
    notice,
    at: notice.created_at,
  }));
  expect(reduceAll([ONLINE, log.ready(0), ...live]).notices).toEqual([reminder, all]);
  const ready = log.ready(0);
  const back: Frame = ready.type === 'session.ready' ? { ...ready, notices: [half, most, reminder] } : ready;
  expect(reduceAll([ONLINE, back]).notices).toEqual([most, reminder]);
});

test('older turns come before the ones at hand, once each', () => {
  const log = new SessionLog([simple, simple]);
  const state = cleanRun(log);
  const record = (n: number) => ({
    turn_id: idOf(1, n),
    turn_seq: n + 1,
    text: `words of turn ${n}`,
    state: 'completed' as const,
    at: '2026-11-22T14:00:00.000Z',
    attempt: 1,
    understood: null,
    result: resultOf(idOf(1, n)),
  });
  const event: ConversationEvent = { type: 'local.history', turns: [record(0), record(1)], next: null };
  expect(reduceConversation(state, event).turns.map((turn) => turn.seq)).toEqual([1, 2]);
  expect(reduceConversation(state, event).older).toBeNull();
});
