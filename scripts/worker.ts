import { parseArgs } from 'node:util';
import { runProcess } from '../core/lifecycle.ts';
import { ROLES, startWorkers, type RoleName } from '../workers/start-workers.ts';
import { COMMAND_LINES } from './command-lines.mjs';
import { openRoleParts } from './role-parts.ts';

/** `--roles=nlu,workflows`; all of them when it is not given. */
function rolesOf(args: readonly string[]): RoleName[] {
  const { roles: given } = parseArgs({ args: [...args], options: COMMAND_LINES.worker.options }).values;
  if (given === undefined) return [...ROLES];
  return given.split(',').map((name) => {
    const role = ROLES.find((known) => known === name.trim());
    if (!role) throw new Error(`There is no role "${name}". Roles are: ${ROLES.join(', ')}.`);
    return role;
  });
}

await runProcess('worker', async (lifecycle) => {
  const roles = rolesOf(process.argv.slice(2));
  const parts = await openRoleParts(roles.length === ROLES.length ? 'worker' : roles.join('-'), lifecycle);
  await startWorkers(parts, roles);
  parts.runtime.log.info({ roles }, 'The worker runs');
});
