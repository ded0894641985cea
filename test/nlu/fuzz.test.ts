import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseResponse, understanding } from '../../contracts/nlu.ts';
import { parseText, question, understand } from './understand.ts';

const WORDS =
  'buy milk tomorrow at 5pm the 6th friday next week !! #home " \' by to rename move delete all tasks in 2 weeks of june first every half past between and - 31.11. 2.10 for 30 minutes high priority show what is due İ 😀 on list my a 99999999 9999-99-99 0 year years ago from now mon set mark as done tag with 1/2 call p1 actually no , . T Z +01:00 draft an email professor #7 about saying that subject: with template reply thank drafts usage premium'.split(
    ' ',
  );
const ZONES = [
  'America/New_York',
  'Europe/Vienna',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
  'Australia/Lord_Howe',
];
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  words.map((list) => list.join(' ')),
  words.map((list) => list.join('')),
);
const moment = fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const slot = fc.constantFrom(
  undefined,
  'when',
  'due_date',
  'recurrence',
  'title',
  'date_range',
  'target',
  'priority',
  'duration_minutes',
  'list',
  'recipient',
  'subject',
  'body',
  'email_type',
);

/** Thousands of texts on a machine that has other things to do. */
const PATIENCE_MS = 180_000;

describe('any text', () => {
  test(
    'is read without an exception, and every span is a slice of it',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          text,
          fc.constantFrom(...ZONES),
          moment,
          slot,
          async (input, timezone, now, read) => {
            const place = { timezone, now: now.toISOString(), ...(read && { slot: read }) };
            const { act, timings_ms } = await parseText(input, place);
            parseResponse.parse({ acts: [act], timings_ms });
            for (const { start, end, text: said, value, readings } of act.entities) {
              expect(input.slice(start, end)).toBe(said);
              expect(value).toEqual(readings[0]?.value);
              expect(JSON.stringify(value)).not.toContain('Invalid');
            }
          },
        ),
        { numRuns: 1_500 },
      );
    },
    PATIENCE_MS,
  );

  test(
    'is read beside an open question, too',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          text,
          fc.constantFrom(
            'title',
            'due_date',
            'priority',
            'target',
            'duration_minutes',
            'recipient',
            'body',
            'email_type',
            'start',
            'end',
            'remind_at',
            'date_range',
            'location',
            'participants',
            'list',
            'query',
            'all_day',
            'recurrence',
          ),
          fc.constantFrom('slot', 'choice', 'confirm'),
          fc.constantFrom('create_task', 'create_event', 'update_event', 'set_reminder', 'draft_email'),
          async (input, asked, kind, action) => {
            const choices = [
              { choice_id: '019a9d00-0000-7000-8000-00000000000a', label: 'Friday' },
              { choice_id: '019a9d00-0000-7000-8000-00000000000b', label: 'Buy milk' },
            ];
            const slots = {
              title: 'milk with Ann',
              start: '2026-11-25T09:00:00-05:00',
              end: '2026-11-25T10:00:00-05:00',
            };
            const open = question({ slot: asked, kind, choices, action, slots });
            const lastReceipt = { action, slots: { ...slots, due_date: '2026-11-25' }, at: open.asked_at };
            for (const questions of [[open], []]) {
              const result = await understand(input, { questions, lastReceipt });
              understanding.parse(result);
              for (const { start, end, text: said } of result.acts[0]?.entities ?? [])
                expect(input.slice(start, end)).toBe(said);
            }
          },
        ),
        { numRuns: 1_000 },
      );
    },
    PATIENCE_MS,
  );

  test('the same input is understood the same', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (input) => {
        const [one, two] = [await understand(input), await understand(input)];
        expect({ ...one, nlu_ms: 0 }).toEqual({ ...two, nlu_ms: 0 });
      }),
      { numRuns: 200 },
    );
  });
});

describe('long and hostile texts', () => {
  const units = [
    'a ',
    'buy ',
    'tomorrow ',
    '5 ',
    'to ',
    '"',
    "' ",
    '#a ',
    'x',
    'and ',
    'in the ',
    '1-',
    'a, ',
    'every ',
    '😀',
    ' ',
    '\n',
    'half past ',
    'no, ',
    '2h ',
    '(1h ',
    'show ',
    'due ',
    'please ',
    'tagged a, ',
    '.',
    '12:',
    'move x to ',
    'email ',
    'an email to ',
    'about ',
    'telling a that ',
    'tokens ',
    'my ',
  ];
  /** Seconds of the processor, which a busy machine does not lengthen as it does those of the wall. */
  async function cost(text: string, input: Parameters<typeof understand>[1]): Promise<number> {
    const before = process.cpuUsage();
    await understand(text, input);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  }

  type Call = [text: string, input: Parameters<typeof understand>[1]];

  /** Every long text of a unit, with what it is said to. */
  function calls(unit: string): Call[] {
    const long = unit.repeat(Math.ceil(4_000 / unit.length)).slice(0, 4_000);
    const slots = { title: 'a and b', start: '2026-11-25T09:00:00-05:00' };
    const lastReceipt = { action: 'create_event' as const, slots, at: question().asked_at };
    const asked = ['start', 'due_date', 'location', 'duration_minutes', 'participants', 'target'] as const;
    return [
      [`buy ${long}`, { questions: [question()] }],
      [long, {}],
      [`draft an email to ${long}`, { questions: [question({ slot: 'recipient' })] }],
      [`email Ann about ${long}`, {}],
      [`show my drafts ${long}`, {}],
      [`how much ${long}`, {}],
      ...asked.map((slot): Call => [
        long,
        { questions: [question({ slot, action: 'create_event', slots })], lastReceipt },
      ]),
      [`no, ${long}`, { lastReceipt }],
      [`not ${long}, ${long}`.slice(0, 4_000), { lastReceipt }],
    ];
  }

  /** What a long text takes that has nothing to match: the measure for the others. */
  const ORDINARY = Array.from({ length: 600 }, (_, index) => `word${index % 97}`)
    .join(' ')
    .slice(0, 4_000);
  let ordinary = 0;
  beforeAll(async () => {
    const costs: number[] = [];
    for (let turn = 0; turn < 15; turn += 1) costs.push(await cost(ORDINARY, {}));
    ordinary = costs.toSorted((a, b) => a - b)[7] ?? 0;
  });
  /** Far above what the slowest unit takes, far below what runaway matching takes: seconds and minutes. */
  const TIMES = 40;

  test.each(units)('%j 4,000 characters long', async (unit) => {
    for (const [text, input] of calls(unit)) {
      const spent = await cost(text, input);
      expect(spent / ordinary, `"${text.slice(0, 40)}…" took ${spent} s`).toBeLessThan(TIMES);
    }
  });

  test('blanks without end do not move the spans', async () => {
    const input = `buy${' '.repeat(500)}milk${' '.repeat(500)}tomorrow${' '.repeat(500)}`;
    const { act, values } = await parseText(input);
    expect(values).toEqual({ title: 'buy milk', due_date: '2026-11-24' });
    for (const { start, end, text: said } of act.entities) expect(input.slice(start, end)).toBe(said);
  });
});
