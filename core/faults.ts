/**
 * Fault points for the fault suite: `PULSEPLAN_FAULT=committed=kill` ends this process with SIGKILL when it first
 * reaches the point `committed`; `committed=kill:4711` ends another one (a store). `committed@3=kill` waits for the
 * third time. `committed=stop` halts it there (SIGSTOP) until somebody lets it go on. Production refuses the variable (see
 * config).
 *
 * @param spec the variable's value; undefined makes every point free of effect
 */
export function createFaults(spec: string | undefined): (point: string) => Promise<void> {
  if (spec === undefined) return () => Promise.resolve();
  const match = /^(?<point>[a-z-]+)(?:@(?<nth>\d+))?=(?<what>stop|kill(?::(?<pid>\d+))?)$/.exec(spec);
  if (!match?.groups)
    throw new Error('PULSEPLAN_FAULT must look like point=kill, point@n=kill, point=kill:pid or point=stop');
  const { point, nth, pid, what } = match.groups;
  let left = Number(nth ?? 1);
  return async (reached) => {
    if (reached !== point || left === 0) return;
    left -= 1;
    if (left > 0) return;
    // What was asked of a store before this point has left the process, and nothing after it.
    await new Promise((resolve) => setImmediate(resolve));
    if (what === 'stop') {
      process.kill(process.pid, 'SIGSTOP');
      return;
    }
    process.kill(pid === undefined ? process.pid : Number(pid), 'SIGKILL');
    // Our own end comes with the next turn of the event loop; nothing may happen after the point.
    if (pid === undefined) await new Promise(() => undefined);
  };
}
