import { ArrowRight, CircleDashed } from 'lucide-react';
import type { Card, PlanBlock } from '../../contracts/result.ts';
import { useNow } from '../app/now.ts';
import { dayOf, formatDate, formatMinutes, minutesBetween, sayTimes, timeOf } from '../client/index.ts';
import { PlanDrawing } from './plan-drawing.tsx';

type Schedule = Extract<Card, { kind: 'schedule' }>['data'];

interface ScheduleCardProps {
  data: Schedule;
  /** Its question is open, with the free times to choose from. */
  isOpen: boolean;
}

/** A plan as a small calendar, with what moves drawn from where to where, and why; or the free times that were found. */
export default function ScheduleCard({ data, isOpen }: ScheduleCardProps) {
  const { title, state, blocks, slots, unscheduled } = data;
  const isPlan = blocks.length > 0 || unscheduled.length > 0;
  const tag = !isPlan ? null : state === 'proposed' ? 'Proposed' : 'In your calendar';
  return (
    <section className={`card card-column schedule ${state}`} aria-label={`Plan: ${title}`}>
      <header className="event-head">
        <h3>{title}</h3>
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      <PlanDrawing data={data} />
      {blocks.length > 0 && (
        <ol className="plan-list">
          {blocks.map((block) => (
            <li key={`${block.task_id} ${block.start}`}>
              <Block block={block} />
            </li>
          ))}
        </ol>
      )}
      {slots.length > 0 && !isOpen && <Slots slots={slots} />}
      {unscheduled.length > 0 && (
        <div className="plan-left">
          <h4>Found no place for</h4>
          <ul>
            {unscheduled.map(({ task_id: id, title: name, reason }) => (
              <li key={id}>
                <CircleDashed size={14} aria-hidden />
                <span>
                  {name} <span className="soft">· {reason}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Block({ block }: { block: PlanBlock }) {
  const now = useNow();
  const day = formatDate(dayOf(block.start), now);
  const { was } = block;
  const wasDay =
    was && dayOf(was.start) !== dayOf(block.start) ? `${formatDate(dayOf(was.start), now)}, ` : '';
  return (
    <>
      <span className="plan-title">{block.title}</span>
      <span className="plan-when">
        {was && (
          <>
            <s>
              <span className="visually-hidden">was </span>
              {wasDay}
              {wasDay === '' ? timeOf(was.start) : sayTimes(was)}
            </s>
            <ArrowRight size={13} aria-label="now" />
          </>
        )}
        {day}, {sayTimes(block)}
        <span className="soft"> {formatMinutes(minutesBetween(block.start, block.end))}</span>
      </span>
      {block.reason !== '' && <span className="plan-why">{block.reason}</span>}
    </>
  );
}

function Slots({ slots }: { slots: Schedule['slots'] }) {
  const now = useNow();
  return (
    <ul className="slots" aria-label="Free times">
      {slots.map((slot) => (
        <li key={slot.start} className="slot">
          {formatDate(dayOf(slot.start), now)}, {sayTimes(slot)}{' '}
          <span>{formatMinutes(minutesBetween(slot.start, slot.end))}</span>
        </li>
      ))}
    </ul>
  );
}
