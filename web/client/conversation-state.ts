import type { Clarification } from '../../contracts/clarification.ts';
import type { Frame, Notice, SessionFrame, SessionSnapshot } from '../../contracts/frames.ts';
import type { TurnRecord } from '../../contracts/result.ts';
import type { ClientErrorCode } from './client-error.ts';
import { advance, type Place, type Sync } from './frame-cursor.ts';
import type { UnknownFrame } from './read-frame.ts';
import { asksIn, emptyTurn, reduceTurn, turnOfRecord, type Turn, type TurnCommand } from './turn-view.ts';

/** The line to the server, as a person may be told. */
export type LinkState = 'connecting' | 'online' | 'reconnecting' | 'refused' | 'closed';

export interface ConversationState {
  readonly sessionId: string | null;
  readonly epoch: string | null;
  /** Last number seen without a hole before it. */
  readonly seq: number;
  readonly pastEpochs: readonly string[];
  readonly sync: Sync;
  readonly held: readonly (SessionFrame | UnknownFrame)[];
  readonly link: LinkState;
  readonly linkError: { readonly code: ClientErrorCode; readonly message: string } | null;
  /** Oldest first: numbered turns by number, then those that are still being sent. */
  readonly turns: readonly Turn[];
  readonly openQuestions: readonly Clarification[];
  readonly notices: readonly Notice[];
  readonly user: { readonly id: string; readonly tier: 'free' | 'premium' } | null;
  readonly limits: { readonly textMaxChars: number; readonly waitingTurnsMax: number } | null;
  readonly quota: SessionSnapshot['quota'] | null;
  /** Where older turns begin: `unknown` until asked, null when there are none. */
  readonly older: number | 'unknown' | null;
}

export const initialConversation = (sessionId: string | null): ConversationState => ({
  sessionId,
  epoch: null,
  seq: 0,
  pastEpochs: [],
  sync: 'waiting',
  held: [],
  link: 'connecting',
  linkError: null,
  turns: [],
  openQuestions: [],
  notices: [],
  user: null,
  limits: null,
  quota: null,
  older: sessionId === null ? null : 'unknown',
});

/** What this client itself has to say to its state. */
export type LocalEvent =
  | { type: 'local.submitted'; turn_id: string; text: string; at: string; command: TurnCommand }
  | { type: 'local.acknowledged'; turn_id: string; turn_seq: number }
  | {
      type: 'local.refused';
      turn_id: string;
      error: { code: ClientErrorCode; message: string; retryable: boolean };
    }
  | { type: 'local.forgotten'; turn_id: string }
  | { type: 'local.notice_seen'; notice_id: string }
  | { type: 'local.history'; turns: readonly TurnRecord[]; next: number | null }
  | { type: 'local.link'; link: LinkState; error?: { code: ClientErrorCode; message: string } };

export type ConversationEvent = Frame | UnknownFrame | LocalEvent;

/** State and event to state; the same state where the event says nothing new. */
export function reduceConversation(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'session.ready':
      return onReady(state, event);
    case 'session.resumed':
      if (event.session_id !== state.sessionId || event.epoch !== state.epoch) return state;
      return { ...state, sync: 'live', seq: Math.max(state.seq, event.to), held: [] };
    case 'session.snapshot':
      return event.session_id === state.sessionId ? onSnapshot(state, event) : state;
    case 'entity.changed':
    case 'session.renamed':
    case 'session.deleted':
      return state;
    case 'notice':
      if (state.notices.some((known) => known.notice_id === event.notice.notice_id)) return state;
      return { ...state, notices: withoutOldQuota([...state.notices, event.notice]) };
    case 'local.submitted':
    case 'local.acknowledged':
    case 'local.refused':
    case 'local.forgotten':
    case 'local.notice_seen':
    case 'local.history':
    case 'local.link':
      return onLocal(state, event);
    default:
      return onNumbered(state, event);
  }
}

