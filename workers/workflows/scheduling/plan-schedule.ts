import { DateTime } from 'luxon';
import type { Task } from '../../../contracts/entities.ts';
import type { PlanBlock } from '../../../contracts/result.ts';
import { inZone } from '../../../db/events.ts';
import { done, type Handler, type Step, type Work } from '../outcome.ts';
import { count, quote, sayDate, sayLength } from '../sentences.ts';
import { sayDays, sayLeftOut } from '../work-days.ts';
import { overlap, stretchOf } from './around.ts';
import type { SchedulingEngine } from './engine/engine.ts';
import { pairUp, sayWhy, stays, writePlan } from './plan-blocks.ts';
import { dueAt, problemOf, type PlannedTask } from './plan-problem.ts';
import { hoursOf, sayLeftAlone } from './left-alone.ts';
import { beforeOf, isSame, readState, TASKS_MAX, type State } from './plan-state.ts';
import { askToAgree, previewOf, type Preview, type Schedule, type Wish } from './preview.ts';
import {
  isOver,
  gapsIn,
  rangeOf,
  sayDay,
  sayRange,
  sayTimes,
  weekToPlan,
  type Frame,
  type Range,
} from './when.ts';
import { begunAt, grant, type Granted } from './wishes.ts';

const BUDGET_MS = 200;
const LINES_MAX = 12;
const CHANGED = 'Your calendar or your tasks have changed since I showed you the plan. ';

/**
 * Open tasks into free time, always shown first; what was agreed to is done only while nothing else has changed. What is
 * said of a plan that was shown ("the slides on friday instead") comes as a wish in its memo, and it is shown anew.
 */
export const planSchedule =
  (engine: SchedulingEngine): Handler =>
  async (work) => {
    if (work.confirmed === false) return done({ reply: 'All right, I left your calendar as it is.' });
    const sessions = work.confirmed === null ? SESSIONS.exec(work.words)?.groups?.['what'] : undefined;
    if (sessions !== undefined) return noSessions(sessions);
    const kept = previewOf(work.memo);
    const { words = work.words, wishes = [] } = kept ?? {};
    const asked = rangeOf(work.slots.date_range, work);
    if (!asked)
      return isOver('Name one that is still to come, for example "plan tomorrow" or "plan next week".');
    const settings = await work.ports.settings.read();
    const range = begunAt(weekToPlan(asked, settings, words), wishes);
    const state = await readState(work, range, settings, words);
    if (work.confirmed && kept && isSame(kept, state, work)) return commit(work, kept, state);
    const granted = grant(wishes, state, work);
    const because = [
      ...(work.confirmed ? [CHANGED.trim()] : []),
      ...granted.refused.map(({ reply }) => reply),
    ].join(' ');
    // What was said just now and can't be had leaves the plan that was shown as it was.
    if (!work.confirmed && granted.refused.some(({ wish }) => wish === wishes.at(-1)))
      return done({ reply: because });
    return propose(work, engine, state, { granted, wishes, words, because });
  };

async function propose(
  work: Work,
  engine: SchedulingEngine,
  state: State,
  {
    granted: { placed },
    wishes,
    words,
    because,
  }: { granted: Granted; wishes: readonly Wish[]; words: string; because: string },
): Promise<Step> {
  const { timezone, reference } = work;
  const { range, frame, tasks, fixed, alone, settings } = state;
  const where = sayRange(range, work);
  if (tasks.length === 0) return nothingToPlan(state, where, because);
  if (gapsIn(range, { hours: frame.hours, days: frame.days }, [], 15).length === 0)
    return done({
      reply: `There are no working hours left ${where}: you work ${frame.hours.start} to ${frame.hours.end} ${sayDays(settings.work_days)}. Ask for another day, or for hours such as "plan this evening".`,
    });
  const free = tasks.filter(({ task }) => !placed.some((one) => one.task === task.id));
  const taken = [
    ...fixed,
    ...hoursOf(alone, settings.task_minutes),
    ...placed.map(({ task: id, ...at }) => ({ id, ...at })),
  ];
  const plan = await engine.plan(problemOf(free, taken, range, frame), { budgetMs: BUDGET_MS, seed: 1 });
  const planned = [...placed, ...plan.blocks].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const blocks = blocksOf(work, state, planned, new Set(placed.map(({ task }) => task)));
  const unscheduled = plan.unscheduled.flatMap((id) => {
    const found = tasks.find(({ task }) => task.id === id);
    return found ? [{ task_id: id, title: found.task.title, reason: sayNoRoom(found, state) }] : [];
  });
  if (blocks.length === 0) return noRoom(unscheduled, where, because);
  const local = (at: DateTime): string => inZone(at.toJSDate(), timezone);
  const schedule: Schedule = {
    title: `Plan for ${where}`,
    timezone,
    state: 'proposed',
    range: { start: local(range.from), end: local(range.to) },
    blocks,
    slots: [],
    events: fixed,
    unscheduled,
  };
  const changes = blocks.filter(
    ({ start, end, was }) =>
      was === null || Date.parse(was.start) !== Date.parse(start) || Date.parse(was.end) !== Date.parse(end),
  );
  const gone = beforeGone(state, blocks);
  if (changes.length === 0 && gone === 0)
    return done({
      reply: [because, `Your plan for ${where} stands as it is: ${count(blocks.length, 'block')} of work.`]
        .filter(Boolean)
        .join(' '),
      cards: [{ kind: 'schedule', data: { ...schedule, state: 'committed' } }],
      shown: [],
    });
  const versions = Object.fromEntries(tasks.map(({ task }) => [task.id, task.version]));
  const lines = blocks
    .slice(0, LINES_MAX)
    .map((block) => `• ${sayTimes(stretchOf(block), timezone, reference)}: ${block.title} (${block.reason})`);
  const more = blocks.length > LINES_MAX ? [`… and ${blocks.length - LINES_MAX} more.`] : [];
  const left = unscheduled.map(({ title, reason }) => `• No place for ${title}: ${reason}`);
  return askToAgree(
    { version: state.version, tasks: versions, schedule, words, wishes },
    {
      preface: [
        because,
        `Here is a ${because && 'new '}plan for ${where}:`,
        ...lines,
        ...more,
        ...left,
        ...notes(state),
        '',
      ]
        .filter((line, index) => line !== '' || index > 0)
        .join('\n'),
      question: `Shall I put ${blocks.length === 1 ? 'this block' : `these ${blocks.length} blocks`} for ${where} in your calendar?`,
      yes: 'Yes, put it in my calendar',
    },
  );
}

