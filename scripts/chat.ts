/**
 * A terminal client: `npm run chat [-- --url http://127.0.0.1:3000 --name anna --once "text"]`. It uses the same
 * client as the page and shows what the page shows: what was understood and from which words, the streamed reply,
 * cards, questions, and how long each step took.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Clarification } from '../contracts/clarification.ts';
import type { Task } from '../contracts/entities.ts';
import type { Card } from '../contracts/result.ts';
import {
  actionLabels,
  ClientError,
  formatDate,
  formatMinutes,
  hasEnded,
  PulseClient,
  receiptsOf,
  replyOf,
  RestClient,
  understoodOf,
  undoneReceipts,
  undoUntil,
  type SessionClient,
  type Turn,
} from '../web/client/index.ts';

const WIDTH = Math.min(process.stdout.columns ?? 80, 80);
const ONCE_TIMEOUT_MS = 60_000;
const COLOURS = process.stdout.isTTY === true;
const paint = (code: number) => (text: string) => (COLOURS ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, green, red, cyan] = [paint(1), paint(2), paint(32), paint(31), paint(36)];
const HELP = [
  'Type what you want, e.g. "buy milk tomorrow at 5pm".',
  'A number answers the question above. /undo  /cancel  /new  /help  /quit',
];

/** Writes text as it streams in, indented and broken between words so that it stays inside the width. */
class Flow {
  #column = 0;
  #word = '';
  written = '';

