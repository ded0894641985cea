import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { checkoutDir } from '../../core/checkout.ts';
import type { Child } from './child.ts';

const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.int(),
      callFrame: z.object({
        functionName: z.string(),
        url: z.string(),
        lineNumber: z.int(),
        columnNumber: z.int(),
      }),
      children: z.array(z.int()).optional(),
    }),
  ),
  samples: z.array(z.int()),
  timeDeltas: z.array(z.number()),
});
const sourceMap = z.looseObject({
  version: z.number(),
  file: z.string(),
  sources: z.array(z.string()),
  sourcesContent: z.array(z.string()),
  names: z.array(z.string()),
  mappings: z.string(),
  sourceRoot: z.string().default(''),
});
const told = z.object({ profiled: z.enum(['start', 'stop']) });

/** What one process was busy with; lists are longest first, times in milliseconds. */
export interface ProfileSummary {
  role: string;
  /** Busy time of the thread in milliseconds. */
  busyMs: number;
  byPackage: [name: string, ms: number][];
  byFunction: [name: string, ms: number][];
  /** Of packages and files: with everything that they called. */
  inclusive: [name: string, ms: number][];
}

/** The roles have to run with `profile-hook`. */
export async function startProfiles(roles: readonly Child[]): Promise<void> {
  await Promise.all(roles.map((role) => command(role, { profile: 'start' })));
}

/** Each profile is written to its path besides, for the tools of a browser. */
export async function stopProfiles(
  roles: readonly Child[],
  pathOf: (role: Child) => string,
): Promise<ProfileSummary[]> {
  await Promise.all(roles.map((role) => command(role, { profile: 'stop', path: pathOf(role) })));
  return roles.map((role) => summarise(role.name, pathOf(role)));
}

async function command(role: Child, message: object): Promise<void> {
  const answer = role.next((reply) => told.safeParse(reply).data);
  role.tell(message);
  await answer;
}

const HOOK = 'scripts/bench/profile-hook.ts';
const NOT_WORK = new Set(['(idle)', '(root)']);

function summarise(role: string, path: string): ProfileSummary {
  const profile = cpuProfile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const selfMs = new Map<number, number>();
  profile.samples.forEach((id, at) => {
    selfMs.set(id, (selfMs.get(id) ?? 0) + (profile.timeDeltas[at] ?? 0) / 1000);
  });
  const places = new Places();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const byPackage = new Map<string, number>();
  const byFunction = new Map<string, number>();
  const inclusive = new Map<string, number>();
  let busyMs = 0;

  const visit = (id: number, above: readonly string[]): void => {
    const node = nodes.get(id);
    if (!node) return;
    const { name, owner } = places.of(node.callFrame);
    const ms = selfMs.get(id) ?? 0;
    const stack = above.includes(owner) ? above : [...above, owner];
    // Starting and stopping the profiler is no work of the product.
    if (owner === HOOK) return;
    if (!NOT_WORK.has(name)) {
      busyMs += ms;
      add(byPackage, owner, ms);
      add(byFunction, `${name} · ${owner}`, ms);
      for (const part of stack) add(inclusive, part, ms);
    }
    for (const child of node.children ?? []) visit(child, stack);
  };
  visit(profile.nodes[0]?.id ?? 1, []);
  const ranked = (counts: Map<string, number>) => [...counts].sort((a, b) => b[1] - a[1]);
  return {
    role,
    busyMs,
    byPackage: ranked(byPackage),
    byFunction: ranked(byFunction),
    inclusive: ranked(inclusive),
  };
}

const add = (counts: Map<string, number>, key: string, ms: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + ms);

/** Where a function comes from: a package, a file of ours, or the engine. */
class Places {
  private readonly maps = new Map<string, SourceMap | null>();

  of(frame: z.infer<typeof cpuProfile>['nodes'][number]['callFrame']): { name: string; owner: string } {
    const name = frame.functionName || '(anonymous)';
    const { url } = frame;
    if (url === '') return { name, owner: name.startsWith('(') && name !== '(anonymous)' ? name : 'engine' };
    if (url.startsWith('node:')) return { name, owner: 'node' };
    const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url);
    if (inPackage) return { name, owner: inPackage[1] ?? url };
    return { name, owner: this.source(url, frame.lineNumber, frame.columnNumber) };
  }

  private source(url: string, line: number, column: number): string {
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    const entry = this.map(file)?.findEntry(line, column);
    const source = entry && 'originalSource' in entry ? entry.originalSource : undefined;
    if (source === undefined) return relative(checkoutDir(), file);
    const path = source.startsWith('file:') ? fileURLToPath(source) : source;
    return relative(checkoutDir(), new URL(path, `file://${dirname(file)}/`).pathname);
  }

  private map(file: string): SourceMap | null {
    const known = this.maps.get(file);
    if (known !== undefined) return known;
    const path = `${file}.map`;
    const parsed = existsSync(path) ? sourceMap.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
    const made = parsed ? new SourceMap(parsed) : null;
    this.maps.set(file, made);
    return made;
  }
}