/** So many stretches of time for something that is no task: "schedule 3 focus sessions this week". */
const SESSIONS =
  /\b(?:\d{1,2}|an?|one|two|three|four|five|six|seven|some|several|a few|a couple of)\s+(?<what>(?!(?:task|hour|minute|min)s?\b)[\p{L}-]+(?:\s+[\p{L}-]+)?\s+(?:sessions?|blocks?|slots?))\b/iu;

const noSessions = (what: string): Step =>
  done({
    reply: `I can't place ${what.toLowerCase().replace(/(?<!s)$/, 's')} by themselves: I plan the work of tasks, in parts where it is long. Say "add focus work by friday, 3 hours" and then "plan my week". Or take one at a time: "find an hour for focus work tomorrow".`,
    executionResult: { scheduled: 0, unscheduled: 0 },
  });

function beforeGone({ tasks, idle }: State, blocks: readonly PlanBlock[]): number {
  const left = tasks.map(
    ({ task, blocks: before }) =>
      pairUp(
        blocks.filter(({ task_id }) => task_id === task.id),
        before,
      ).left.length,
  );
  return idle.length + left.reduce((sum, one) => sum + one, 0);
}

function notes({ range, frame, settings, elsewhere, unread, alone }: State): string[] {
  return [
    elsewhere > 0
      ? `${count(elsewhere, 'other task')} ${elsewhere === 1 ? 'has its' : 'have their'} time already.`
      : '',
    unread > 0 ? `I looked at the first ${TASKS_MAX} of your tasks.` : '',
    sayLeftOut(range, frame.days, settings),
    range.cut ? 'I plan five weeks at most in one go.' : '',
    ...sayLeftAlone(alone),
  ].filter(Boolean);
}

function nothingToPlan({ elsewhere, idle, alone }: State, where: string, because: string): Step {
  const all =
    elsewhere > 0
      ? `${elsewhere === 1 ? 'the one open task has its' : 'all open tasks have their'} time already`
      : '';
  const stale =
    idle.length > 0
      ? ` ${count(idle.length, 'block')} of work there ${idle.length === 1 ? 'is' : 'are'} for what is done.`
      : '';
  const left = sayLeftAlone(alone)
    .map((note) => ` ${note}`)
    .join('');
  return done({
    reply: `${because && CHANGED}There is nothing to plan ${where}: ${all || `you have no ${left && 'other '}open tasks for it`}.${left}${stale} Add one, for example "write the report by friday, 2 hours".`,
    executionResult: { scheduled: 0, unscheduled: 0 },
  });
}

/** Blocks as they are shown, each with its reason. */
function blocksOf(
  work: Work,
  { tasks, fixed, range, frame, alone, settings }: State,
  planned: readonly { task: string; start: string; end: string }[],
  wished: ReadonlySet<string>,
): PlanBlock[] {
  const { timezone, reference } = work;
  const taken = [...fixed, ...hoursOf(alone, settings.task_minutes)];
  const busy = taken.map(stretchOf);
  const shown = planned.flatMap(({ task: id, start, end }) => {
    const own = tasks.find(({ task }) => task.id === id);
    const local = (at: string): string => inZone(new Date(at), timezone);
    return own
      ? [{ own, block: { task_id: id, title: own.task.title, start: local(start), end: local(end) } }]
      : [];
  });
  return shown.map(({ own, block }, index) => {
    const parts = shown.filter((other) => other.own === own).map((other) => other.block);
    const pair = pairUp(parts, own.blocks).pairs.find((one) => one.block === block);
    const time = stretchOf(block);
    const length = (time.end.getTime() - time.start.getTime()) / 60_000;
    const before = [...taken, ...shown.slice(0, index).map((other) => other.block)];
    const due = own.task.due_date === null ? null : dueAt(own.task.due_date, timezone);
    const reason = sayWhy(time, {
      matters: sayMatters(own.task, timezone, reference),
      firstFree: gapsIn(range, frame, busy, length)[0]?.start,
      inTheWay: inTheWay(block, before, range, frame),
      stays: pair !== undefined && stays(pair),
      wished: wished.has(own.task.id),
      late: lateness(due, time.end, range, reference),
      part: parts.length > 1 ? `part ${parts.indexOf(block) + 1} of ${parts.length}` : '',
    });
    const was = pair?.before ? { start: pair.before.start, end: pair.before.end } : null;
    return { ...block, was, reason };
  });
}

