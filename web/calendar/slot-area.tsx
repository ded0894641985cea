import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { minutesOfDay, timeAt } from '../client/index.ts';
import { DAY_MINUTES, HOUR_PX, longDay, y } from './grid-scale.ts';

/** Where something new is to begin. */
export interface Slot {
  /** `2026-11-30` */
  day: string;
  /** `09:30` */
  time: string;
}

interface SlotAreaProps {
  days: readonly string[];
  /** Where the keyboard begins. */
  first: Slot;
  style: CSSProperties;
  onAdd: (slot: Slot) => void;
  children: ReactNode;
}

const STEP_MINUTES = 30;
const LAST_MINUTES = DAY_MINUTES - STEP_MINUTES;

/**
 * The hours of days, whose free places can be pressed to put something there: what is pointed at is shown. The keyboard
 * has one button for all of them that the arrow keys move.
 */
export function SlotArea({ days, first, style, onAdd, children }: SlotAreaProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [chosen, setChosen] = useState<Slot | null>(null);
  const [pointed, setPointed] = useState(false);
  const [said, setSaid] = useState('');
  const slot = chosen && days.includes(chosen.day) ? chosen : first;
  const column = days.indexOf(slot.day);
  useEffect(() => {
    // The arrow keys may have moved it out of sight.
    if (said !== '') button.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);

  const point = (found: Slot | null): void => {
    setPointed(found !== null);
    if (found && (found.day !== slot.day || found.time !== slot.time)) setChosen(found);
  };
  const add = (at: Slot): void => {
    setChosen(at);
    setPointed(false);
    // It has the focus again when what it opens is closed.
    button.current?.focus({ preventScroll: true });
    onAdd(at);
  };
  const onKeyDown = (pressed: KeyboardEvent): void => {
    const next = beside(slot, pressed.key, days);
    if (!next) return;
    pressed.preventDefault();
    setChosen(next);
    setSaid(`${longDay(next.day)}, ${next.time}`);
  };
  return (
    <div
      className="grid-hours"
      style={style}
      onPointerMove={({ target, clientY, pointerType }) =>
        point(pointerType === 'touch' ? null : slotAt(target, clientY))
      }
      onPointerLeave={() => setPointed(false)}
      onClick={({ target, clientY }) => {
        const found = slotAt(target, clientY);
        if (found) add(found);
      }}
    >
      <button
        ref={button}
        type="button"
        className={`grid-slot ${pointed ? 'pointed' : ''}`}
        aria-label={`New event, ${longDay(slot.day)}, ${slot.time}`}
        title="New event; the arrow keys choose when"
        style={{
          top: y(minutesOfDay(slot.time)) + 1,
          height: y(STEP_MINUTES) - 1,
          left: `calc(var(--hours) + (100% - var(--hours)) * ${column / days.length} + 2px)`,
          width: `calc((100% - var(--hours)) / ${days.length} - 4px)`,
        }}
        onKeyDown={onKeyDown}
        onClick={() => add(slot)}
      >
        <Plus size={13} aria-hidden /> {slot.time}
      </button>
      {children}
      <span className="visually-hidden" aria-live="polite">
        {said}
      </span>
    </div>
  );
}

/** The place under the pointer; null where something stands there already. */
function slotAt(target: EventTarget, clientY: number): Slot | null {
  if (!(target instanceof HTMLElement)) return null;
  const { day } = target.dataset;
  if (day === undefined) return null;
  const down = ((clientY - target.getBoundingClientRect().top) / HOUR_PX) * 60;
  const minutes = Math.floor(down / STEP_MINUTES) * STEP_MINUTES;
  return { day, time: timeAt(Math.min(Math.max(minutes, 0), LAST_MINUTES)) };
}

function beside({ day, time }: Slot, key: string, days: readonly string[]): Slot | null {
  const step = { ArrowUp: -STEP_MINUTES, ArrowDown: STEP_MINUTES }[key];
  if (step !== undefined) {
    const minutes = Math.min(Math.max(minutesOfDay(time) + step, 0), LAST_MINUTES);
    return { day, time: timeAt(minutes) };
  }
  const aside = { ArrowLeft: -1, ArrowRight: 1 }[key];
  const next = aside === undefined ? undefined : days[days.indexOf(day) + aside];
  return next === undefined ? null : { day: next, time };
}
