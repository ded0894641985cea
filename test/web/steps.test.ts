import { expect, it } from 'vitest';
import type { Task } from '../../contracts/entities.ts';
import { behindTheirTask, standsUnder } from '../../web/today/steps.ts';
import { groupTasks } from '../../web/today/task-groups.ts';

const NOW = new Date('2026-11-18T12:00:00Z');

function task(id: string, parent_id: string | null = null, due_date: string | null = null): Task {
  return {
    id,
    title: id,
    status: 'open',
    due_date,
    priority: 'medium',
    duration_minutes: null,
    list: null,
    tags: [],
    recurrence: null,
    repeats_from_completion: false,
    location: null,
    notes: null,
    parent_id,
    version: 1,
    created_at: NOW.toISOString(),
    completed_at: null,
  };
}
const ids = (tasks: readonly Task[]): string[] => tasks.map(({ id }) => id);

it('puts steps right behind their task, and leaves what has no task among them where it is', () => {
  const tasks = [task('step of other', 'elsewhere'), task('step 1', 'report'), task('milk'), task('report')];
  expect(ids(behindTheirTask(tasks))).toEqual(['step of other', 'milk', 'report', 'step 1']);
});

it('tells a step that stands under its task from one that does not', () => {
  const tasks = [
    task('report'),
    task('a', 'report'),
    task('b', 'report'),
    task('milk'),
    task('c', 'report'),
    task('d', 'gone'),
  ];
  expect(tasks.map((_, index) => standsUnder(tasks, index))).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it('groups a step with its task, unless it is due before', () => {
  const groups = groupTasks(
    [
      task('late', 'report', '2026-11-17'),
      task('soon', 'report'),
      task('report', null, '2026-11-20'),
      task('milk'),
    ],
    NOW,
  );
  expect(groups.map(({ key, tasks }) => [key, ids(tasks)])).toEqual([
    ['overdue', ['late']],
    ['upcoming', ['report', 'soon']],
    ['undated', ['milk']],
  ]);
});