/** A pause that nothing is put in. */
const PAUSE_MS = 15 * 60_000;

/** What takes the time before a block: just what ends where it begins, else the last of what fills the days before. */
function inTheWay(
  block: { title: string; start: string },
  before: readonly { title: string; start: string; end: string }[],
  { from }: Range,
  frame: Frame,
): string[] {
  const start = new Date(block.start);
  const working = gapsIn(
    { from, to: DateTime.fromJSDate(start, { zone: from.zoneName ?? 'utc' }) },
    frame,
    [],
    15,
  );
  const others = before
    .filter(({ end }) => Date.parse(end) <= start.getTime())
    .filter((other) => working.some((gap) => overlap(gap, stretchOf(other))))
    .toSorted((a, b) => Date.parse(a.end) - Date.parse(b.end));
  const next = others.findLast(({ end }) => start.getTime() - Date.parse(end) <= PAUSE_MS);
  const titles = next ? [next.title] : [...new Set(others.map(({ title }) => title))].slice(-2);
  // A part of the same work is no other thing.
  return titles.filter((title) => title !== block.title).map(quote);
}

/** What was due before now is overdue, which is said already. */
function lateness(
  due: DateTime | null,
  end: Date,
  range: Range,
  reference: Date,
): 'no' | 'no_room' | 'not_before' {
  if (due === null || due.toJSDate() >= end || due.toJSDate() <= reference) return 'no';
  return due <= range.from ? 'not_before' : 'no_room';
}

/** What makes a task matter: its date, or how important it is. */
function sayMatters({ due_date: due, priority }: Task, zone: string, reference: Date): string {
  const important = priority === 'urgent' ? 'urgent' : priority === 'high' ? 'high priority' : '';
  if (due === null) return important || 'no due date';
  const at = dueAt(due, zone);
  const day = DateTime.fromISO(due, { zone });
  const said =
    at.toJSDate() <= reference
      ? `overdue since ${sayDate(due.slice(0, 10), zone, reference)}`
      : `due ${sayDay(day.toJSDate(), zone, reference)}${due.length > 10 ? ` at ${day.toFormat('HH:mm')}` : ''}`;
  return [important, said].filter(Boolean).join(', ');
}

function sayNoRoom({ minutes }: PlannedTask, { range, frame, fixed }: State): string {
  const free = gapsIn(range, frame, fixed.map(stretchOf), 15).reduce(
    (sum, { start, end }) => sum + Math.floor((end.getTime() - start.getTime()) / (15 * 60_000)) * 15,
    0,
  );
  if (free === 0) return 'nothing is free';
  return free < minutes
    ? `it takes ${sayLength(minutes)}, and only ${sayLength(free)} are free`
    : `it takes ${sayLength(minutes)}, and other tasks need that time more`;
}

function noRoom(unscheduled: Schedule['unscheduled'], where: string, because: string): Step {
  const titles = unscheduled.slice(0, 3).map(({ title }) => quote(title));
  const more = unscheduled.length > 3 ? ` and ${unscheduled.length - 3} more` : '';
  return done({
    reply: `${because && CHANGED}There is no room ${where} for ${titles.join(', ')}${more}. More days would help, or shorter work: "plan next week", or "the report takes 30 minutes".`,
    executionResult: { scheduled: 0, unscheduled: unscheduled.length },
  });
}

async function commit(work: Work, { schedule, version }: Preview, state: State): Promise<Step> {
  const before = new Map(beforeOf(state));
  for (const event of state.idle)
    before.set(event.task_id ?? '', [...(before.get(event.task_id ?? '') ?? []), event]);
  const { effects, eventIds, titles } = await writePlan(work, schedule.blocks, before);
  const tasks = new Set(schedule.blocks.map(({ task_id }) => task_id)).size;
  const sentence = `Planned ${count(tasks, 'task')} in ${count(schedule.blocks.length, 'block')}`;
  const left = schedule.unscheduled.length;
  return done({
    reply: `${sentence}.${left > 0 ? ` ${count(left, 'task')} found no place.` : ''}`,
    decision: 'CONFIRM',
    summary: sentence,
    effects,
    titles,
    calendarVersion: version,
    cards: [{ kind: 'schedule', data: { ...schedule, state: 'committed' } }],
    executionResult: { event_ids: eventIds, scheduled: tasks, unscheduled: left },
  });
}
