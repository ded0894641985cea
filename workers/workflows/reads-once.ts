import { CHOICES_MAX } from './references.ts';
import type { Ports } from './ports.ts';

/**
 * The things of a user for the making of one plan: who of several parts asks first what words name, or what is set, asks
 * the database, and the others get the same answer. That saves trips, and all parts of a plan see the same.
 */
export function readOnce(ports: Ports): Ports {
  const { tasks, events, facts, settings } = ports;
  const tasksNamed = matchOnce((words, limit) => tasks.match(words, limit), 'tasks');
  const eventsNamed = matchOnce((words, limit) => events.match(words, limit), 'events');
  const read = once(() => settings.read());
  const told = listedOnce((at) => facts.list(at));
  return {
    ...ports,
    tasks: { ...tasks, match: tasksNamed },
    events: { ...events, match: eventsNamed },
    facts: { ...facts, list: told },
    settings: { ...settings, read },
    after: (effects, work) => ports.after(effects, (then) => work(readOnce(then))),
  };
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

function listedOnce<T>(ask: (at?: Date) => Promise<T>): (at?: Date) => Promise<T> {
  const answers = new Map<number | undefined, Promise<T>>();
  return (at) => {
    const answer = answers.get(at?.getTime()) ?? ask(at);
    answers.set(at?.getTime(), answer);
    return answer;
  };
}

/** Best first, so that the answer to a few is the beginning of the answer to more. */
function matchOnce<K extends string, F extends Record<K, readonly unknown[]>>(
  ask: (words: string, limit: number) => Promise<F>,
  key: K,
): (words: string, limit: number) => Promise<F> {
  const answers = new Map<string, { asked: number; found: Promise<F> }>();
  return async (words, limit) => {
    const known = answers.get(words);
    const asked = Math.max(limit, CHOICES_MAX + 1);
    const answer = known && known.asked >= limit ? known : { asked, found: ask(words, asked) };
    answers.set(words, answer);
    const found = await answer.found;
    return { ...found, [key]: found[key].slice(0, limit) };
  };
}
