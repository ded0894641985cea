import type { Understood, UnderstoodAct } from '../client/index.ts';
import { OtherReading, type OtherReadingProps } from './other-reading.tsx';

interface UnderstoodChipsProps {
  acts: readonly UnderstoodAct[];
  activeKey: string | null;
  onActive: (key: string | null) => void;
  around: OtherReadingProps['around'];
}

/** What was understood, quietly: a row for each act; each piece shows its words and offers its second reading. */
export function UnderstoodChips({ acts, activeKey, onActive, around }: UnderstoodChipsProps) {
  if (acts.length === 0) return null;
  const several = acts.length > 1;
  return (
    <ul className="acts" aria-label="Understood">
      {acts.map(({ key, label, name, pieces }) => {
        const actName = several ? name : null;
        return (
          <li key={key} className="act">
            <span className="act-label">{label}</span>
            {pieces.length > 0 && (
              <ul className="chips" aria-label={actName ?? undefined}>
                {pieces.map((piece) => (
                  <li key={piece.key}>
                    <Chip
                      piece={piece}
                      actName={actName}
                      isActive={activeKey === piece.key}
                      onActive={onActive}
                    />
                    {piece.alternatives.slice(0, 1).map((other) => (
                      <OtherReading
                        key={other.value}
                        actIndex={Number(key)}
                        piece={piece}
                        other={other}
                        actName={actName}
                        around={around}
                      />
                    ))}
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ChipProps {
  piece: Understood;
  /** Set where the message has other acts as well. */
  actName: string | null;
  isActive: boolean;
  onActive: (key: string | null) => void;
}

function Chip({ piece, actName, isActive, onActive }: ChipProps) {
  const { key, label, value, words } = piece;
  const shown = (
    <>
      <span className="chip-label">{label}</span> <span className="chip-value">{value}</span>
    </>
  );
  if (words === null) return <span className="chip">{shown}</span>;
  const ofAct = actName === null ? '' : ` of “${actName}”`;
  return (
    <button
      type="button"
      className="chip"
      aria-label={`${label} ${value}${ofAct}, from the words “${words.text}”`}
      aria-pressed={isActive}
      onMouseEnter={() => onActive(key)}
      onMouseLeave={() => onActive(null)}
      onFocus={() => onActive(key)}
      onBlur={() => onActive(null)}
      onClick={() => onActive(key)}
    >
      {shown}
    </button>
  );
}
