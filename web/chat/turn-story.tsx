import { memo, useState } from 'react';
import type { Card } from '../../contracts/result.ts';
import { useNow } from '../app/now.ts';
import {
  notedOf,
  questionsOf,
  receiptsOf,
  sayTokens,
  timeOf,
  understoodOf,
  type Turn,
} from '../client/index.ts';
import { CardView } from './card-view.tsx';
import { CHANGES } from './changes.ts';
import { QuestionChoices } from './question-choices.tsx';
import { ReceiptLine } from './receipt-line.tsx';
import { isLetter, questionIn, shownReply } from './shown-reply.ts';
import { TurnStatus } from './turn-status.tsx';
import { UnderstoodChips } from './understood-chips.tsx';
import { UserWords } from './user-words.tsx';

interface TurnStoryProps {
  turn: Turn;
  /** Turns that have to end before this one. */
  ahead: number;
  isLast: boolean;
  online: boolean;
  /** A day's name where this turn is the first of it. */
  day: string | null;
  undone: ReadonlySet<string>;
  undoing: ReadonlySet<string>;
  openQuestions: ReadonlySet<string>;
  /** The choice that answered this turn's question, where this client knows. */
  chosen: string | null;
}

/** One turn as a small story: the words, what was understood, the reply, the thing itself, the way back. */
export const TurnStory = memo(function TurnStory(props: TurnStoryProps) {
  const { turn, ahead, isLast, online, day, undone, undoing, openQuestions, chosen } = props;
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const now = useNow();
  const understood = understoodOf(turn, now);
  const active = understood.flatMap(({ pieces }) => pieces).find(({ key }) => key === activeKey);
  const noted = notedOf(turn, now);
  const reply = shownReply(turn);
  const isOpen = turn.phase === 'clarifying';
  const questions = questionsOf(turn);
  const held = turn.cards.map((card) => questionIn(card, questions));
  // Also before the server has closed it, which it does once a minute.
  const inTime = questions.filter(({ expires_at: until }) => Date.parse(until) > now.getTime());
  const open = inTime.filter(({ clarification_id: id }) => openQuestions.has(id));
  const asked = open.filter((question) => !held.includes(question));
  // The conversation has ended in a question, and nobody answered it.
  const hasExpired = isLast && questions.length > 0 && inTime.length === 0;
  const cost = turn.result?.usage.tokens_used ?? 0;
  return (
    <article className={`turn phase-${turn.phase}`} aria-label={turn.text}>
      {day !== null && <p className="day">{day}</p>}
      <div className="said" title={timeOf(turn.at)}>
        <UserWords text={turn.text} active={active} />
        <UnderstoodChips
          acts={understood}
          activeKey={activeKey}
          onActive={setActiveKey}
          around={{ turn, isLast, undone, openQuestions }}
        />
        <TurnStatus turn={turn} ahead={ahead} online={online} />
      </div>
      <div className="answer">
        {turn.phase === 'running' && reply === '' && (
          <p className="step">
            <span className="step-dot" aria-hidden />
            {turn.progress?.label ?? 'Reading your message'}
          </p>
        )}
        {noted !== null && <p className="noted">Noted: {noted}</p>}
        {reply !== '' && turn.phase !== 'failed' && (
          <p className={`reply ${lookOf(turn)} ${isLetter(turn) ? 'letter' : ''}`} dir="auto">
            {reply}
          </p>
        )}
        {inOne(turn.cards).map((card, index) => (
          <CardView
            key={index}
            card={card}
            question={questionIn(card, questions) ?? turn.question}
            isOpen={isOpen}
            chosen={chosen}
            isLast={isLast}
          />
        ))}
        {/* Below what they are about: at the end of the conversation they are in sight, however tall that is. */}
        {isLast &&
          asked.map((question) => (
            <QuestionChoices
              key={question.clarification_id}
              question={question}
              isNamed={open.length > 1}
              hasKeys={question === open[0]}
            />
          ))}
        {hasExpired && <p className="noted">This question has expired. Say again what you want.</p>}
        {receiptsOf(turn).map((receipt) => (
          <ReceiptLine
            key={receipt.receipt_id}
            receipt={receipt}
            cards={turn.cards}
            understood={understood}
            undone={undone.has(receipt.receipt_id)}
            undoing={undoing.has(receipt.receipt_id)}
          />
        ))}
        {cost > 0 && <p className="cost">{sayTokens(cost)}</p>}
      </div>
    </article>
  );
});

/** From that many on, tasks that each have a card of their own stand in one. */
const TASKS_TOGETHER = 3;

function inOne(cards: readonly Card[]): readonly Card[] {
  const tasks = cards.flatMap((card) => (card.kind === 'task' ? [card.data] : []));
  const [first] = tasks;
  const alike = tasks.every(({ change }) => change === first?.change);
  if (!first || !alike || tasks.length < Math.max(TASKS_TOGETHER, cards.length)) return cards;
  const title = `${CHANGES[first.change] ?? 'Tasks'}: ${tasks.length} tasks`;
  return [{ kind: 'tasks', data: { title, tasks: tasks.map(({ task }) => task), total: tasks.length } }];
}

const lookOf = ({ phase, result }: Turn): string =>
  phase === 'running' ? 'streaming' : result?.status === 'refused' ? 'refused' : '';
