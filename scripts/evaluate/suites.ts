import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { action, type Action } from '../../contracts/intents.ts';
import { slot, slots } from '../../contracts/slots.ts';
import { checkoutDir } from '../../core/checkout.ts';

/** Where the suites of the understanding lie; what is in `held-out` no author of a grammar has looked at. */
const SUITES_DIR = join(checkoutDir(), 'test', 'suites');

/** When and where most suites are read: a Monday morning in New York. */
export const REFERENCE = { timezone: 'America/New_York', reference_time: '2026-11-23T10:00:00-05:00' };

/** One sentence with the label it has to get. */
export interface LabelledText {
  register: string;
  action: Action;
  text: string;
}

export const readRegisters = (): LabelledText[] => labelled(rowsOf('registers.tsv'));

/** Sentences of all labels, out of scope among them, that no rule and no training was ever changed for. */
export const readUtterances = (): LabelledText[] => labelled(rowsOf('utterances.tsv', true));

function labelled(rows: readonly string[][]): LabelledText[] {
  return rows.map(([register = '', label = '', text = '']) => ({
    register,
    action: action.parse(label),
    text,
  }));
}

export function readOutOfScope(): LabelledText[] {
  return rowsOf('out-of-scope.tsv').map(([register = '', text = '']) => ({
    register,
    action: 'out_of_scope',
    text,
  }));
}

/** A phrase of time with its value and grain at a place. */
export interface DateCase {
  set: 'core' | 'hard';
  kind: string;
  reference_time: string;
  timezone: string;
  text: string;
  value: unknown;
  grain: string;
}

export function readDates(heldOut: boolean): DateCase[] {
  return rowsOf('dates.tsv', heldOut).map(
    ([set = '', kind = '', reference_time = '', timezone = '', text = '', value = '', grain = '']) => ({
      set: set === 'core' ? 'core' : 'hard',
      kind,
      reference_time,
      timezone,
      text,
      value: JSON.parse(value) as unknown,
      grain,
    }),
  );
}

/** A phrase of repetition with its rule. */
export interface RecurrenceCase {
  set: 'core' | 'hard';
  text: string;
  rule: string;
}

export function readRecurrences(heldOut: boolean): RecurrenceCase[] {
  return rowsOf('recurrences.tsv', heldOut).map(([set = '', text = '', rule = '']) => ({
    set: set === 'core' ? 'core' : 'hard',
    text,
    rule,
  }));
}

/** Sentences without any time in them. */
export function readNoTimes(heldOut: boolean): string[] {
  return rowsOf('no-times.tsv', heldOut).map(([text = '']) => text);
}

const actsCase = z.object({
  text: z.string(),
  acts: z.array(z.object({ action, slots: z.record(z.string(), z.unknown()) })),
});
export type ActsCase = z.infer<typeof actsCase>;
export const readMultiActs = (): ActsCase[] => linesOf('multi-act.jsonl', actsCase);

const slotsCase = z.object({
  text: z.string(),
  action,
  spans: z.array(z.object({ slot: z.string(), text: z.string() })),
});
export type SlotsCase = z.infer<typeof slotsCase>;
export const readSlotCases = (): SlotsCase[] => linesOf('slots.jsonl', slotsCase);

const continuationCase = z.object({
  question: z.object({ slot, action, known: slots }).nullable(),
  last: z.object({ action, slots }).nullable(),
  text: z.string(),
  expect: z.object({
    kind: z.enum(['answer', 'correction', 'skip', 'drop', 'none', 'reask']),
    slots: z.record(z.string(), z.unknown()),
  }),
});
export type ContinuationCase = z.infer<typeof continuationCase>;
export const readContinuations = (): ContinuationCase[] => linesOf('continuations.jsonl', continuationCase);

/** Rows of a table without its head. */
function rowsOf(name: string, heldOut = false): string[][] {
  return readSuite(name, heldOut)
    .slice(1)
    .map((line) => line.split('\t'));
}

function linesOf<T>(name: string, schema: z.ZodType<T>): T[] {
  return readSuite(name, false).map((line) => schema.parse(JSON.parse(line)));
}

function readSuite(name: string, heldOut: boolean): string[] {
  const path = heldOut ? join(SUITES_DIR, 'held-out', name) : join(SUITES_DIR, name);
  if (!existsSync(path)) throw new Error(`The suite ${path} is missing: the checkout is incomplete`);
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
