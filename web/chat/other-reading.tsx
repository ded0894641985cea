import { useNow } from '../app/now.ts';
import { useStore } from '../app/store.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { sayInstead, type Surroundings, type Turn, type Understood } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';

export interface OtherReadingProps {
  actIndex: number;
  piece: Understood;
  other: Understood['alternatives'][number];
  /** Set where the message has other acts as well. */
  actName: string | null;
  around: Pick<Surroundings, 'isLast' | 'openQuestions' | 'undone'> & { turn: Turn };
}

/** The second reading of a piece, one tap away for as long as the tap would put just that right. */
export function OtherReading({ actIndex, piece, other, actName, around }: OtherReadingProps) {
  const { say, tasks } = useChatActions();
  const state = useStore(tasks);
  const now = useNow();
  const words = sayInstead(
    around.turn,
    { actIndex, piece, other: other.normal },
    {
      ...around,
      now,
      taskNow: (task) => {
        const { item: live, gone } = itemAsItIs(state, task);
        return gone ? null : live;
      },
      called: (title) => [...state.items.values()].filter((task) => isSameTitle(task.title, title)).length,
    },
  );
  if (words === null) return null;
  return (
    <button
      type="button"
      className="chip chip-other"
      title={other.reason}
      aria-label={actName === null ? undefined : `or ${other.value}? For “${actName}”`}
      onClick={() => say(words)}
    >
      or {other.value}?
    </button>
  );
}

/** As titles are found by words. */
const isSameTitle = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
