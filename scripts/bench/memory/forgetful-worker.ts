/** The nlu role without a memory of conversations: what a turn costs where nothing is remembered. For the bench alone. */
import { runProcess } from '../../../core/lifecycle.ts';
import { startWorkers } from '../../../workers/start-workers.ts';
import { openRoleParts } from '../../role-parts.ts';

await runProcess('worker', async (lifecycle) => {
  const parts = await openRoleParts('nlu', lifecycle);
  const metadata = {
    recent: 0,
    semantic: 0,
    lexical: 0,
    threshold: 0,
    model: null,
    fallback: 'off' as const,
  };
  const memory = {
    store: () => Promise.resolve(0),
    recall: () => Promise.resolve({ turns: [], metadata }),
    conversationsLike: () => Promise.resolve([]),
  };
  await startWorkers({ ...parts, memory }, ['nlu']);
});
