import { parseArgs } from 'node:util';

/** The suites whose misses can be told one by one; what a line of them begins with. */
export const MISS_SUITES = /** @type {const} */ ([
  'intents',
  'dates',
  'recurrences',
  'no-times',
  'slots',
  'acts',
  'continuations',
]);

/**
 * What each command may be given. `options` is what `parseArgs` takes, `help` the same for people.
 * `envFile` reads the settings in `.env`; what tests or measures stays as it is wherever it runs.
 * `file` is what may stand there without an option, once. `passesOn` hands everything to a tool with options of its own;
 * `ownHelp` answers `--help` itself.
 */
export const COMMAND_LINES = /** @type {const} */ ({
  start: {
    about: 'Starts everything on this machine and says where it is; Ctrl-C stops it.',
    envFile: true,
    options: {},
  },
  gateway: {
    about: 'Runs one gateway; the stores are those of a running npm start, or REDIS_URL and DATABASE_URL.',
    envFile: true,
    options: {},
  },
  worker: {
    about: 'Runs one worker process; the stores are found as by the gateway.',
    envFile: true,
    options: { roles: { type: 'string' } },
    help: [['--roles nlu,workflows', 'which of nlu, workflows, metering, maintenance; all by default']],
  },
  chat: {
    about: 'Talks to a running PulsePlan from the terminal.',
    envFile: true,
    options: {
      url: { type: 'string' },
      name: { type: 'string', default: 'terminal' },
      token: { type: 'string' },
      once: { type: 'string' },
    },
    help: [
      ['--once "buy milk"', 'says one thing, prints the answer and ends'],
      ['--name anna', 'who you are at the demo sign-in'],
      ['--url http://host:3000', 'another server than the one that runs here'],
      ['--token TEXT', 'a token instead of the demo sign-in'],
    ],
  },
  parse: {
    about:
      'Reads one JSON object a line, {"text": …, "timezone"?, "reference_time"?, "slot"?}, and answers each with a line.',
    envFile: true,
    options: {},
    file: true,
    help: [['FILE', 'where the lines are; without one they are read as they are typed or piped in']],
  },
  plan: {
    about:
      'Reads one scheduling instance a line, with "budget_ms"? and "solver_seed"?, and answers each with its plan.',
    options: {},
    file: true,
    help: [['FILE', 'where the lines are; without one they are read as they are piped in']],
  },
  train: {
    about:
      'Builds the encoder and trains the intent classifiers; the same bytes each time, in about two minutes.',
    options: {},
  },
  evaluate: {
    about: 'Measures the understanding on its suites and prints the tables.',
    options: { write: { type: 'boolean' }, misses: { type: 'string' } },
    help: [
      ['--write', "puts the tables into the model's card, models/intent/README.md"],
      ['--misses dates', `what went wrong in one suite, a line each: ${MISS_SUITES.join(', ')}`],
    ],
  },
  bench: {
    about: 'Measures the product and its baselines.',
    options: {
      quick: { type: 'boolean' },
      profile: { type: 'boolean' },
      metering: { type: 'boolean' },
      actions: { type: 'boolean' },
      erasure: { type: 'boolean' },
      memory: { type: 'boolean' },
      write: { type: 'boolean' },
    },
    ownHelp: true,
  },
  chaos: {
    about: 'Runs the fault suite and prints its table.',
    options: { write: { type: 'boolean' } },
    help: [['--write', 'puts the table into docs/faults.md']],
  },
  dialogues: {
    about: 'Holds the dialogues of the suite through the socket and prints their table.',
    options: { write: { type: 'boolean' } },
    help: [['--write', 'puts the table into docs/dialogues.md']],
  },
  film: {
    about: 'Plays ten scenarios on the chat page in a browser, and keeps a picture of every step.',
    options: {},
  },
  check: { about: 'Checks format, lint, import rules and types.', options: {} },
  build: { about: 'Builds the server side and the web pages.', options: {} },
  test: {
    about: 'Runs the suite on stores of its own; what follows -- goes to vitest, e.g. a path.',
    passesOn: true,
  },
});

/**
 * What is wrong with the arguments of a command, in one sentence; nothing when they are right.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {string | undefined}
 */
export function faultOfArguments(command, args) {
  const { options = {}, passesOn, file } = COMMAND_LINES[command];
  if (passesOn) return undefined;
  const known = { ...options, help: { type: 'boolean' } };
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  const [first] = tokens.filter(({ kind }) => kind === 'positional');
  const faults = tokens.map((token) => {
    if (token.kind === 'positional') return file && token === first ? undefined : `takes no "${token.value}"`;
    if (token.kind !== 'option') return undefined;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (option === undefined) return `has no option ${token.rawName}`;
    if (option.type === 'boolean')
      return token.value === undefined ? undefined : `wants no value after ${token.rawName}`;
    return token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))
      ? `wants a value after ${token.rawName}`
      : undefined;
  });
  const fault = faults.find((found) => found !== undefined);
  return fault && `"npm run ${command}" ${fault}; "npm run ${command} -- --help" shows what it can do.`;
}

/**
 * @param {string} command
 * @returns {string} several lines
 */
export function usageOf(command) {
  const { about, help = [], passesOn, file } = COMMAND_LINES[command];
  const npm = command === 'start' || command === 'test' ? `npm ${command}` : `npm run ${command}`;
  const what = passesOn
    ? ' [-- what vitest takes]'
    : file
      ? ' [-- FILE]'
      : help.length > 0
        ? ' [-- options]'
        : '';
  const width = Math.max(0, ...help.map(([option]) => option.length));
  return [
    `${npm}${what}`,
    about,
    ...help.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
  ].join('\n');
}
