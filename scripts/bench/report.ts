import { cpus } from 'node:os';
import type { Counts } from './counting.ts';
import type { Slice } from './measure.ts';
import { MODES, type Mode } from './plan.ts';
import { STREAMED_PIECES, VARIANTS, type VariantName } from './stacks.ts';
import { median, percentile, spreadOf, type Spread } from './statistics.ts';

/** Slices of one round by variant and mode. */
export type Round = ReadonlyMap<string, Slice>;
export const keyOf = (variant: VariantName, mode: Mode): string => `${variant}/${mode}`;

const LABELS: Record<VariantName, string> = {
  b0: 'B0 echo',
  b1: 'B1 two hops',
  b2: 'B2 and Postgres',
  product: 'PulsePlan',
  streamed: `PulsePlan, ${STREAMED_PIECES} deltas`,
  metered: 'PulsePlan, drafting',
  unmetered: 'PulsePlan, drafting without a meter',
  remembering: 'PulsePlan',
  forgetful: 'PulsePlan without memory',
};
const MODE_LABELS: Record<Mode, string> = { one: '1 in flight', rate: '50/s', saturation: 'saturation' };

export const fixed = (value: number, digits = 1): string =>
  Number.isFinite(value) ? value.toFixed(digits) : '–';
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
};

const slicesOf = (rounds: readonly Round[], variant: VariantName, mode: Mode): Slice[] =>
  rounds.flatMap((round) => round.get(keyOf(variant, mode)) ?? []);

/** Times pooled over all rounds; turns a second and CPU as the median of the rounds. */
export function latencyTable(rounds: readonly Round[]): string {
  const rows = MODES.flatMap((mode) =>
    VARIANTS.flatMap((variant) => {
      const slices = slicesOf(rounds, variant, mode);
      if (slices.length === 0) return [];
      const times = (kind: 'ack' | 'first' | 'terminal'): string => {
        const all = slices.flatMap((slice) => slice.load[kind]);
        return [0.5, 0.95, 0.99].map((p) => fixed(percentile(all, p))).join(' / ');
      };
      return [
        [
          `${MODE_LABELS[mode]}: ${LABELS[variant]}`,
          times('ack'),
          times('first'),
          times('terminal'),
          fixed(median(slices.map((slice) => slice.turnsPerSecond)), 0),
          fixed(median(slices.map((slice) => slice.cpuTotal)), 2),
        ],
      ];
    }),
  );
  return table(
    ['p50 / p95 / p99 in ms', 'acknowledge', 'first frame', 'terminal frame', 'turns/s', 'CPU ms a turn'],
    rows,
  );
}

/** CPU of each process a turn, in milliseconds; the median of the rounds. */
export function cpuTable(rounds: readonly Round[], mode: Mode): string {
  const variants = VARIANTS.filter((variant) => slicesOf(rounds, variant, mode).length > 0);
  const parts = ['gateway', 'nlu', 'workflows', 'maintenance', 'worker 1', 'worker 2', 'redis', 'postgres'];
  const of = (variant: VariantName, read: (slice: Slice) => number | undefined): string => {
    const values = slicesOf(rounds, variant, mode).flatMap((slice) => read(slice) ?? []);
    return values.length === 0 ? '' : fixed(median(values), 2);
  };
  return table(
    [`CPU ms a turn, ${MODE_LABELS[mode]}`, ...variants.map((variant) => LABELS[variant])],
    [
      ...parts.map((part) => [part, ...variants.map((variant) => of(variant, ({ cpu }) => cpu.get(part)))]),
      ['all', ...variants.map((variant) => of(variant, ({ cpuTotal }) => cpuTotal))],
      ['(load generator)', ...variants.map((variant) => of(variant, ({ loadCpu }) => loadCpu))],
      [
        'Redis commands a turn',
        ...variants.map((variant) => of(variant, ({ redisCommands }) => redisCommands)),
      ],
      ['frames a turn', ...variants.map((variant) => of(variant, ({ framesPerTurn }) => framesPerTurn))],
    ],
  );
}

/** What a turn asks of the stores, from the pass that counts every command. */
export function storeTable(counts: ReadonlyMap<VariantName, Counts>): string {
  return table(
    ['A turn, 1 in flight', 'Redis commands sent', 'inside scripts', 'Postgres statements'],
    [...counts].map(([variant, { fromClients, inScripts, statements }]) => [
      LABELS[variant],
      fixed(fromClients),
      fixed(inScripts),
      statements === null ? '' : fixed(statements),
    ]),
  );
}

