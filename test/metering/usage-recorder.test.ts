import { describe, expect, it } from 'vitest';
import { USAGE_EVENTS_MAX } from '../../contracts/jobs.ts';
import type { UsageEvent } from '../../contracts/usage.ts';
import { UsageRecorder } from '../../workers/metering/usage-recorder.ts';
import { usageOf } from './usage-events.ts';

class Unfit extends Error {}

/** A recorder whose writes end when the test says so. */
function openRecorder(isBad: (event: UsageEvent) => boolean = () => false) {
  const writes: { events: readonly UsageEvent[]; end: (error?: Error) => void }[] = [];
  let awaited: (() => void) | undefined;
  const recorder = new UsageRecorder({
    write: (events) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error): void => (error ? reject(error) : resolve());
        writes.push({ events, end });
        if (events.some(isBad)) end(new Unfit());
        awaited?.();
      }),
    isUnfit: (error) => error instanceof Unfit,
    fault: () => Promise.resolve(),
  });
  const next = async (n: number) => {
    while (writes.length < n) await new Promise<void>((resolve) => (awaited = resolve));
    const write = writes[n - 1];
    if (!write) throw new Error('There was no such write');
    return write;
  };
  return { recorder, writes, next };
}

describe('the recorder', () => {
  it('writes what comes together in one statement, and what comes meanwhile in the next', async () => {
    const { recorder, writes, next } = openRecorder();
    const ended: string[] = [];
    const record = (name: string) => recorder.record([usageOf()]).then(() => ended.push(name));
    const first = [record('a'), record('b'), record('c')];
    const one = await next(1);
    expect(one.events).toHaveLength(3);
    const second = Array.from({ length: 40 }, () => record('later'));
    expect(ended).toEqual([]);
    one.end();
    await Promise.all(first);
    expect(ended).toEqual(['a', 'b', 'c']);
    const two = await next(2);
    expect(two.events).toHaveLength(40);
    two.end();
    await Promise.all(second);
    expect(writes).toHaveLength(2);
  });

  it('writes large deliveries in several statements, each delivery whole', async () => {
    const { recorder, next } = openRecorder();
    const large = Array.from({ length: 9 }, () =>
      recorder.record(Array.from({ length: USAGE_EVENTS_MAX }, () => usageOf())),
    );
    const sizes: number[] = [];
    for (let n = 1; sizes.reduce((sum, size) => sum + size, 0) < 9; n += 1) {
      const write = await next(n);
      sizes.push(write.events.length / USAGE_EVENTS_MAX);
      write.end();
    }
    await Promise.all(large);
    expect(sizes).toEqual([4, 4, 1]);
  });

  it('lets one delivery fail alone when its events don’t fit', async () => {
    const bad = usageOf();
    const { recorder, next } = openRecorder((event) => event.id === bad.id);
    const outcomes = Promise.allSettled([
      recorder.record([usageOf()]),
      recorder.record([bad]),
      recorder.record([usageOf()]),
    ]);
    await next(1);
    (await next(2)).end();
    await next(3);
    (await next(4)).end();
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('lets all fail together when the store is away, and goes on afterwards', async () => {
    const { recorder, next } = openRecorder();
    const outcomes = Promise.allSettled([recorder.record([usageOf()]), recorder.record([usageOf()])]);
    (await next(1)).end(new Error('away'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = recorder.record([usageOf()]);
    (await next(2)).end();
    await later;
  });
});
