import { ACTIONS, type Action } from '../../contracts/intents.ts';
import type { Workflow } from './define-workflow.ts';
import { DIALOGUE } from './dialogue/dialogue.ts';
import type { Handler } from './outcome.ts';
import { tasksWorkflow } from './tasks/tasks-workflow.ts';

const WORKFLOWS: readonly Workflow[] = [tasksWorkflow];

export type Route = { workflow: Workflow } | { handler: Handler };

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
  for (const [action, handler] of Object.entries(DIALOGUE)) put(action as Action, { handler });
  const missing = [...ACTIONS.keys()].filter((action) => !routes.has(action as Action));
  if (missing.length > 0) throw new Error(`No handler for: ${missing.join(', ')}`);
  return routes;
}