interface Aim {
  text: string;
  atMost?: number;
  atLeast?: number;
  dream: number;
  reached: Spread;
}

/** The aims of the product against the baselines; ratios are taken within a round, then their median. */
function aims(rounds: readonly Round[]): Aim[] {
  const ratio = (
    mode: Mode,
    read: (slice: Slice) => number,
    [of, to]: readonly [VariantName, VariantName] = ['product', 'b2'],
  ): Spread =>
    spreadOf(
      rounds.flatMap((round) => {
        const [a, b] = [round.get(keyOf(of, mode)), round.get(keyOf(to, mode))];
        return a && b ? [read(a) / read(b)] : [];
      }),
    );
  const p = (kind: 'ack' | 'terminal', part: number) => (slice: Slice) => percentile(slice.load[kind], part);
  const tail = (slice: Slice): number => p('terminal', 0.99)(slice) / p('terminal', 0.5)(slice);
  const perSecond = (slice: Slice): number => slice.turnsPerSecond;
  const cpu = (slice: Slice): number => slice.cpuTotal;
  return [
    {
      text: 'acknowledge p50 / B2, 1 in flight',
      atMost: 1.4,
      dream: 1.1,
      reached: ratio('one', p('ack', 0.5)),
    },
    { text: 'acknowledge p50 / B2, 50/s', atMost: 1.4, dream: 1.1, reached: ratio('rate', p('ack', 0.5)) },
    {
      text: 'terminal p50 / B2, 1 in flight',
      atMost: 1.6,
      dream: 1,
      reached: ratio('one', p('terminal', 0.5)),
    },
    { text: 'terminal p50 / B2, 50/s', atMost: 1.6, dream: 1, reached: ratio('rate', p('terminal', 0.5)) },
    { text: 'turns/s at saturation / B2', atLeast: 0.5, dream: 0.8, reached: ratio('saturation', perSecond) },
    { text: 'CPU a turn / B2, saturation', atMost: 2.2, dream: 1.4, reached: ratio('saturation', cpu) },
    { text: 'CPU a turn / B2, 50/s', atMost: 2.2, dream: 1.4, reached: ratio('rate', cpu) },
    { text: 'terminal p99/p50 at 50/s / B2', atMost: 2.5, dream: 1.5, reached: ratio('rate', tail) },
    {
      text: `turns/s with ${STREAMED_PIECES} deltas / without`,
      atLeast: 0.8,
      dream: 0.9,
      reached: ratio('saturation', perSecond, ['streamed', 'product']),
    },
  ];
}

/** Each aim with what was reached: ratios taken within a round, their median and spread over the rounds. */
export function aimsTable(rounds: readonly Round[]): string {
  return table(
    ['Aim', 'to reach', 'dream', 'reached', 'least – most', ''],
    aims(rounds).map(({ text, atMost, atLeast, dream, reached }) => {
      const ok = reached.median <= (atMost ?? Infinity) && reached.median >= (atLeast ?? 0);
      const dreamt = atLeast === undefined ? reached.median <= dream : reached.median >= dream;
      return [
        text,
        atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`,
        String(dream),
        fixed(reached.median, 2),
        `${fixed(reached.min, 2)} – ${fixed(reached.max, 2)}`,
        dreamt ? 'dream' : ok ? 'ok' : 'missed',
      ];
    }),
  );
}

/** What has to be known to judge the figures. */
export function surroundings(rounds: readonly Round[]): string {
  const all = rounds.flatMap((round) => [...round.values()]);
  const foreign = spreadOf(all.map(({ foreignCores }) => foreignCores));
  const lag = Math.max(...all.map(({ load }) => load.lagMs));
  const failed = all.reduce((total, { load }) => total + load.failed, 0);
  const completed = all.reduce((total, { load }) => total + load.completed, 0);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return [
    `Machine: ${cpus().length} cores, ${model}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}; ${rounds.length} rounds.`,
    `Others on the machine used ${fixed(foreign.median, 2)} cores (median of all slices; ${fixed(foreign.min, 2)} to ${fixed(foreign.max, 2)}).`,
    `${completed} turns measured, ${failed} failed. The load generator's event loop was at most ${fixed(lag)} ms late (p99 of a slice).`,
  ].join('\n');
}
