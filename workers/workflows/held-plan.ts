import type { PlannedAct } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import { doneRun } from './act-routes.ts';
import type { Question } from './outcome.ts';
import { waitsForOthers } from './policy.ts';
import { lower } from './sentences.ts';
import type { ActRun } from './turn-run.ts';

type Asked = Extract<ActRun, { kind: 'asked' }>;
type Done = Extract<ActRun, { kind: 'done' }>;

/**
 * The acts of one message as one plan: where one of them has to be confirmed, those that change something wait for it,
 * and all are asked about in one question. Acts that lack something are no part of it; they are asked about by
 * themselves.
 */
export function holdTogether(runs: readonly ActRun[]): ActRun[] {
  const confirming = runs.filter(isToConfirm);
  const changing = runs.filter(isChange);
  if (confirming.length === 0 || confirming.length + changing.length < 2) return [...runs];
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
        checkpoint: null,
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

const planned = ({ act, slots, words }: ActRun): PlannedAct => ({
  intent: act.intent,
  action: act.action,
  slots,
  params: act.params,
  words,
});

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

/** What is said when a plan could not be carried out whole any more. */
export const brokenPlan = (run: ActRun): string =>
  `Nothing was changed, since not all of it could be done: ${lower(
    run.kind === 'done' ? run.outcome.reply : run.question.question,
  )}`;
