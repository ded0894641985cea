import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { connect, type Db } from '../../../db/connect.ts';
import type { Stacks, Variant } from '../stacks.ts';
import { VirtualClient } from '../virtual-client.ts';
import { say, sayings } from './records.ts';

/** Said in one conversation, then leant on in others. */
const FIRST = 'create a task to study physics tomorrow';
const LEANING = 'the same for chemistry';
const PLAIN = 'create a task to study chemistry tomorrow';
const BACKLOG = 1_500;
const LOOK_MS = 50;
const WARM_UP = 10;
const STORE_DEADLINE_MS = 60_000;
/** Turns of each who leans on an earlier one, of which every fifth has made a task. */
const HISTORY = 50;
const HISTORY_DEADLINE_MS = 180_000;

/** Milliseconds from sending to the terminal frame, one turn in flight. */
export interface MemoryTurns {
  /** The same sentence, which does not lean on anything. */
  remembering: number[];
  forgetful: number[];
  /** What leans on an earlier conversation. */
  leaning: number[];
  /** While many turns are being stored, and while there are none, in turns. */
  whileStoring: number[];
  whileIdle: number[];
}

export async function measureTurns(stacks: Stacks, rounds: number): Promise<MemoryTurns> {
  const [remembering, forgetful] = await stacks.remembering();
  if (!remembering || !forgetful) throw new Error('The product did not start');
  const db = connect(remembering.services.databaseOwnerUrl, { poolMax: 2, name: 'bench', patient: true });
  try {
    const times: MemoryTurns = {
      remembering: [],
      forgetful: [],
      leaning: [],
      whileStoring: [],
      whileIdle: [],
    };
    const tokens: string[] = [];
    for (let at = 0; at < rounds + WARM_UP; at += 1) tokens.push(await remembering.token());
    for (const token of tokens) {
      await inFreshSession(remembering, token, FIRST);
      await say(db, userOf(token), history());
    }
    await allStored(db, HISTORY_DEADLINE_MS);
    for (let round = -WARM_UP; round < rounds; round += 1) {
      const token = tokens[round + WARM_UP] ?? '';
      const said = [
        ['leaning', remembering, token, LEANING],
        ['remembering', remembering, await remembering.token(), PLAIN],
        ['forgetful', forgetful, await forgetful.token(), PLAIN],
      ] as const;
      // Another one begins each time, as none always follows the same neighbour.
      for (let at = 0; at < said.length; at += 1) {
        const [kind, variant, who, words] =
          said[(at + round + said.length * rounds) % said.length] ?? said[0];
        const ms = await inFreshSession(variant, who, words);
        if (round >= 0) times[kind].push(ms);
      }
    }
    const half = Math.ceil(rounds / 4);
    for (let slice = 0; slice < 4; slice += 1) {
      for (const kind of ['whileIdle', 'whileStoring'] as const) {
        if (kind === 'whileStoring') await backlog(db);
        const client = await VirtualClient.open(remembering.url, { token: await remembering.token() });
        for (let at = 0; at < half; at += 1) {
          if (kind === 'whileStoring' && !(await isStoring(db))) break;
          times[kind].push((await client.say(`${PLAIN} ${at}`)).terminalMs);
        }
        client.close();
        await allStored(db);
      }
    }
    return times;
  } finally {
    await db.destroy();
  }
}

const history = (): string[] => {
  const { messages } = sayings();
  return Array.from({ length: HISTORY }, (_, at) => messages[at % messages.length] ?? '');
};

const userOf = (token: string): string => decodeJwt(token).sub ?? '';

async function inFreshSession(variant: Variant, token: string, words: string): Promise<number> {
  const client = await VirtualClient.open(variant.url, { token });
  const { terminalMs } = await client.say(words);
  client.close();
  return terminalMs;
}

async function backlog(db: Db): Promise<void> {
  const { messages } = sayings();
  await say(
    db,
    randomUUID(),
    Array.from({ length: BACKLOG }, (_, at) => messages[at % messages.length] ?? ''),
  );
}

const isStoring = async (db: Db): Promise<boolean> =>
  (await db('conversation_turns').whereNull('embedded_at').where('state', 'completed').first('id')) !==
  undefined;

async function allStored(db: Db, withinMs = STORE_DEADLINE_MS): Promise<void> {
  const until = performance.now() + withinMs;
  while (await isStoring(db)) {
    if (performance.now() > until) throw new Error('The turns were not stored in time');
    await sleep(LOOK_MS);
  }
}
