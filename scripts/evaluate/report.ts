import type { ContinuationReport } from './continuations.ts';
import type { IntentReport, Share } from './intents.ts';
import type { Latency } from './latency.ts';
import type { SlotsReport } from './slots.ts';
import type { TimesReport } from './times.ts';

export interface Report {
  intents: IntentReport;
  times: TimesReport;
  slots: SlotsReport;
  continuations: ContinuationReport;
  latency: readonly Latency[];
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
const shown = ({ right, count }: Share): string =>
  `${percent(right / Math.max(1, count))} (${right} of ${count})`;

/** All tables as Markdown. */
export function reportText({ intents, times, slots, continuations, latency }: Report): string {
  return [
    '## Intents',
    '',
    table(
      ['suite', 'right'],
      [
        ['all registers', shown(intents.accuracy)],
        ...intents.registers.map((share) => [share.name, shown(share)]),
        ['out of scope, recall', shown(intents.outOfScope.recall)],
        ['of these near the scope', shown(intents.outOfScope.near)],
        ['requests turned away', shown(intents.outOfScope.falseRefusals)],
        ['requests, held out', shown(intents.heldOut.accuracy)],
        ['out of scope, held out', shown(intents.heldOut.recall)],
        ['requests turned away, held out', shown(intents.heldOut.falseRefusals)],
        ...intents.sources.map((share) => [`decided by ${share.name}`, shown(share)]),
        ['left to a language model, where one is set up', shown(intents.reachesModel)],
        ['calibration error', intents.calibration.error.toFixed(3)],
      ],
    ),
    '',
    table(
      ['label', 'sentences', 'recall', 'precision'],
      intents.labels.map(({ label, count, recall, precision }) => [
        `\`${label}\``,
        String(count),
        percent(recall),
        percent(precision),
      ]),
    ),
    '',
    'Most frequent confusions: ' +
      intents.confusions
        .slice(0, 15)
        .map(({ from, to, count }) => `\`${from}\` taken for \`${to}\` ${count}`)
        .join(', ') +
      '.',
    '',
    table(
      ['stated confidence', 'decisions', 'mean', 'right'],
      intents.calibration.bins
        .filter(({ count }) => count > 0)
        .map(({ from, count, confidence, accuracy }) => [
          `${from.toFixed(1)}–${(from + 0.1).toFixed(1)}`,
          String(count),
          percent(confidence),
          percent(accuracy),
        ]),
    ),
    '',
    '## Times',
    '',
    table(
      ['suite', 'right'],
      [
        ...times.dates.flatMap(({ heldOut, core, all }) => [
          [`dates, core${heldOut ? ', held out' : ''}`, shown(core)],
          [`dates, all${heldOut ? ', held out' : ''}`, shown(all)],
        ]),
        ...times.recurrences.flatMap(({ heldOut, pattern, whole }) => [
          [`repetition, pattern${heldOut ? ', held out' : ''}`, shown(pattern)],
          [`repetition, all parts${heldOut ? ', held out' : ''}`, shown(whole)],
        ]),
        ['words that only look like times, taken for one', shown(times.falseAlarms)],
      ],
    ),
    '',
    '## Slots',
    '',
    table(
      ['kind', 'wanted', 'found', 'right', 'F1'],
      slots.spans.map(({ slot, wanted, found, right, f1 }) => [
        slot,
        String(wanted),
        String(found),
        String(right),
        percent(f1),
      ]),
    ),
    '',
    table(
      ['several acts in a message', 'right'],
      [
        ['acts, in order', shown(slots.acts)],
        ['acts and their slots', shown(slots.actsWithSlots)],
      ],
    ),
    '',
    '## Second messages',
    '',
    table(
      ['what it is', 'right'],
      [
        ['kind', shown(continuations.kinds)],
        ['kind and slots', shown(continuations.kindsWithSlots)],
        ...continuations.byKind.map((share) => [`of these ${share.name}`, shown(share)]),
      ],
    ),
    '',
    '## Latency',
    '',
    table(
      ['measured, one after the other', 'p50, ms', 'p99, ms'],
      latency.map(({ name, p50, p99 }) => [name, p50.toFixed(2), p99.toFixed(2)]),
    ),
  ].join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
