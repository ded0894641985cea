import '../styles/pages.css';
import { ArrowRight, Check, Undo2 } from 'lucide-react';
import { sayUnderstood } from '../../contracts/change-words.ts';
import { useState } from 'react';
import type { Messages } from '../app/messages.ts';
import { useNow } from '../app/now.ts';
import {
  dayOf,
  formatDate,
  timeOf,
  type PulseClient,
  type ReceiptRecord,
  type SessionClient,
} from '../client/index.ts';
import { capitalised } from '../parts/capitalised.ts';
import { LoadProblem } from '../parts/load-problem.tsx';
import { PageColumn, PageFrame } from '../parts/page-frame.tsx';
import type { Difference } from './change-words.ts';
import { foldUndos, type FoldedChange } from './fold-undos.ts';
import { touchedBy } from './touched.ts';
import { useReceipts } from './use-receipts.ts';

interface HistoryPageProps {
  client: PulseClient;
  session: SessionClient;
  messages: Messages;
  /** Shows the conversation in which a change was asked for. */
  onTurn: (sessionId: string, turnId: string) => void;
}

/** Every change: what was before and is after, why, and the way back for as long as there is one. */
export default function HistoryPage({ client, session, messages, onTurn }: HistoryPageProps) {
  const { receipts, problem, hasMore, loading, reload, more } = useReceipts(client);
  const now = useNow();
  return (
    <PageFrame
      title="History"
      session={session}
      messages={messages}
      meanwhile="The latest changes may be missing."
    >
      <PageColumn label="Changes">
        {problem !== null && <LoadProblem onRetry={reload}>{problem}</LoadProblem>}
        {receipts === null && problem === null && <p className="soft">Reading</p>}
        {receipts?.length === 0 && (
          <p className="soft">
            Nothing has been changed so far. What PulsePlan does for you will be listed here.
          </p>
        )}
        {byDay(foldUndos(receipts ?? [])).map(([day, list]) => (
          <section key={day} className="history-day" aria-labelledby={`day-${day}`}>
            <h2 id={`day-${day}`}>{capitalised(formatDate(day, now))}</h2>
            <ol>
              {list.map((change) => (
                <li key={change.receipt.receipt_id}>
                  <Entry change={change} messages={messages} onUndone={reload} onTurn={onTurn} />
                </li>
              ))}
            </ol>
          </section>
        ))}
        {hasMore && (
          <button type="button" className="button" disabled={loading} onClick={more}>
            {loading ? 'Reading' : 'Show older changes'}
          </button>
        )}
      </PageColumn>
    </PageFrame>
  );
}

interface EntryProps {
  change: FoldedChange;
  messages: Messages;
  onUndone: () => void;
  onTurn: (sessionId: string, turnId: string) => void;
}

function Entry({ change, messages, onUndone, onTurn }: EntryProps) {
  const { receipt, latest, takenBack } = change;
  const { summary, created_at: at, why, session_id: sessionId, turn_id: turnId } = receipt;
  const holds = useHolds(latest);
  const [undoing, setUndoing] = useState(false);
  const undo = async (): Promise<void> => {
    if (undoing) return;
    setUndoing(true);
    await messages.undo(latest.receipt_id);
    setUndoing(false);
    onUndone();
  };
  return (
    <article className={`entry ${takenBack ? 'undone' : ''}`} aria-label={summary}>
      <header>
        {takenBack ? <Undo2 size={15} aria-hidden /> : <Check size={15} aria-hidden />}
        <h3 dir="auto">{summary}</h3>
        {takenBack && <span className="entry-mark">Taken back</span>}
        {holds && (
          <button
            type="button"
            className="link"
            aria-disabled={undoing}
            aria-label={`${takenBack ? 'Redo' : 'Undo'}: ${summary}`}
            onClick={() => void undo()}
          >
            {undoing ? 'One moment' : takenBack ? 'Redo' : 'Undo'}
          </button>
        )}
      </header>
      <Changes receipt={receipt} />
      <p className="entry-why">
        <time dateTime={at}>{timeOf(at)}</time>
        <span>{sayWhy(receipt)}</span>
        {why.words !== null && sessionId !== null && turnId !== null && (
          <button type="button" className="link quiet" onClick={() => onTurn(sessionId, turnId)}>
            Where it was said
          </button>
        )}
      </p>
    </article>
  );
}

function Changes({ receipt }: { receipt: ReceiptRecord }) {
  const touched = touchedBy(receipt, useNow());
  const several = touched.length > 1;
  return touched.map(({ key, name, gone, count, differences }) =>
    differences.length === 0 && !several ? null : (
      <div key={key} className="entry-change">
        {several && (
          <p className="entry-title">
            {name}
            {count > 1 && <span className="soft"> · {count} of them</span>}
            {gone && <span className="soft"> · deleted</span>}
          </p>
        )}
        {differences.length > 0 && (
          <dl>
            {differences.map((one) => (
              <div key={one.label}>
                <dt>{one.label}</dt>
                <dd>
                  <FromTo difference={one} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    ),
  );
}

function FromTo({ difference: { before, after } }: { difference: Difference }) {
  if (before === null) return <span>{after}</span>;
  return (
    <>
      <s>
        <span className="visually-hidden">was </span>
        {before}
      </s>
      <ArrowRight size={13} aria-label="now" />
      <span>{after ?? 'none'}</span>
    </>
  );
}

/** The words that caused it, and how they were understood; or that it was made by hand. */
function sayWhy({ why, effects }: ReceiptRecord): string {
  const { source, words } = why;
  if (words === null) return source === 'direct' ? 'Changed by hand' : (effects[0]?.reason ?? '');
  return `You wrote “${words}”${sayUnderstood(why)}`;
}

/** Whether it can be taken back still; turns false by itself. */
function useHolds({ undone, undo_until: until }: ReceiptRecord): boolean {
  const now = useNow();
  return !undone && until !== null && Date.parse(until) > now.getTime();
}

function byDay(changes: readonly FoldedChange[]): [string, FoldedChange[]][] {
  const days = new Map<string, FoldedChange[]>();
  for (const change of changes) {
    const day = dayOf(change.receipt.created_at);
    days.set(day, [...(days.get(day) ?? []), change]);
  }
  return [...days];
}
