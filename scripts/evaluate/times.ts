import { isDeepStrictEqual } from 'node:util';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import type { Share } from './intents.ts';
import { readDates, readNoTimes, readRecurrences, REFERENCE, type DateCase } from './suites.ts';

export interface TimesReport {
  dates: { heldOut: boolean; core: Share; all: Share; kinds: Share[] }[];
  /** `pattern` leaves out times and ends. */
  recurrences: { heldOut: boolean; pattern: Share; whole: Share }[];
  falseAlarms: Share;
  misses: string[];
}

/** Runs the suites of dates, repetitions and of words that only look like times. */
export async function judgeTimes(understander: Understander): Promise<TimesReport> {
  const misses: string[] = [];
  const dates = [];
  const recurrences = [];
  for (const heldOut of [false, true]) {
    const judged: (DateCase & { right: boolean })[] = [];
    for (const row of readDates(heldOut)) {
      const { text, timezone, reference_time } = row;
      const { acts } = await understander.parse({ text, timezone, reference_time, slot: 'when' }, new Date());
      const entity = acts[0]?.entities[0];
      const right = isDeepStrictEqual(entity?.value, row.value) && entity?.grain === row.grain;
      judged.push({ ...row, right });
      if (!right && !heldOut)
        misses.push(
          `dates ${row.set} ${row.kind}\t${text}\t${timezone} ${reference_time}\twanted ${JSON.stringify(row.value)} ${row.grain}\tgot ${JSON.stringify(entity?.value)} ${entity?.grain ?? ''}`,
        );
    }
    const kinds = [...new Set(judged.map(({ kind }) => kind))];
    dates.push({
      heldOut,
      core: shareOf(
        'core',
        judged.filter(({ set }) => set === 'core'),
      ),
      all: shareOf('all', judged),
      kinds: kinds.map((name) =>
        shareOf(
          name,
          judged.filter(({ kind }) => kind === name),
        ),
      ),
    });
    const rules = [];
    for (const { text, rule, set } of readRecurrences(heldOut)) {
      const { acts } = await understander.parse({ text, ...REFERENCE, slot: 'recurrence' }, new Date());
      const value = acts[0]?.entities[0]?.value;
      const got = typeof value === 'string' ? value : '';
      const whole = isDeepStrictEqual(partsOf(got), partsOf(rule));
      rules.push({ pattern: isDeepStrictEqual(patternOf(got), patternOf(rule)), whole });
      if (!whole && !heldOut) misses.push(`recurrences ${set}\t${text}\twanted ${rule}\tgot ${got}`);
    }
    recurrences.push({
      heldOut,
      pattern: shareOf(
        'pattern',
        rules.map(({ pattern }) => ({ right: pattern })),
      ),
      whole: shareOf(
        'all parts',
        rules.map(({ whole }) => ({ right: whole })),
      ),
    });
  }
  const quiet = [];
  for (const text of [...readNoTimes(false), ...readNoTimes(true)]) {
    const { acts } = await understander.parse({ text: `add a task to ${text}`, ...REFERENCE }, new Date());
    const found = acts.flatMap(({ entities }) => entities).filter(({ slot }) => slot === 'due_date');
    quiet.push({ right: found.length > 0 });
    if (found.length > 0) misses.push(`no-times\t${text}\tgot ${found.map((e) => e.text).join(', ')}`);
  }
  return { dates, recurrences, falseAlarms: shareOf('false alarms', quiet), misses };
}

function shareOf(name: string, rows: readonly { right: boolean }[]): Share {
  return { name, right: rows.filter(({ right }) => right).length, count: rows.length };
}

function partsOf(rule: string): Record<string, string> {
  return Object.fromEntries(
    rule
      .split(';')
      .filter(Boolean)
      .map((part) => part.split('=') as [string, string]),
  );
}

const NOT_PATTERN = new Set(['BYHOUR', 'BYMINUTE', 'COUNT', 'UNTIL']);

function patternOf(rule: string): Record<string, string> {
  return Object.fromEntries(Object.entries(partsOf(rule)).filter(([name]) => !NOT_PATTERN.has(name)));
}
