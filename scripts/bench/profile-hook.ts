/**
 * Loaded into a role process by `npm run bench -- --profile` before its own code: takes a CPU profile between two
 * messages, so that neither the start nor the warm-up is in it. The product itself knows nothing of it.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { z } from 'zod';

const SAMPLE_US = 250;
const command = z.discriminatedUnion('profile', [
  z.object({ profile: z.literal('start') }),
  z.object({ profile: z.literal('stop'), path: z.string() }),
]);

const session = new Session();
session.connect();

async function obey(message: unknown): Promise<void> {
  const parsed = command.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.profile === 'start') {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US });
    await session.post('Profiler.start');
  } else {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(parsed.data.path, JSON.stringify(profile));
  }
  process.send?.({ profiled: parsed.data.profile });
}

process.on('message', (message) => void obey(message));
process.channel?.unref();
