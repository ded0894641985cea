import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonIfThere, writePrivateFile } from './private-file.ts';
import { isAlive, processIdentity } from './process-identity.ts';

const recordedStore = z.object({ port: z.number().int(), process: processIdentity });

const runtime = z.object({
  launcher: processIdentity,
  /** Where people reach the product; absent until the gateway is ready. */
  url: z.string().optional(),
  redisUrl: z.string().optional(),
  databaseUrl: z.string().optional(),
  databaseOwnerUrl: z.string().optional(),
  redis: recordedStore.optional(),
  postgres: recordedStore.optional(),
});

/** Contents of `runtime.json`: addresses (with passwords) and processes of the private stores of a data folder. */
export type Runtime = z.infer<typeof runtime>;
export type RecordedStore = z.infer<typeof recordedStore>;

/** What stands in the file, alive or not; undefined when there is none that can be read. */
export function readRuntime(dataDir: string): Runtime | undefined {
  return runtime.safeParse(readJsonIfThere(pathIn(dataDir))).data;
}

/** What a launcher has noted that is still alive; one that was killed leaves its file behind. */
export function runningOn(dataDir: string): Runtime | undefined {
  const noted = readRuntime(dataDir);
  return noted !== undefined && isAlive(noted.launcher) ? noted : undefined;
}

/** Replaces the file as a whole, readable for its owner only: the addresses hold passwords. */
export function writeRuntime(dataDir: string, content: Runtime): void {
  writePrivateFile(pathIn(dataDir), `${JSON.stringify(content, null, 2)}\n`);
}

/** Does nothing when there is none. */
export function removeRuntime(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true });
}

const ports = z.object({ redis: z.int().positive().optional(), postgres: z.int().positive().optional() });

/** Ports of the private stores; unlike `runtime.json` they outlive the launcher. */
export type StorePorts = z.infer<typeof ports>;

/** The ports of an earlier start: role processes that outlived it wait for the stores there. */
export function readPorts(dataDir: string): StorePorts {
  return ports.safeParse(readJsonIfThere(join(dataDir, 'ports.json'))).data ?? {};
}

/** Replaces the file as a whole. */
export function writePorts(dataDir: string, content: StorePorts): void {
  writePrivateFile(join(dataDir, 'ports.json'), `${JSON.stringify(content)}\n`);
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'runtime.json');
}
