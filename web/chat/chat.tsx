import { useEffect, useMemo, useRef, useState } from 'react';
import type { Choice, Clarification } from '../../contracts/clarification.ts';
import type { EventPlace } from '../app/calendar-view.ts';
import type { Stores } from '../app/stores.ts';
import { useLogin } from '../app/login-context.ts';
import { useConversation } from '../app/use-conversation.ts';
import { questionsOf, type ConversationState, type RestClient, type SessionClient } from '../client/index.ts';
import { ChatActionsProvider, type ChatActions } from './chat-actions.ts';
import { Composer } from './composer.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { ConversationView, type Goal } from './conversation-view.tsx';
import { isNew } from './is-new.ts';
import { LiveRegion } from './live-region.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { ParkedBar } from './parked-bar.tsx';
import { StopBar } from './stop-bar.tsx';
import { useChoiceKeys } from './use-choice-keys.ts';
import { useDraft } from './use-draft.ts';
import { useStop } from './use-stop.ts';
import { Welcome } from './welcome.tsx';

const TEXT_MAX_CHARS = 4_000;

interface ChatProps {
  session: SessionClient;
  rest: RestClient;
  stores: Stores;
  /** Something else is on screen, and the keys are for that. */
  covered: boolean;
  /** The turn that is to be shown. */
  goal: Goal | null;
  onEvent: (event: EventPlace) => void;
  onTurn: (sessionId: string, turnId: string) => void;
}

/** One conversation with its line. */
export function Chat({ session, rest, stores, covered, goal, onEvent, onTurn }: ChatProps) {
  const state = useConversation(session);
  const field = useRef<HTMLTextAreaElement>(null);
  const { login } = useLogin();
  const [text, setText] = useDraft(login.person, state);
  const [answeringId, setAnsweringId] = useState<string | null>(null);

  const { refused, stop, dismiss } = useStop(session);
  // Turns that are on screen are not drawn again because these are made anew.
  const latest = useRef({ onEvent, onTurn });
  useEffect(() => {
    latest.current = { onEvent, onTurn };
  });
  const actions = useMemo((): ChatActions => {
    // The button that was pressed goes away, so the focus goes back to the line.
    const done = (): void => field.current?.focus();
    return {
      ...stores,
      openEvent: (event) => latest.current.onEvent(event),
      openTurn: (sessionId, turnId) => latest.current.onTurn(sessionId, turnId),
      say: (words) => (session.submit(words), done()),
      choose: (question, choice) => (
        session.choose(question.clarification_id, choice.choice_id, choice.label),
        done()
      ),
      undo: (receiptId) => (session.undo(receiptId), done()),
      retry: (turnId) => (session.retry(turnId), done()),
      forget: (turnId) => (session.forget(turnId), done()),
      cancel: stop,
    };
  }, [session, stores, stop]);

  const { asked, parked } = openQuestions(state);
  const answering = state.openQuestions.find((open) => open.clarification_id === answeringId) ?? null;
  useChoiceKeys(covered ? null : asked, field, text === '', actions.choose);
  useEffect(() => field.current?.focus(), [session]);
  useEffect(() => {
    // Whoever comes back from elsewhere has the focus where it was, or in the line.
    if (!covered && document.activeElement === document.body) field.current?.focus();
  }, [covered]);

  const send = (words: string): void => {
    const choice = choiceByNumber(answering ?? asked, words);
    const question = answering ?? asked;
    if (question && choice) actions.choose(question, choice);
    else if (answering) session.answer(answering.clarification_id, words);
    else session.submit(words);
    setText('');
    setAnsweringId(null);
    dismiss();
  };
  // What Stop means: the turn at work, else the one that waits longest; unsent words are not the server's yet.
  const running = state.turns.find(({ phase }) => phase === 'running' || phase === 'queued');

  return (
    <ChatActionsProvider value={actions}>
      <ConnectionLine state={state} onRetry={() => session.reconnect()} />
      <NoticeBar notices={state.notices} onDismiss={(id) => session.dismissNotice(id)} />
      {isNew(state) ? (
        <Welcome usage={stores.usage} />
      ) : (
        <ConversationView session={session} state={state} goal={goal} />
      )}
      <div className="dock">
        {refused && (
          <StopBar
            refused={refused}
            turns={state.turns}
            onDismiss={() => {
              dismiss();
              field.current?.focus();
            }}
          />
        )}
        {parked && !answering && (
          <ParkedBar
            question={parked}
            onAnswer={() => {
              setAnsweringId(parked.clarification_id);
              field.current?.focus();
            }}
          />
        )}
        <Composer
          field={field}
          rest={rest}
          text={text}
          onText={setText}
          sent={state.turns.flatMap((turn) => (turn.command?.event === 'receipt.undo' ? [] : [turn.text]))}
          maxChars={state.limits?.textMaxChars ?? TEXT_MAX_CHARS}
          busy={running !== undefined}
          answering={answering}
          onLeaveAnswer={() => setAnsweringId(null)}
          onSend={send}
          onStop={() => running && actions.cancel(running.id)}
        />
      </div>
      <LiveRegion state={state} />
    </ChatActionsProvider>
  );
}

/** The questions of the last turn stand in the conversation; one that was left behind waits above the line. */
function openQuestions(state: ConversationState): {
  asked: Clarification | null;
  parked: Clarification | null;
} {
  const now = Date.now();
  const open = state.openQuestions.filter((question) => Date.parse(question.expires_at) > now);
  const last = state.turns.at(-1);
  const own = new Set((last ? questionsOf(last) : []).map(({ clarification_id: id }) => id));
  return {
    asked: open.find(({ clarification_id: id }) => own.has(id)) ?? null,
    parked: open.findLast(({ clarification_id: id }) => !own.has(id)) ?? null,
  };
}

const choiceByNumber = (question: Clarification | null, words: string): Choice | undefined =>
  /^[1-9]$/.test(words) ? question?.choices[Number(words) - 1] : undefined;
