import type { PlannedAct } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import { doneRun } from './act-routes.ts';
import type { Question } from './outcome.ts';
import { REMOVED_AT_ONCE, removes, waitsForOthers } from './policy.ts';
import { lower } from './sentences.ts';
import { readShown } from './shown.ts';
import type { ActRun } from './turn-run.ts';

type Asked = Extract<ActRun, { kind: 'asked' }>;
type Done = Extract<ActRun, { kind: 'done' }>;

/**
 * The acts of one message as one plan: where one of them has to be confirmed, or several of them take something away,
 * those that change something wait, and all are asked about in one question. Acts that lack something are no part of it;
 * they are asked about by themselves, and those that name nothing there are told.
 *
 * @param isBulk several things were meant at once, which is a bulk change whatever their kinds
 */
export function holdTogether(runs: readonly ActRun[], isBulk: boolean): ActRun[] {
  const confirming = runs.filter(isToConfirm);
  const changing = runs.filter(isChange);
  const removing = changing.filter(({ act }) => removes(act.action));
  const asks = isBulk || confirming.length > 0 || removing.length > REMOVED_AT_ONCE;
  if (!asks || confirming.length + changing.length < 2) return [...runs];
  const held = runs.filter((run): run is Asked | Done => isToConfirm(run) || isChange(run));
  return runs.map((run) => {
    const { act, slots, words } = run;
    // All of them are one question, which stands with the first.
    if (run === held[0])
      return {
        kind: 'asked',
        act,
        slots,
        words,
        question: together(held),
        checkpoint: { v: 'plan', memos: memosOf(held) },
        askedCount: 1,
        workflow: actionEntry(act.action).workflow,
        plan: held.map(planned),
      };
    return held.some((one) => one === run) ? doneRun(act, slots, words, WAITING) : run;
  });
}

/** Its reply stands in the question. */
const WAITING = { reply: '', decision: 'CONFIRM' as const };

const isToConfirm = (run: ActRun): run is Asked =>
  run.kind === 'asked' && run.question.kind === 'confirm' && waitsForOthers(run.act.action);
const isChange = (run: ActRun): run is Done =>
  run.kind === 'done' && run.outcome.effects.length > 0 && waitsForOthers(run.act.action);

const planned = (run: Asked | Done): PlannedAct => ({
  intent: run.act.intent,
  action: run.act.action,
  slots: { ...run.slots, ...(run.kind === 'asked' && run.question.choiceSlots['yes']) },
  params: run.act.params,
  words: run.words,
});

/**
 * What each act is about. What acts of the plan itself make has another id when they are carried out: it stands as the
 * act that makes it, by its number, and the place among what that makes.
 */
function memosOf(runs: readonly (Asked | Done)[]): unknown[] {
  const made = new Map(
    runs.flatMap((run, step) => createdBy(run).map((id, place) => [id, `+${step}.${place}`] as const)),
  );
  return runs.map((run) =>
    renamed(run.kind === 'done' ? run.outcome.memo : run.question.memo, (id) => made.get(id) ?? id),
  );
}

/** What an act was shown to be about, once those before it were carried out again. */
export const memoAfter = (memo: unknown, runs: readonly ActRun[]): unknown =>
  renamed(memo, (id) => {
    const [, step, place] = /^\+(\d+)\.(\d+)$/.exec(id) ?? [];
    const run = runs[Number(step)];
    return (run && createdBy(run)[Number(place)]) ?? id;
  });

const createdBy = (run: ActRun): string[] =>
  run.kind === 'done' ? run.outcome.effects.filter(({ op }) => op === 'create').map(({ id }) => id) : [];

function renamed(memo: unknown, nameOf: (id: string) => string): unknown {
  const about = readShown(memo);
  if (!about) return memo;
  const shown = about.shown.map((key) => {
    const [id = '', ...start] = key.split(' ');
    return [nameOf(id), ...start].join(' ');
  });
  return { ...about, shown };
}

/** One question for all, in the order they were said. */
function together(runs: readonly (Asked | Done)[]): Question {
  const lines = runs.map((run, index) => `${index + 1}. ${wordsOf(run)}`);
  return {
    slot: 'target',
    kind: 'confirm',
    question: ['Shall I do all of this?', ...lines].join('\n'),
    choices: [
      { choice_id: 'yes', label: 'Yes, all of it' },
      { choice_id: 'no', label: 'No' },
    ],
    choiceSlots: { yes: {}, no: {} },
  };
}

/** What is to be done, as it is asked about, or as it will be told: "Added" is still to come here. */
function wordsOf(run: Asked | Done): string {
  if (run.kind === 'asked') return run.question.question;
  const [past = '', ...rest] = run.outcome.summary.split(' ');
  return [PLAIN[past] ?? past, ...rest].join(' ');
}

const PLAIN: Readonly<Record<string, string>> = {
  Added: 'Add',
  Changed: 'Change',
  Completed: 'Complete',
  Reopened: 'Reopen',
  Deleted: 'Delete',
  Moved: 'Move',
  Cancelled: 'Cancel',
  Renamed: 'Rename',
};

/** Whether a plan can't be carried out whole any more. What was to go and is gone already is only told. */
export function breaks(run: ActRun, memo: unknown): boolean {
  if (run.kind === 'asked') return true;
  const { refused } = run.outcome;
  const isGone = refused?.code === 'not_found' && removes(run.act.action) && readShown(memo) !== null;
  return refused !== null && !isGone;
}

/** What is said when a plan could not be carried out whole any more. */
export function brokenPlan(run: ActRun): string {
  const since = run.kind === 'asked' ? run.question.since : undefined;
  if (since !== undefined) return `Nothing was changed: ${since} Say it again for how it is now.`;
  return `Nothing was changed, since not all of it could be done: ${lower(
    run.kind === 'done' ? run.outcome.reply : run.question.question,
  )}`;
}
