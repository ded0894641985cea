import { parseArgs } from 'node:util';
import type { Load } from './load-messages.ts';
import type { VariantName } from './stacks.ts';

export const MODES = ['one', 'rate', 'saturation'] as const;
export type Mode = (typeof MODES)[number];

/** How long and how much is measured. */
export interface Plan {
  rounds: number;
  warmUpMs: number;
  /** Load before each slice that is in no figure. */
  settleMs: number;
  sliceMs: Record<Mode, number>;
  /** Sessions that are open for each variant. */
  sessions: number;
  write: boolean;
  profile: boolean;
  metering: boolean;
  actions: boolean;
  erasure: boolean;
  memory: boolean;
  quick: boolean;
}

const RATE = 50;
/** Enough to keep both workers of each variant full (20 jobs each) with turns on their way besides. */
const SATURATION_SESSIONS = 96;

export const LOADS: Record<Mode, Load> = {
  one: { kind: 'one' },
  rate: { kind: 'rate', perSecond: RATE },
  saturation: { kind: 'closed', sessions: SATURATION_SESSIONS },
};

/** Only in the last mode is it asked what streaming costs. */
export const inMode = (variant: VariantName, mode: Mode): boolean =>
  variant !== 'streamed' || mode === 'saturation';

export const HELP = `npm run bench -- [--quick] [--profile] [--metering] [--actions] [--memory] [--erasure] [--write]
  --quick    about two minutes instead of nine: fewer and shorter rounds
  --profile  CPU profiles of the product's processes at saturation instead of the table
  --metering what metering adds to a turn, and what its books can take, instead of the table
  --actions  a turn of each action against the creation of a task, instead of the table
  --erasure  how long it takes to erase an account and to export it, instead of the table
  --memory   what remembering adds to a turn, and how soon it finds something, instead of the table
  --write    puts the tables into the page of docs that is about them`;

/**
 * @returns null when help is asked for
 * @throws on an argument that is not known
 */
export function readPlan(args: readonly string[]): Plan | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      metering: { type: 'boolean', default: false },
      actions: { type: 'boolean', default: false },
      erasure: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const { write, profile, metering, actions, memory, erasure } = values;
  const common = {
    sessions: SATURATION_SESSIONS,
    write,
    profile,
    metering,
    actions,
    memory,
    erasure,
    quick: values.quick,
  };
  return values.quick
    ? {
        ...common,
        rounds: 2,
        warmUpMs: 2_000,
        settleMs: 700,
        sliceMs: { one: 700, rate: 1_400, saturation: 1_400 },
      }
    : {
        ...common,
        rounds: 5,
        warmUpMs: 6_000,
        settleMs: 1_500,
        sliceMs: { one: 2_500, rate: 4_500, saturation: 4_500 },
      };
}