function onReady(
  state: ConversationState,
  ready: Extract<Frame, { type: 'session.ready' }>,
): ConversationState {
  const next: ConversationState = {
    ...state,
    sessionId: ready.session_id,
    held: [],
    user: { id: ready.user_id, tier: ready.tier },
    limits: { textMaxChars: ready.limits.text_max_chars, waitingTurnsMax: ready.limits.waiting_turns_max },
    notices: withoutOldQuota(ready.notices),
    openQuestions: ready.open_clarifications,
  };
  if (state.sessionId === ready.session_id && state.epoch === ready.epoch)
    return settleQuestions({ ...next, sync: 'replaying' });
  const fresh = { ...next, ...enterEpoch(state, ready.epoch, ready.tail_seq) };
  // A session that was asked for by name comes with a snapshot; one that has just begun has nothing to load.
  const awaitsSnapshot = state.sessionId === ready.session_id && ready.tail_seq > 0;
  return settleQuestions({ ...fresh, sync: awaitsSnapshot ? 'loading' : 'live' });
}

function onSnapshot(state: ConversationState, snapshot: SessionSnapshot): ConversationState {
  const oldest = snapshot.turns[0]?.turn_seq ?? Infinity;
  const known = new Map(state.turns.map((turn) => [turn.id, turn]));
  const listed = snapshot.turns.map((record) =>
    turnOfRecord(
      record,
      known.get(record.turn_id),
      snapshot.running?.turn_id === record.turn_id ? snapshot.running.text : '',
    ),
  );
  const ids = new Set(listed.map((turn) => turn.id));
  // Older turns stay as they were; so does what has not been acknowledged. All else is as the snapshot says.
  const kept = state.turns.filter((turn) => !ids.has(turn.id) && (turn.seq === null || turn.seq < oldest));
  // History that ends where the snapshot begins stays; after a hole in between it is read again.
  const joined = kept.some((turn) => turn.seq === oldest - 1);
  const older = joined ? state.older : oldest > 1 && oldest !== Infinity ? oldest : null;
  return settleQuestions({
    ...state,
    ...enterEpoch(state, snapshot.epoch, snapshot.tail_seq),
    sync: 'live',
    held: [],
    turns: inOrder([...kept.filter((turn) => joined || turn.seq === null), ...listed]),
    openQuestions: snapshot.open_clarifications,
    quota: snapshot.quota,
    older,
  });
}

function enterEpoch(
  state: ConversationState,
  epoch: string,
  seq: number,
): Pick<ConversationState, 'epoch' | 'seq' | 'pastEpochs'> {
  const left = state.epoch !== null && state.epoch !== epoch ? [state.epoch] : [];
  return { epoch, seq, pastEpochs: [...state.pastEpochs, ...left].slice(-8) };
}

function onNumbered(state: ConversationState, frame: SessionFrame | UnknownFrame): ConversationState {
  if (frame.session_id !== state.sessionId) return state;
  const running = state.turns.find((turn) => turn.phase === 'running')?.id ?? null;
  const place: Place = { ...state, running };
  const step = advance(place, frame);
  if (step.kind === 'ignored') return state;
  if (step.kind === 'lost') return { ...state, sync: 'lost', held: [] };
  const moved = { ...state, seq: step.seq, sync: step.sync, held: step.held };
  return step.ready.reduce(applyFrame, moved);
}

function applyFrame(state: ConversationState, frame: SessionFrame | UnknownFrame): ConversationState {
  if (frame.type === 'unknown') return state;
  if (frame.type === 'clarification.closed')
    return settleQuestions({
      ...state,
      openQuestions: state.openQuestions.filter((open) => open.clarification_id !== frame.clarification_id),
    });
  const index = state.turns.findLastIndex((turn) => turn.id === frame.turn_id);
  const known = state.turns[index];
  const turn = reduceTurn(known ?? emptyTurn(frame.turn_id, textOf(frame), frame.at), frame);
  if (turn === known) return state;
  const turns = known ? state.turns.with(index, turn) : [...state.turns, turn];
  const next = { ...state, turns: turn.seq === known?.seq ? turns : inOrder(turns) };
  return frame.type === 'clarification.requested' ? withQuestion(next, frame.clarification) : next;
}

