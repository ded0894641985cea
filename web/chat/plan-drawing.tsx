import { useId } from 'react';
import type { Card } from '../../contracts/result.ts';
import { addDays, dayOf, daysBetween, minutesOn } from '../client/index.ts';
import { layOut, type Placed } from '../calendar/day-layout.ts';

type Schedule = Extract<Card, { kind: 'schedule' }>['data'];

const DAYS_MAX = 7;
const HOUR_PX = 22;
/** What is lower has no room for words. */
const ROW_PX = 16;
const FIRST_HOUR = 8;
const LAST_HOUR = 18;

interface Drawn {
  start: string;
  end: string;
  title: string;
  look: 'fixed' | 'block' | 'was' | 'free';
}

/** Days side by side with what stands fast, what is planned, and an arrow from where a block was. The list says the same. */
export function PlanDrawing({ data }: { data: Schedule }) {
  const arrow = useId();
  const drawn = drawnOf(data);
  const days = daysOf(data, drawn);
  if (days.length === 0) return null;
  const columns = days.map((day) => ({
    day,
    ghosts: layOut(
      drawn.filter(({ look }) => look === 'was' || look === 'free'),
      day,
    ),
    placed: layOut(
      drawn.filter(({ look }) => look === 'block' || look === 'fixed'),
      day,
    ),
  }));
  const all = columns.flatMap(({ ghosts, placed }) => [...ghosts, ...placed]);
  const first = Math.min(FIRST_HOUR, ...all.map(({ from }) => Math.floor(from / 60)));
  const last = Math.min(24, Math.max(LAST_HOUR, ...all.map(({ to }) => Math.ceil(to / 60))));
  const height = (last - first) * HOUR_PX;
  const y = (minutes: number): number => ((minutes - first * 60) / 60) * HOUR_PX;
  const x = (instant: string, edge: number): number =>
    ((days.indexOf(dayOf(instant)) + edge) / days.length) * 100;
  const middle = (span: { start: string; end: string }): number => {
    const on = minutesOn(dayOf(span.start), span);
    return on ? y((on.from + on.to) / 2) : 0;
  };
  const moved = data.blocks.filter(
    ({ was, start }) => was && days.includes(dayOf(was.start)) && days.includes(dayOf(start)),
  );
  const hours = Array.from({ length: last - first }, (_, index) => first + index);
  return (
    <div className="drawing" aria-hidden>
      <div className="drawing-hours" style={{ height }}>
        {hours
          .filter((hour) => (hour - first) % 2 === 0)
          .map((hour) => (
            <span key={hour} style={{ top: y(hour * 60) }}>
              {hour}
            </span>
          ))}
      </div>
      <div className="drawing-days">
        <div className="drawing-heads">
          {columns.map(({ day }) => (
            <span key={day}>{headOf(day)}</span>
          ))}
        </div>
        <div className="drawing-place" style={{ height }}>
          {hours.map((hour) => (
            <span key={hour} className="drawing-line" style={{ top: y(hour * 60) }} />
          ))}
          {columns.map(({ day, ghosts, placed }, index) => (
            <div
              key={day}
              className="drawing-day"
              style={{ left: `${(index / days.length) * 100}%`, width: `${100 / days.length}%` }}
            >
              {[...ghosts, ...placed].map((one) => (
                <Box key={`${one.item.look} ${one.item.title} ${one.item.start}`} placed={one} y={y} />
              ))}
            </div>
          ))}
          <svg className="drawing-moves" width="100%" height={height}>
            <defs>
              <marker
                id={arrow}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="7"
                markerHeight="7"
                orient="auto"
              >
                <path d="M0 0 8 4 0 8z" />
              </marker>
            </defs>
            {moved.map((block) => {
              const { was } = block;
              if (!was) return null;
              // From the middle of where it was to the near side of where it is, so that its title can be read.
              const ahead = Math.sign(x(block.start, 0) - x(was.start, 0));
              return (
                <line
                  key={`${block.task_id} ${block.start}`}
                  x1={`${x(was.start, ahead === 0 ? 0.85 : 0.5)}%`}
                  y1={middle(was)}
                  x2={`${x(block.start, ahead === 0 ? 0.85 : ahead > 0 ? 0.03 : 0.97)}%`}
                  y2={middle(block)}
                  markerEnd={`url(#${arrow})`}
                />
              );
            })}
          </svg>
        </div>
      </div>
    </div>
  );
}

function Box({ placed, y }: { placed: Placed<Drawn>; y: (minutes: number) => number }) {
  const { item, from, to, column, columns } = placed;
  // Only whole lines can be read.
  const rows = Math.floor((y(to) - y(from) - 2) / ROW_PX);
  return (
    <span
      className={`drawing-box ${item.look}`}
      title={item.title}
      style={{
        top: y(from) + 1,
        height: Math.max(10, y(to) - y(from) - 2),
        left: `calc(${(column / columns) * 100}% + 2px)`,
        width: `calc(${100 / columns}% - 4px)`,
      }}
    >
      {item.look !== 'was' && rows > 0 && (
        <span className="drawing-title" style={{ WebkitLineClamp: rows }}>
          {item.title}
        </span>
      )}
    </span>
  );
}

function drawnOf({ blocks, events, slots }: Schedule): Drawn[] {
  const own = new Set(blocks.map(({ task_id: id, start }) => `${id} ${Date.parse(start)}`));
  const isBlock = (taskId: string | null, start: string): boolean =>
    taskId !== null && own.has(`${taskId} ${Date.parse(start)}`);
  return [
    ...events
      .filter((event) => !event.all_day && !isBlock(event.task_id, event.start))
      .map(({ start, end, title }) => ({ start, end, title, look: 'fixed' as const })),
    ...blocks.map(({ start, end, title }) => ({ start, end, title, look: 'block' as const })),
    ...blocks.flatMap(({ was, title }) => (was ? [{ ...was, title, look: 'was' as const }] : [])),
    ...slots.map(({ start, end }) => ({ start, end, title: 'free', look: 'free' as const })),
  ];
}

/** The days of a short range, else those on which something is drawn. */
function daysOf({ range, blocks, slots }: Schedule, drawn: readonly Drawn[]): string[] {
  const first = dayOf(range.start);
  const last = dayOf(new Date(Date.parse(range.end) - 1).toISOString());
  const length = daysBetween(first, last) + 1;
  if (length >= 1 && length <= DAYS_MAX) return Array.from({ length }, (_, index) => addDays(first, index));
  const wanted = blocks.length + slots.length > 0 ? drawn.filter(({ look }) => look !== 'fixed') : drawn;
  return [...new Set(wanted.map(({ start }) => dayOf(start)))].sort().slice(0, DAYS_MAX);
}

const headOf = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );
