import type { Understood } from '../client/index.ts';
import { useChatActions } from './chat-actions.ts';

interface UnderstoodChipsProps {
  actions: readonly string[];
  understood: readonly Understood[];
  activeKey: string | null;
  onActive: (key: string | null) => void;
  /** Other readings are offered only where saying one still makes sense. */
  offerReadings: boolean;
}

/** What was understood, quietly; each piece shows the words it came from and offers its second reading. */
export function UnderstoodChips({
  actions,
  understood,
  activeKey,
  onActive,
  offerReadings,
}: UnderstoodChipsProps) {
  const { say } = useChatActions();
  if (actions.length + understood.length === 0) return null;
  return (
    <ul className="chips" aria-label="Understood">
      {actions.map((action) => (
        <li key={action} className="chip chip-action">
          {action}
        </li>
      ))}
      {understood.map(({ key, label, value, words, alternatives }) => (
        <li key={key}>
          {words === null ? (
            <span className="chip">
              <span className="chip-label">{label}</span> <span className="chip-value">{value}</span>
            </span>
          ) : (
            <button
              type="button"
              className="chip"
              aria-label={`${label} ${value}, from the words “${words.text}”`}
              aria-pressed={activeKey === key}
              onMouseEnter={() => onActive(key)}
              onMouseLeave={() => onActive(null)}
              onFocus={() => onActive(key)}
              onBlur={() => onActive(null)}
              onClick={() => onActive(key)}
            >
              <span className="chip-label">{label}</span> <span className="chip-value">{value}</span>
            </button>
          )}
          {offerReadings &&
            alternatives.slice(0, 1).map((other) => (
              <button
                key={other.value}
                type="button"
                className="chip chip-other"
                title={other.reason}
                onClick={() => say(other.say)}
              >
                or {other.value}?
              </button>
            ))}
        </li>
      ))}
    </ul>
  );
}
