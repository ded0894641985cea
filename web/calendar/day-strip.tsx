import type { Event } from '../../contracts/entities.ts';
import { minutesOn } from '../client/index.ts';
import { layOut } from './day-layout.ts';

interface DayStripProps {
  /** `2026-11-30` */
  day: string;
  event: Event;
  /** What else is on that day. */
  others: readonly Event[];
}

/** Hours that are shown around it; wider, its neighbours would be too narrow to be read. */
const AROUND = 3;
const HOURS_MIN = 8;
/** What takes up less of the strip has no room for a word. */
const LABEL_PART = 0.1;

/** The day of an event in small, with what stands around it. The words beside it say the same. */
export function DayStrip({ day, event, others }: DayStripProps) {
  const placed = layOut([event, ...others.filter((other) => !other.all_day)], day);
  const own = minutesOn(day, event);
  if (!own || placed.length === 0) return null;
  const last = Math.min(24, Math.max(Math.ceil(own.to / 60) + AROUND, HOURS_MIN));
  const first = Math.max(0, Math.min(Math.floor(own.from / 60) - AROUND, last - HOURS_MIN));
  const near = placed.filter(({ from, to }) => to > first * 60 && from < last * 60);
  const rows = Math.max(...near.map(({ columns }) => columns));
  const at = (minutes: number): string => `${((minutes / 60 - first) / (last - first)) * 100}%`;
  const wide = (minutes: number): string => `${(minutes / 60 / (last - first)) * 100}%`;
  const step = last - first > 14 ? 4 : 2;
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <div className="strip" aria-hidden>
      <div className="strip-blocks" style={{ height: rows * 22 + 8 }}>
        {hours.map((hour) => (
          <span key={hour} className="strip-line" style={{ left: at(hour * 60) }} />
        ))}
        {near.map(({ item, from, to, column }) => (
          <span
            key={`${item.id} ${item.start}`}
            className={`strip-block ${item === event ? 'own' : ''} ${item.calendar === 'plan' ? 'plan' : ''}`}
            style={{
              left: at(Math.max(from, first * 60)),
              width: wide(Math.min(to, last * 60) - Math.max(from, first * 60)),
              top: column * 22 + 4,
            }}
            title={item.title}
          >
            {(to - from) / 60 / (last - first) >= LABEL_PART && item.title}
          </span>
        ))}
      </div>
      <div className="strip-hours">
        {hours
          .filter((hour) => (hour - first) % step === 0 && hour < last)
          .map((hour) => (
            <span key={hour} style={{ left: at(hour * 60) }}>
              {hour}
            </span>
          ))}
      </div>
    </div>
  );
}
