import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  dayNumber,
  hasEnded,
  todayOf,
  zoneNow,
  undoneReceipts,
  type ConversationState,
  type SessionClient,
  type Turn,
} from '../client/index.ts';
import { TurnStory } from './turn-story.tsx';
import { Unread } from './unread.tsx';
import { useStableSet } from './use-stable-set.ts';

const NEAR_END_PX = 120;

interface ConversationViewProps {
  session: SessionClient;
  state: ConversationState;
  /** The turn that is to be shown, once. */
  goal: Goal | null;
}

/** A wish to see a turn; the same turn may be wished for again. */
export interface Goal {
  readonly turnId: string;
}

/**
 * The turns of a conversation. Only those in sight are in the page; the view stays at the end while a reply streams
 * in, and stays where it is when the reader has scrolled up or older turns come in above.
 */
export function ConversationView({ session, state, goal }: ConversationViewProps) {
  const { turns } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  // oxlint-disable-next-line react/incompatible-library -- it changes in place, so this part isn't memoised by itself
  const virtualizer = useVirtualizer({
    count: turns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 180,
    getItemKey: (index) => turns[index]?.id ?? index,
    overscan: 4,
    paddingStart: 24,
    paddingEnd: 28,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: NEAR_END_PX,
  });
  const items = virtualizer.getVirtualItems();
  const look = (): void => {
    const view = scroller.current;
    if (view) setAtEnd(view.scrollHeight - view.scrollTop - view.clientHeight <= NEAR_END_PX);
  };
  useEndOnResize(scroller, () => (atEnd ? virtualizer.scrollToEnd({ behavior: 'auto' }) : look()));
  useOwnWords(turns, () => virtualizer.scrollToEnd({ behavior: 'auto' }));
  useOlderTurns(session, state, items[0]?.index);
  const reached = useGoal(session, state, goal, (index) =>
    virtualizer.scrollToIndex(index, { align: 'center', behavior: 'auto' }),
  );

  const undone = useStableSet(undoneReceipts(turns));
  const undoing = useStableSet(receiptsBeingUndone(turns));
  const openQuestions = useStableSet(new Set(state.openQuestions.map((open) => open.clarification_id)));
  const firstOpen = turns.findIndex((turn) => !hasEnded(turn));
  return (
    <div className="conversation">
      {turns.length === 0 && <Unread link={state.link} onRetry={() => session.reconnect()} />}
      <div
        ref={scroller}
        className="scroller"
        tabIndex={0}
        role="region"
        aria-label="Conversation"
        onScroll={look}
      >
        <div className="turns" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const turn = turns[item.index];
            if (!turn) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={`turn-place ${turn.id === reached?.turnId ? 'reached' : ''}`}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TurnStory
                  turn={turn}
                  ahead={firstOpen === -1 ? 0 : Math.max(0, item.index - firstOpen)}
                  isLast={item.index === turns.length - 1}
                  online={state.link === 'online'}
                  day={dayLabel(turns, item.index)}
                  undone={undone}
                  undoing={undoing}
                  openQuestions={openQuestions}
                  chosen={choiceThatAnswered(turns, item.index)}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!atEnd && (
        <button
          type="button"
          className="to-end"
          onClick={() => virtualizer.scrollToEnd({ behavior: 'auto' })}
        >
          <ArrowDown size={15} aria-hidden /> Latest
        </button>
      )}
    </div>
  );
}

/**
 * The view shrinks when the line below grows or a keyboard opens, and the turns grow when they are measured: each time
 * the end has to be looked for again.
 */
function useEndOnResize(scroller: RefObject<HTMLElement | null>, onResize: () => void): void {
  const latest = useRef(onResize);
  useLayoutEffect(() => {
    latest.current = onResize;
  });
  useEffect(() => {
    const view = scroller.current;
    if (!view) return undefined;
    const observer = new ResizeObserver(() => latest.current());
    for (const element of [view, ...view.children]) observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}

/** What was just said here is shown, wherever the reader was; a press of Undo on a card is answered in its place. */
function useOwnWords(turns: readonly Turn[], show: () => void): void {
  const last = turns.at(-1);
  const said =
    last?.phase === 'sending' && last.command !== null && last.command.event !== 'receipt.undo'
      ? last.id
      : null;
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
  });
  useLayoutEffect(() => {
    if (said !== null) latest.current();
  }, [said]);
}

/** Reads older turns when the first one at hand comes into sight. */
function useOlderTurns(
  session: SessionClient,
  state: ConversationState,
  firstIndex: number | undefined,
): void {
  const { older, sync, turns } = state;
  const loading = useRef(false);
  const wanted = firstIndex === 0 && older !== null && sync === 'live' && turns.length > 0;
  useEffect(() => {
    if (!wanted || loading.current) return;
    loading.current = true;
    session
      .loadOlder()
      .catch(() => undefined)
      .finally(() => (loading.current = false));
  }, [session, wanted, older]);
}

/** As far back as a turn is looked for. */
const GOAL_PAGES_MAX = 20;

/** Goes to a turn, reading older ones until it is at hand. @returns the turn once it was reached */
function useGoal(
  session: SessionClient,
  { turns, older, sync }: ConversationState,
  goal: Goal | null,
  show: (index: number) => void,
): Goal | null {
  const [reached, setReached] = useState<Goal | null>(null);
  const pages = useRef(0);
  const index = goal === null || goal === reached ? -1 : turns.findIndex(({ id }) => id === goal.turnId);
  const isMissing = goal !== null && goal !== reached && index === -1 && older !== null && sync === 'live';
  const latest = useRef(show);
  useLayoutEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    if (index === -1) return;
    latest.current(index);
    setReached(goal);
  }, [index, goal]);
  useEffect(() => {
    if (!isMissing || pages.current >= GOAL_PAGES_MAX) return;
    pages.current += 1;
    void session.loadOlder().catch(() => undefined);
  }, [session, isMissing, turns.length]);
  return reached;
}

function receiptsBeingUndone(turns: readonly Turn[]): ReadonlySet<string> {
  return new Set(
    turns.flatMap(({ command, phase }) =>
      command?.event === 'receipt.undo' && (phase === 'sending' || phase === 'queued' || phase === 'running')
        ? [command.payload.receipt_id]
        : [],
    ),
  );
}

/** Of the turn that followed: its answer while this client remembers giving it, else the choice with its words. */
function choiceThatAnswered(turns: readonly Turn[], index: number): string | null {
  const question = turns[index]?.question;
  const next = turns[index + 1];
  if (!question || !next) return null;
  const { command, text } = next;
  if (
    command?.event === 'clarification.answer' &&
    command.payload.clarification_id === question.clarification_id
  )
    return command.payload.choice_id ?? null;
  return question.choices.find(({ label }) => label === text)?.choice_id ?? null;
}

function dayLabel(turns: readonly Turn[], index: number): string | null {
  const at = turns[index]?.at;
  if (at === undefined) return null;
  const day = todayOf(new Date(at));
  const before = turns[index - 1]?.at;
  const now = todayOf(new Date());
  if (before === undefined ? day === now : todayOf(new Date(before)) === day) return null;
  const age = dayNumber(now) - dayNumber(day);
  if (age <= 1) return age <= 0 ? 'Today' : 'Yesterday';
  return new Date(at).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: zoneNow(),
  });
}
