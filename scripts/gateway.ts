import { webDir } from '../core/checkout.ts';
import { runProcess } from '../core/lifecycle.ts';
import { startGateway } from '../server/gateway.ts';
import { demoSecret, openAppleBilling, openRoleParts } from './role-parts.ts';

await runProcess('gateway', async (lifecycle) => {
  const parts = await openRoleParts('gateway', lifecycle);
  const secret = parts.config.demo && parts.config.JWT_SECRET === undefined ? demoSecret(parts.config) : null;
  const appleBilling = await openAppleBilling(parts);
  const { url } = await startGateway({ ...parts, appleBilling, demoSecret: secret, webDir: webDir() });
  parts.runtime.log.info({ url }, 'The gateway serves');
  return { url };
});