const textOf = (frame: SessionFrame): string => (frame.type === 'turn.accepted' ? frame.text : '');

function withQuestion(state: ConversationState, question: Clarification): ConversationState {
  if (state.openQuestions.some((open) => open.clarification_id === question.clarification_id)) return state;
  return { ...state, openQuestions: [...state.openQuestions, question] };
}

/** News of the quota is how it stands: the latest takes the place of those before. */
function withoutOldQuota(notices: readonly Notice[]): readonly Notice[] {
  const latest = notices
    .filter(({ kind }) => kind === 'quota')
    .reduce<Notice | null>((last, next) => (last && last.created_at > next.created_at ? last : next), null);
  return notices.filter((notice) => notice.kind !== 'quota' || notice === latest);
}

/** A turn that ended in a question is `clarifying` exactly as long as that question is open. */
function settleQuestions(state: ConversationState): ConversationState {
  const open = new Set(state.openQuestions.map((question) => question.clarification_id));
  const turns = state.turns.map((turn): Turn => {
    if (!turn.result || !asksIn(turn.result)) return turn;
    const phase = open.has(turn.question?.clarification_id ?? '') ? 'clarifying' : 'done';
    return turn.phase === phase ? turn : { ...turn, phase };
  });
  return { ...state, turns };
}

function onLocal(state: ConversationState, event: LocalEvent): ConversationState {
  switch (event.type) {
    case 'local.submitted': {
      const turn: Turn = {
        ...emptyTurn(event.turn_id, event.text, event.at),
        phase: 'sending',
        command: event.command,
      };
      return { ...state, turns: [...state.turns.filter((known) => known.id !== turn.id), turn] };
    }
    case 'local.acknowledged':
      return changeTurn(state, event.turn_id, (turn) =>
        turn.phase === 'sending' ? { ...turn, phase: 'queued', seq: event.turn_seq } : turn,
      );
    case 'local.refused':
      return changeTurn(state, event.turn_id, (turn) =>
        turn.phase === 'sending' ? { ...turn, phase: 'failed', error: event.error } : turn,
      );
    case 'local.forgotten':
      return {
        ...state,
        turns: state.turns.filter((turn) => turn.id !== event.turn_id || turn.seq !== null),
      };
    case 'local.notice_seen':
      return { ...state, notices: state.notices.filter((known) => known.notice_id !== event.notice_id) };
    case 'local.history': {
      const ids = new Set(state.turns.map((turn) => turn.id));
      const older = event.turns
        .filter((record) => !ids.has(record.turn_id))
        .map((record) => turnOfRecord(record, undefined, ''));
      return settleQuestions({ ...state, turns: inOrder([...older, ...state.turns]), older: event.next });
    }
    case 'local.link':
      return {
        ...state,
        link: event.link,
        linkError: event.error ?? null,
        sync: event.link === 'online' ? state.sync : 'waiting',
        held: event.link === 'online' ? state.held : [],
      };
  }
}

function changeTurn(state: ConversationState, id: string, change: (turn: Turn) => Turn): ConversationState {
  const index = state.turns.findLastIndex((turn) => turn.id === id);
  const known = state.turns[index];
  if (!known) return state;
  const turn = change(known);
  if (turn === known) return state;
  return { ...state, turns: inOrder(state.turns.with(index, turn)) };
}

/** By number; what has none yet comes last, in the order it was written. The sort is stable. */
function inOrder(turns: readonly Turn[]): readonly Turn[] {
  return turns.toSorted((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity) || 0);
}
