import { describe, expect, test } from 'vitest';
import type { Action } from '../../contracts/intents.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { LastReceipt } from '../../workers/nlu/nlu-input.ts';
import { question, understand } from './understand.ts';

const AT = '2026-11-23T09:58:00-05:00';
const RECEIPT = '01a22400-0000-7000-8000-000000000001';

/** What a text is understood as right after something was done. */
async function after(last: Omit<LastReceipt, 'at'>, text: string) {
  const { acts, continuation } = await understand(text, { lastReceipt: { at: AT, ...last } });
  for (const { start, end, text: words } of acts.flatMap(({ entities }) => entities))
    expect(text.slice(start, end)).toBe(words);
  return { continuation, acts: acts.map((act) => ({ ...act, slots: slotsOf(act.entities) })) };
}

const SERIES: Omit<LastReceipt, 'at'> = {
  action: 'create_event',
  kind: 'event',
  title: 'yoga',
  slots: {
    title: 'yoga',
    start: '2026-12-01T18:00:00-05:00',
    end: '2026-12-01T19:00:00-05:00',
    recurrence: 'FREQ=WEEKLY;BYDAY=TU',
  },
};

describe('orders about the days of a series that was spoken of', () => {
  test.each<[text: string, scope: string | undefined, was: Slots['date_range'], slots: Slots]>([
    ['from january on make it 19:00', 'following', { start: '2027-01-01' }, { start: 'T19:00' }],
    ["from next week on it's at 7pm", 'following', { start: '2026-11-30' }, { start: 'T19:00' }],
    ['starting in january, move it to 7pm', 'following', { start: '2027-01-01' }, { start: 'T19:00' }],
    ['move all of them from the 8th on to 7pm', 'following', { start: '2026-12-08' }, { start: 'T19:00' }],
    ['make it 19:00 from december 8 on', 'following', { start: '2026-12-08' }, { start: 'T19:00' }],
    ["from next week it's at 7pm", 'following', { start: '2026-11-30' }, { start: 'T19:00' }],
    ["from now on it's at 7pm", 'following', { start: '2026-11-23' }, { start: 'T19:00' }],
    ['going forward it starts at 7pm', 'following', { start: '2026-11-23' }, { start: 'T19:00' }],
    ["it's at 7pm from december 8", 'following', { start: '2026-12-08' }, { start: 'T19:00' }],
  ])('%s', async (text, scope, was, { start = '' }) => {
    const { acts } = await after(SERIES, text);
    const [act] = acts;
    expect(act?.action).toBe('update_event');
    expect(act?.slots.target).toEqual({ kind: 'event', reference: 'last', scope });
    expect(act?.params?.was).toEqual(was);
    expect(act?.slots.start).toContain(start);
    // Its day is that of the series, which only the calendar knows.
    expect(act?.params?.day_kept).toBe(act?.slots.start);
  });

  test.each<[text: string, day: string]>([
    ['next week it has to be on wednesday', '2026-12-02'],
    ["next week it's on thursday", '2026-12-03'],
    ['next week on friday instead', '2026-12-04'],
    ['but next week it must be on monday', '2026-11-30'],
  ])('%s', async (text, day) => {
    const { acts } = await after(SERIES, text);
    const [act] = acts;
    expect(act?.action).toBe('update_event');
    expect(act?.slots.target?.scope).toBe('this');
    expect(act?.params?.was).toEqual({ start: '2026-11-30', end: '2026-12-07' });
    expect(act?.slots.date_range?.start).toBe(day);
  });

  test.each<[text: string, scope: string, was: Slots['date_range'], slots: Slots]>([
    ['from december 1 on yoga is at 7pm', 'following', { start: '2026-12-01' }, { start: 'T19:00' }],
    ['from december on yoga starts at 7pm', 'following', { start: '2026-12-01' }, { start: 'T19:00' }],
    ['yoga is at 7pm from next week on', 'following', { start: '2026-11-30' }, { start: 'T19:00' }],
    ["next week's yoga is at 7pm", 'this', { start: '2026-11-30', end: '2026-12-07' }, { start: 'T19:00' }],
    ['yoga next week is at 7pm', 'this', { start: '2026-11-30', end: '2026-12-07' }, { start: 'T19:00' }],
  ])('%s', async (text, scope, was, { start = '' }) => {
    const { acts } = await after(SERIES, text);
    const [act] = acts;
    expect(act?.action).toBe('update_event');
    expect(act?.slots.target).toEqual({ kind: 'event', query: 'yoga', scope });
    expect(act?.params?.was).toEqual(was);
    expect(act?.slots.start).toContain(start);
  });

  test.each<[text: string, slots: Slots]>([
    [
      'starting in december yoga is on wednesdays',
      { date_range: { start: '2026-12-02', end: '2026-12-03' } },
    ],
    ["next week it's at Lena's place", { location: "Lena's place" }],
    ["move tomorrow's to 8pm", { start: '2026-11-23T20:00:00-05:00' }],
  ])('%s', async (text, slots) => {
    const { acts } = await after(SERIES, text);
    expect(acts[0]?.action).toBe('update_event');
    expect(acts[0]?.slots).toMatchObject(slots);
  });

  test.each([
    'yoga is at 7pm',
    'from monday on i start at 9',
    'from december on i have more time',
    'dinner on friday is at 8',
    "tomorrow's dinner is at 8",
    'yoga is every tuesday at 6pm',
  ])('of no stretch of it: %s', async (text) => {
    const { acts } = await after(SERIES, text);
    expect(acts.map(({ params }) => params?.was ?? null)).not.toContain(SERIES.slots.start);
    expect(acts[0]?.slots.target?.scope).toBeUndefined();
  });

  test.each<[text: string, rule: string]>([
    ['not on weekends', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=21;BYMINUTE=0'],
    ['but not on sundays please', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=21;BYMINUTE=0'],
    ['except on mondays and fridays', 'FREQ=WEEKLY;BYDAY=TU,WE,TH,SA,SU;BYHOUR=21;BYMINUTE=0'],
    ["don't remind me on weekends", 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=21;BYMINUTE=0'],
  ])('%s', async (text, rule) => {
    const pills: Slots = {
      title: 'take my pills',
      remind_at: '2026-11-23T21:00:00-05:00',
      recurrence: 'FREQ=DAILY;BYHOUR=21;BYMINUTE=0',
    };
    const { acts } = await after({ action: 'set_reminder', kind: 'reminder', slots: pills }, text);
    expect(acts[0]?.action).toBe('set_reminder');
    expect(acts[0]?.slots).toEqual({ target: { kind: 'reminder', reference: 'last' }, recurrence: rule });
  });

  test.each(['not on weekends', 'not on tuesdays'])('a rule keeps a day at least: %s', async (text) => {
    const { acts } = await after(SERIES, text);
    expect(acts[0]?.slots.recurrence).toBeUndefined();
  });

  test.each<[text: string, start: string]>([
    ['stop it after december', '2027-01-01'],
    ['end yoga after christmas', '2026-12-26'],
    ['stop the yoga at the end of december', '2027-01-01'],
    ['cancel it from january on', '2027-01-01'],
    ['only until december 20', '2026-12-21'],
  ])('%s', async (text, start) => {
    const { acts } = await after(SERIES, text);
    expect(acts[0]?.action).toBe('cancel_event');
    expect(acts[0]?.slots.date_range).toEqual({ start });
  });

  test.each(['skip next tuesday', 'not on the 1st', 'leave out december 1', 'no class on december 1'])(
    '%s',
    async (text) => {
      const { acts } = await after(SERIES, text);
      expect(acts[0]?.action).toBe('cancel_event');
      expect(acts[0]?.slots).toEqual({
        target: { kind: 'event', reference: 'last', scope: 'this' },
        date_range: { start: '2026-12-01', end: '2026-12-02' },
      });
    },
  );

  test.each(['stop it altogether', 'end yoga for good', 'no more yoga', "i don't do yoga anymore"])(
    '%s',
    async (text) => {
      const { acts } = await after(SERIES, text);
      expect(acts[0]?.action).toBe('cancel_event');
      expect(acts[0]?.slots.target?.scope).toBe('all');
    },
  );

  test.each(['stop it after december', 'only until december 20', 'skip next tuesday'])(
    'of one event that does not repeat it calls nothing off: %s',
    async (text) => {
      const { recurrence: _none, ...slots } = SERIES.slots;
      const { acts } = await after({ ...SERIES, slots }, text);
      expect(acts[0]?.action === 'cancel_event' && acts[0].slots.target?.reference === 'last').toBe(false);
    },
  );

  test.each([
    'till tomorrow',
    'until tomorrow',
    'so until next week then',
    "let's go through today",
    'not only today, the whole week please',
    'skip the gym tomorrow',
    'skip pilates this week',
    'cancel my meeting with david tomorrow',
  ])('%s: of no day of it', async (text) => {
    const { acts } = await after(SERIES, text);
    const ends = acts.filter(
      ({ action, slots }) => action === 'cancel_event' && slots.target?.reference === 'last',
    );
    expect(ends).toEqual([]);
  });
});

describe('who does not come', () => {
  const review = {
    action: 'create_event' as const,
    kind: 'event',
    slots: { title: 'review', participants: ['Omar', 'Lisa'], start: '2026-11-24T15:00:00-05:00' },
  };
  test.each([
    "Omar can't make it, take him out",
    "Omar can't come",
    "omar isn't coming",
    'Omar dropped out, please remove him',
    'take Omar out',
    'ok uninvite Omar',
  ])('%s', async (text) => {
    const { acts } = await after(review, text);
    expect(acts).toHaveLength(1);
    expect(acts[0]?.action).toBe('update_event');
    expect(acts[0]?.params).toEqual({ uninvite: ['Omar'] });
    expect(acts[0]?.slots.target).toEqual({ kind: 'event', reference: 'last' });
  });

  test('somebody who is not invited is no guest', async () => {
    const { acts } = await after(review, "the plumber can't come");
    expect(acts[0]?.params?.uninvite).toBeUndefined();
  });
});

describe('the last change was meant for another item', () => {
  const moved = {
    action: 'update_event' as const,
    kind: 'event',
    receipt_id: RECEIPT,
    slots: { start: '2026-11-27T10:00:00-05:00' },
    said: {
      slots: {
        target: { kind: 'event' as const, query: 'meeting with Ann' },
        participants: ['Ann'],
        date_range: { start: '2026-11-27', end: '2026-11-28' },
      },
    },
  };
  test.each<[text: string, query: string]>([
    ['no, the one with Ben', 'one with Ben'],
    ['actually the other one', 'other one'],
    ['not that one, the one with Ben', 'one with Ben'],
    ['i meant the one with Ben', 'one with Ben'],
    ['wrong one, the other one', 'other one'],
    ['the other one instead', 'other one'],
  ])('%s', async (text, query) => {
    const { acts } = await after(moved, text);
    expect(acts.map(({ action }) => action)).toEqual(['undo', 'update_event']);
    expect(acts[0]?.slots.target).toEqual({ kind: 'receipt', id: RECEIPT });
    expect(acts[1]?.slots).toEqual({
      target: { kind: 'event', query },
      date_range: { start: '2026-11-27', end: '2026-11-28' },
    });
  });

  test.each<[text: string, scope: string]>([
    ['that one and all following', 'following'],
    ['no, all of them', 'all'],
    ['the whole series', 'all'],
  ])('%s', async (text, scope) => {
    const { acts } = await after(moved, text);
    expect(acts.map(({ action }) => action)).toEqual(['undo', 'update_event']);
    expect(acts[1]?.slots.target?.scope).toBe(scope);
  });

  test('after something was made nothing is taken back', async () => {
    const { acts } = await after({ ...moved, action: 'create_event' }, 'no, the one with Ben');
    expect(acts[0]?.action).not.toBe('undo');
  });
});

describe('what moves after a reminder', () => {
  const reminder = {
    action: 'set_reminder' as const,
    kind: 'reminder',
    about: { kind: 'event' as const },
    slots: { target: { kind: 'event' as const, reference: 'last' as const } },
  };
  test.each<[text: string, action: Action]>([
    ['they moved it to tuesday', 'update_event'],
    ['it moved to tuesday', 'update_event'],
    ["it's been moved to tuesday", 'update_event'],
    ['move it to wednesday', 'update_event'],
    ['push it to friday', 'update_event'],
    ['make it 3 hours before', 'set_reminder'],
  ])('%s', async (text, action) => {
    const { acts } = await after(reminder, text);
    if (action === 'set_reminder') expect(acts[0]?.action).not.toBe('update_event');
    else expect(acts[0]?.action).toBe(action);
  });
});

describe('reasons and comparisons around a change', () => {
  const task = {
    action: 'create_task' as const,
    kind: 'task',
    slots: { title: 'proofread', due_date: '2026-11-26' },
  };
  test.each<[text: string, due: string]>([
    ['push it to friday, the printer is late', '2026-11-27'],
    ["move it to friday because i'm ill", '2026-11-27'],
    ['move it to friday, i have no time on thursday', '2026-11-27'],
    ['friday is better', '2026-11-27'],
    ['hm no friday was right', '2026-11-27'],
    ['make it the monday after that', '2026-11-30'],
    ['make it the week after that', '2026-12-03'],
  ])('%s', async (text, due) => {
    const { acts } = await after(task, text);
    expect(acts[0]?.action).toBe('update_task');
    expect(acts[0]?.slots.due_date).toBe(due);
  });

  test('what is to be done besides is no reason', async () => {
    const { acts } = await after(task, 'move it to friday, i need to buy milk tomorrow');
    expect(acts.at(-1)?.slots.title).toBe('buy milk');
  });
});

describe('answers that name another day of a series', () => {
  const target = { kind: 'event' as const, id: RECEIPT, start: '2026-11-24T18:00:00-05:00' };
  const open = question({
    slot: 'target',
    kind: 'choice',
    action: 'update_event',
    intent: 'calendar_event',
    slots: { start: '2026-11-23T19:00:00-05:00', target: { kind: 'event', query: 'yoga' } },
    question: '"yoga" repeats. Change only this one, this and all following, or all?',
    choices: ['this', 'following', 'all'].map((choice_id) => ({ choice_id, label: choice_id })),
    choice_slots: Object.fromEntries(
      (['this', 'following', 'all'] as const).map((scope) => [scope, { target: { ...target, scope } }]),
    ),
  });
  test.each<[text: string, scope: string, start: string]>([
    ['just next tuesday', 'this', '2026-12-01T00:00:00-05:00'],
    ['only the one on december 8', 'this', '2026-12-08T00:00:00-05:00'],
    ['from december 1st on', 'following', '2026-12-01T00:00:00-05:00'],
    ['starting december 8', 'following', '2026-12-08T00:00:00-05:00'],
  ])('%s', async (text, scope, start) => {
    const { continuation } = await understand(text, { questions: [open] });
    expect(continuation.kind).toBe('answer');
    expect(continuation.kind === 'answer' && continuation.slots.target).toEqual({ ...target, scope, start });
  });
});