  write(text: string): void {
    this.written += text;
    for (const char of text) {
      if (char !== ' ' && char !== '\n') this.#word += char;
      else this.#breakAfterWord(char === '\n');
    }
  }
  end(): void {
    this.#breakAfterWord(true);
    this.written = '';
  }
  #breakAfterWord(newline: boolean): void {
    if (this.#word !== '') {
      if (this.#column > 0 && this.#column + 1 + this.#word.length > WIDTH) this.#newline();
      process.stdout.write((this.#column === 0 ? '  ' : ' ') + this.#word);
      this.#column += (this.#column === 0 ? 2 : 1) + this.#word.length;
      this.#word = '';
    }
    if (newline && this.#column > 0) this.#newline();
  }
  #newline(): void {
    process.stdout.write('\n');
    this.#column = 0;
  }
}

/** Follows one turn from the keyboard to its end and prints each step once. */
class TurnPrinter {
  readonly #flow = new Flow();
  readonly #startedAt = performance.now();
  readonly #marks: string[] = [];
  #attempt = 0;
  #step = '';
  #chipsShown = false;

  show(turn: Turn): void {
    if (turn.phase !== 'sending') this.#mark('ack', 0);
    if (turn.phase !== 'sending' && turn.phase !== 'queued') this.#mark('first frame', 1);
    if (turn.attempt > this.#attempt && this.#flow.written !== '') {
      this.#flow.end();
      line(dim('starting over'));
    }
    this.#attempt = turn.attempt;
    if (!this.#chipsShown && (turn.acts.length > 0 || hasEnded(turn))) this.#chips(turn);
    if (turn.progress && turn.progress.label !== this.#step) {
      this.#step = turn.progress.label;
      line(dim(`${this.#step} …`));
    }
    const reply = replyOf(turn);
    if (!reply.startsWith(this.#flow.written)) this.#flow.end();
    this.#flow.write(reply.slice(this.#flow.written.length));
    if (hasEnded(turn)) this.#end(turn);
  }

  #end(turn: Turn): void {
    this.#flow.end();
    if (turn.error) line(red(turn.error.message));
    if (turn.phase === 'cancelled') line(dim('cancelled'));
    for (const card of turn.cards)
      if (!isTold(card, replyOf(turn))) for (const row of cardLines(card)) line(row);
    if (turn.phase === 'clarifying' && turn.question) printChoices(turn.question);
    if (receiptsOf(turn).some((receipt) => undoUntil(receipt) !== null)) line(dim('/undo takes this back'));
    this.#mark('end', 2);
    const server = turn.result ? ` · ${Math.round(turn.result.timings_ms.total)} ms in the server` : '';
    line(dim(this.#marks.filter((mark) => mark !== '').join(' · ') + server));
  }

  #chips(turn: Turn): void {
    this.#chipsShown = true;
    const chips = understoodOf(turn, new Date()).map(({ label, value, words, alternatives }) => {
      const source = words && words.text !== value ? ` ← "${words.text}"` : '';
      const other = alternatives.map((alternative) => ` (or ${alternative.value})`).join('');
      return `${label}: ${value}${source}${other}`;
    });
    const actions = actionLabels(turn);
    for (const row of wrapped([...(actions.length > 0 ? [actions.join(' + ')] : []), ...chips]))
      line(cyan(row));
  }

  #mark(name: string, index: number): void {
    this.#marks[index] ??= `${name} ${Math.round(performance.now() - this.#startedAt)} ms`;
  }
}

const line = (text: string): void => void process.stdout.write(`  ${text}\n`);

/** Pieces joined by dots, in as many lines as the width asks for. */
function wrapped(pieces: readonly string[]): string[] {
  const rows: string[] = [];
  for (const piece of pieces) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + piece.length + 5 <= WIDTH)
      rows[rows.length - 1] = `${last} · ${piece}`;
    else rows.push(piece);
  }
  return rows;
}

function taskLine(task: Task): string {
  const details = [
    task.due_date === null ? null : formatDate(task.due_date, new Date()),
    task.priority === 'medium' ? null : task.priority,
    task.duration_minutes === null ? null : formatMinutes(task.duration_minutes),
    task.list,
    ...task.tags.map((tag) => `#${tag}`),
  ].filter((detail) => detail !== null);
  const box = task.status === 'done' ? green('[x]') : '[ ]';
  return `${box} ${bold(task.title)}${details.length > 0 ? dim(`  ${details.join(' · ')}`) : ''}`;
}

/** A reply that lists the tasks of its card says it all. */
const isTold = (card: Card, reply: string): boolean =>
  card.kind === 'tasks' && card.data.tasks.every((task) => reply.includes(task.title));

function cardLines(card: Card): string[] {
  if (card.kind === 'task') {
    const { task, change } = card.data;
    return [`${taskLine(task)}${change === 'shown' ? '' : dim(`  (${change})`)}`];
  }
  const hidden = card.data.total - card.data.tasks.length;
  return [
    bold(card.data.title),
    ...card.data.tasks.map(taskLine),
    ...(hidden > 0 ? [dim(`and ${hidden} more`)] : []),
  ];
}

function printChoices(question: Clarification): void {
  question.choices.forEach((choice, index) => line(`${bold(String(index + 1))}  ${choice.label}`));
}

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

async function follow(session: SessionClient, turnId: string, signal?: AbortSignal): Promise<Turn> {
  const printer = new TurnPrinter();
  const show = (): void => {
    const turn = session.getState().turns.find((known) => known.id === turnId);
    if (turn) printer.show(turn);
  };
  const leave = session.subscribe(show);
  show();
  try {
    return await session.ended(turnId, signal);
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

async function cancelLast(session: SessionClient): Promise<string> {
  const running = session.getState().turns.findLast((turn) => !hasEnded(turn));
  if (!running) return 'Nothing is running.';
  return (await session.cancel(running.id)) === 'too_late' ? 'Too late; /undo takes it back.' : 'Cancelled.';
}

async function converse(client: PulseClient): Promise<number> {
  let session = client.openSession();
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: bold('› ') });
  client.onNews((news) => {
    if (news.type === 'notice') line(bold(news.notice.text));
  });
  const commands: Record<string, () => Promise<unknown> | void> = {
    '/help': () => HELP.forEach(line),
    '/new': () => {
      client.leave(session);
      session = client.openSession();
      line(dim('a new conversation'));
    },
    '/cancel': async () => line(await cancelLast(session)),
    '/undo': async () => {
      const turnId = undoLast(session);
      if (turnId === null) line('There is nothing to undo here.');
      else await follow(session, turnId);
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
      const command = commands[text];
      if (command) await command();
      else if (text !== '') await follow(session, say(session, text));
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
  const turn = await follow(session, session.submit(text), signal);
  return turn.phase === 'done' || turn.phase === 'clarifying' ? 0 : 1;
}

const describe = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something went wrong.';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      name: { type: 'string', default: 'terminal' },
      token: { type: 'string' },
      once: { type: 'string' },
    },
  });
  const door = new RestClient(values.url, null);
  const getToken = async (): Promise<string> =>
    values.token ?? (await door.demoLogin({ name: values.name })).token;
  const client = new PulseClient({
    url: values.url,
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
      absent ? `No PulsePlan at ${values.url}; start it with npm start\n` : `${describe(error)}\n`,
    );
    return 1;
  } finally {
    client.close();
  }
}

process.exitCode = await main();
