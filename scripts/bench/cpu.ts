import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own tick. */
const MS_PER_TICK = 10;

/** Fields after the name, which may hold blanks and brackets; the first is the state (field 3 of proc(5)). */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

const ticks = (fields: readonly string[], from: number, to: number): number =>
  fields.slice(from - 3, to - 2).reduce((sum, field) => sum + Number(field), 0);

/** User and system time of one process so far, all its threads. */
export function cpuMs(pid: number): number {
  const fields = statOf(pid);
  return fields ? ticks(fields, 14, 15) * MS_PER_TICK : 0;
}

/** A server with a process for each connection: itself, its children, and those that have ended. */
export function cpuMsOfFamily(pid: number): number {
  const own = statOf(pid);
  if (!own) return 0;
  let total = ticks(own, 14, 17);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (fields && Number(fields[1]) === pid) total += ticks(fields, 14, 15);
  }
  return total * MS_PER_TICK;
}

/** Time in which the machine's cores were not idle, by whomever. */
export function machineBusyMs(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + softirq) * MS_PER_TICK;
}
