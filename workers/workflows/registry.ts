import { ACTIONS, type Action } from '../../contracts/intents.ts';
import { briefingWorkflow } from './briefing/briefing-workflow.ts';
import { calendarWorkflow } from './calendar/calendar-workflow.ts';
import type { Workflow } from './define-workflow.ts';
import { DIALOGUE } from './dialogue/dialogue.ts';
import { setPreference } from './dialogue/preferences.ts';
import { undo } from './dialogue/undo.ts';
import { emailWorkflow } from './email/email-workflow.ts';
import { tellFact } from './facts/facts.ts';
import type { Step, Work } from './outcome.ts';
import { schedulingWorkflow } from './scheduling/scheduling-workflow.ts';
import { searchWorkflow } from './search/search-workflow.ts';
import { tasksWorkflow } from './tasks/tasks-workflow.ts';

const WORKFLOWS: readonly Workflow[] = [
  tasksWorkflow,
  calendarWorkflow,
  schedulingWorkflow,
  briefingWorkflow,
  searchWorkflow,
  emailWorkflow,
];

/** A workflow keeps its place where it asks; whatever else carries out an act begins anew with the answer. */
export type Route = { workflow: Workflow } | { steps(work: Work): Promise<Step[]> };

/**
 * Who carries out each action.
 *
 * @throws when an action of the contract has no handler, or two
 */
export function buildRoutes(): ReadonlyMap<Action, Route> {
  const routes = new Map<Action, Route>();
  const put = (action: Action, route: Route): void => {
    if (routes.has(action)) throw new Error(`Two handlers for the action ${action}`);
    routes.set(action, route);
  };
  for (const workflow of WORKFLOWS) for (const action of workflow.actions) put(action, { workflow });
  for (const [action, move] of Object.entries(DIALOGUE))
    put(action as Action, { steps: async (work) => [{ done: await move(work) }] });
  put('undo', { steps: undo });
  put('set_preference', {
    steps: async (work) => [
      work.params?.fact ? await tellFact(work, work.params.fact) : { done: await setPreference(work) },
    ],
  });
  const missing = [...ACTIONS.keys()].filter((action) => !routes.has(action as Action));
  if (missing.length > 0) throw new Error(`No handler for: ${missing.join(', ')}`);
  return routes;
}
