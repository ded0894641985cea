/**
 * The terminal client, `npm run chat`. It uses the same client as the page and shows what the page shows: what was
 * understood and from which words, the streamed reply, cards, questions, and how long each step took.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Clarification } from '../contracts/clarification.ts';
import { loadPlace, reachableUrl } from '../core/config.ts';
import { runningOn } from '../core/services/runtime-file.ts';
import {
  ClientError,
  hasEnded,
  PulseClient,
  receiptsOf,
  RestClient,
  undoneReceipts,
  undoUntil,
  type SessionClient,
  type Turn,
} from '../web/client/index.ts';
import { HeldNotices } from './chat/held-notices.ts';
import { bold, dim, line, red } from './chat/paper.ts';
import { tame } from './chat/tame.ts';
import { TurnPrinter } from './chat/turn-printer.ts';
import { COMMAND_LINES } from './command-lines.mjs';

const ONCE_TIMEOUT_MS = 60_000;
const HELP = [
  'Type what you want, e.g. "buy milk tomorrow at 5pm".',
  'A number answers the question above. /undo  /cancel  /new  /help  /quit',
];

/** The question that a bare number answers: the newest one that is open. */
const openQuestion = (session: SessionClient): Clarification | undefined =>
  session.getState().openQuestions.at(-1);

/** Sends a line; a number that names a choice of the open question answers it. */
function say(session: SessionClient, text: string): string {
  const question = openQuestion(session);
  const choice = /^\d$/.test(text) ? question?.choices[Number(text) - 1] : undefined;
  return question && choice
    ? session.choose(question.clarification_id, choice.choice_id, choice.label)
    : session.submit(text);
}

interface FollowOptions {
  canUndo: boolean;
  signal?: AbortSignal;
}

async function follow(session: SessionClient, turnId: string, options: FollowOptions): Promise<Turn> {
  const printer = new TurnPrinter(options);
  const show = (): void => {
    const turn = session.getState().turns.find((known) => known.id === turnId);
    if (turn) printer.show(tame(turn));
  };
  const leave = session.subscribe(show);
  show();
  try {
    return await session.ended(turnId, options.signal);
  } finally {
    leave();
  }
}

function undoLast(session: SessionClient): string | null {
  const { turns } = session.getState();
  const undone = undoneReceipts(turns);
  const last = turns
    .filter((turn) => turn.result?.undone_receipt_id === null)
    .flatMap(receiptsOf)
    .findLast((receipt) => !undone.has(receipt.receipt_id) && (undoUntil(receipt) ?? 0) > Date.now());
  return last ? session.undo(last.receipt_id) : null;
}

/** What runs is cancelled, else the open question is dropped; the server says which one that was. */
async function cancelLast(session: SessionClient): Promise<void> {
  const running = session.getState().turns.findLast((turn) => !hasEnded(turn));
  if (running) {
    const tooLate = (await session.cancel(running.id)) === 'too_late';
    line(tooLate ? 'Too late; /undo takes it back.' : 'Cancelled.');
  } else if (openQuestion(session)) {
    await follow(session, session.submit('never mind'), { canUndo: true });
  } else {
    line('Nothing is running, and no question is open.');
  }
}

async function converse(client: PulseClient): Promise<number> {
  let session = client.openSession();
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: bold('› ') });
  const notices = new HeldNotices((text) => line(bold(text)));
  client.onNews((news) => {
    if (news.type === 'notice') notices.add(tame(news.notice));
  });
  const commands: Record<string, () => Promise<unknown> | void> = {
    '/help': () => HELP.forEach(line),
    '/new': () => {
      client.leave(session);
      session = client.openSession();
      line(dim('a new conversation'));
    },
    '/cancel': () => cancelLast(session),
    '/undo': async () => {
      const turnId = undoLast(session);
      if (turnId === null) line('There is nothing to undo here.');
      else await follow(session, turnId, { canUndo: true });
    },
    '/quit': () => terminal.close(),
  };
  HELP.forEach((row) => line(dim(row)));
  // A person may say the next thing while the last one runs; lines of a file wait for each other.
  const typing = process.stdin.isTTY === true;
  let pending: Promise<unknown> = Promise.resolve();
  const handle = async (text: string): Promise<void> => {
    if (!typing) process.stdout.write(`${bold(`› ${text}`)}\n`);
    try {
      await notices.during(async () => {
        const command = commands[text];
        if (command) await command();
        else if (text !== '') await follow(session, say(session, text), { canUndo: true });
      });
    } catch (error) {
      line(red(describe(error)));
    }
    if (typing && text !== '/quit') terminal.prompt();
  };
  if (typing) terminal.prompt();
  terminal.on('line', (typed) => {
    const text = typed.trim();
    pending = typing ? Promise.all([pending, handle(text)]) : pending.then(() => handle(text));
  });
  await new Promise<void>((resolve) => terminal.once('close', () => resolve()));
  if (!typing) await pending;
  return 0;
}

async function once(client: PulseClient, text: string): Promise<number> {
  const signal = AbortSignal.timeout(ONCE_TIMEOUT_MS);
  const session = client.openSession();
  const { link, linkError } = await session.until(
    (state) => state.sync === 'live' || state.link === 'refused',
    signal,
  );
  if (link === 'refused') {
    line(red(linkError?.message ?? 'The server refused the connection.'));
    return 1;
  }
  const turn = await follow(session, session.submit(text), { canUndo: false, signal });
  return turn.phase === 'done' || turn.phase === 'clarifying' ? 0 : 1;
}

/** The one that runs on the data folder, else where one would listen. */
function findServer(): string {
  const { PORT, HOST, PULSEPLAN_DATA_DIR } = loadPlace(process.env);
  return runningOn(PULSEPLAN_DATA_DIR)?.url ?? reachableUrl(HOST, PORT);
}

const describe = (error: unknown): string =>
  error instanceof Error ? tame(error.message) : 'Something went wrong.';

async function main(): Promise<number> {
  const { values } = parseArgs({ options: COMMAND_LINES.chat.options });
  const url = values.url ?? findServer();
  const door = new RestClient(url, null);
  const getToken = async (): Promise<string> =>
    values.token ?? (await door.demoLogin({ name: values.name })).token;
  const client = new PulseClient({
    url,
    getToken,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  try {
    // Signing in first tells a server that isn't there from one that refuses.
    await client.rest.sessions({ limit: 1 });
    return values.once === undefined ? await converse(client) : await once(client, values.once);
  } catch (error) {
    const absent = error instanceof ClientError && error.code === 'unreachable';
    process.stderr.write(
      absent
        ? `No PulsePlan at ${url}. Start it with "npm start", or name another with --url.\n`
        : `${describe(error)}\n`,
    );
    return 1;
  } finally {
    client.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}
