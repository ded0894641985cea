import { createLogger } from '../../core/logger.ts';

/** Says in its log what it was told: `leaking-role.ts <message | field | error> <words>`. */
const [how = '', words = ''] = process.argv.slice(2);
const log = createLogger({ level: 'trace', format: 'json', role: 'leaking' });
if (how === 'message') log.trace(`Added ${words}`);
if (how === 'field') log.trace({ title: words }, 'A turn has ended');
if (how === 'error') log.error({ err: Object.assign(new Error('Hushed'), { code: words }) }, 'A job failed');
