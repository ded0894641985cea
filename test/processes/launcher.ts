import { RoleProcess } from '../../core/services/role-process.ts';

/** A launcher of one fake role, for tests that kill it. */
const [journal = ''] = process.argv.slice(2);
const role = new RoleProcess({
  name: 'Fake',
  entry: 'test/support/run-ts.mjs',
  args: ['test/processes/role.ts', journal],
  env: process.env,
  onEvent: () => {},
});
await role.start();
process.stdout.write(`${role.pid}\n`);
