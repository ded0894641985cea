import { describe, expect, test } from 'vitest';
import { newDraft } from '../../workers/nlu/draft.ts';
import { splitMessage } from '../../workers/nlu/segments/split-message.ts';
import { slotsOf } from '../../contracts/nlu.ts';
import { NOW, understand, ZONE } from './understand.ts';

/** Requests stand in brackets; "?" is an act whose label is the classifier's business rather than the splitter's. */
const SEVERAL: [marked: string, actions: string][] = [
  ['[put oat milk on the shopping list] and [wake me at 6:30 tomorrow]', 'create_task set_reminder'],
  ["[cancel my 4 o'clock] and [tell Hanna by email that i'm stuck in traffic]", 'cancel_event draft_email'],
  ["[what's on today]? and [do i have any reminders set]", '? list_reminders'],
  [
    '[remind me to stretch at 11], [to drink water at 12] and [to call Grandma at 6]',
    'set_reminder set_reminder set_reminder',
  ],
  ['[today at 2 ring the plumber], [at 4 the electrician]', '? ?'],
  [
    '[remind me about the essay on thursday evening] and [email Sarah that lunch is moved]',
    'set_reminder draft_email',
  ],
  ['[move the retro to thursday] and [the planning to friday]', 'update_event ?'],
  ['[finished the tax form]. Next, [add "mail the tax form" to my list]', 'complete_task create_task'],
  ["[thank you]! [now show me what's due this week]", 'thanks list_tasks'],
  ['[good evening], [what does tomorrow look like?]', 'greeting daily_briefing'],
  ['[buy stamps], [return the library books], [call the landlord]', 'create_task create_task create_task'],
  [
    '1. [pay the electricity bill] 2. [email Rosa the invoice] 3. [cancel the gym trial on friday]',
    'create_task draft_email cancel_event',
  ],
  ['- [water the garden]\n- [buy dog food]\n- [call uncle Jim]', 'create_task create_task create_task'],
  ['[set a timer for 15 minutes], and oh, [add basil to the groceries]', 'set_reminder create_task'],
  [
    "[draft an email to the school about the trip]. Also [block friday 9 to 10 for the parents' meeting]",
    'draft_email create_event',
  ],
  ['[send it], then [remind me in two days to check for an answer]', 'send_email set_reminder'],
  ['[add paint to the hardware list] and [flour to groceries]', 'create_task create_task'],
  ['[delete the alarm for 5am]; [make one for 5:45 instead]', 'delete_task ?'],
  [
    '[coffee with Lena monday 10am], [lunch with Otto tuesday at noon], [beers with the team wednesday 6pm]',
    'create_event create_event create_event',
  ],
  [
    '[saturday: 10am swimming lesson], [1pm pizza with Nora], [6pm concert with Ben]',
    'create_event create_event create_event',
  ],
  ['[how many tokens do i have left] and [what would premium cost me]', 'show_usage show_usage'],
  ["[plan my afternoon], and while you're at it [find half an hour for a walk]", 'plan_schedule find_time'],
  ['[i work from 7 to 3]. also [i never want meetings on monday]', 'set_preference set_preference'],
  ['[move it to 10] and [invite Ann]', '? update_event'],
  ['[change the meeting to 12] and [add Bob]', 'update_event update_event'],
  ['[move the meeting to 13], [invite Carl] and [rename it to sync]', 'update_event update_event ?'],
  ['[undo that] and [put the concert on my calendar for saturday at 8pm]', 'undo create_event'],
  ['[forget it]. [What are my tasks for tomorrow?]', 'cancel list_tasks'],
  ['[the groceries are done], [mark the car wash as done too]', 'complete_task complete_task'],
  ['[rename the gym task to leg day] then [make it high priority]', 'update_task update_task'],
  [
    '[find everything about the boiler] and [write an email to the installer asking for a quote]',
    'search draft_email',
  ],
  ['[check if Mo wrote back], and if he did, [remind me at 5pm to answer]', 'search_email set_reminder'],
  ['[Is there anything on Sunday]? If not, [book brunch with Priya at 11am]', 'list_events create_event'],
  ['[add eggs]\n[add butter]\n[add jam]', 'create_task create_task create_task'],
  ['[cancel dinner with Ida] and [the massage]', 'cancel_event cancel_event'],
  [
    '[dishes are washed], [bins are out], [anything else on my list?]',
    'complete_task complete_task list_tasks',
  ],
  ['[brief me on the week] and then [reschedule the dentist]', 'weekly_briefing reschedule'],
  ['[new list called Garage], [put sandpaper on it]', 'create_task create_task'],
  [
    '[i need to renew my passport by march]. Oh and [remind me tonight at 8 to look for the photos]',
    'create_task set_reminder',
  ],
  ['[show me my calendar for friday] and [my open tasks]', 'list_events list_tasks'],
  [
    '[groceries: rice], [beans] and [a lemon]. Also [remind me at 5 to cook]',
    'create_task create_task create_task set_reminder',
  ],
  [
    '[hardware: nails], [paint]; [groceries: rice], [beans]',
    'create_task create_task create_task create_task',
  ],
  ['[cancel the flute lesson] and [book one for friday at 3pm]', 'cancel_event create_event'],
  ['[add string to the garden list]; also [twine], and [a trowel]', 'create_task create_task create_task'],
  ['[bye for now], and [set an alarm for 6]', 'goodbye set_reminder'],
  [
    "[Mark the essay as complete], [delete the draft task], and [tell me what's left for today.]",
    'complete_task delete_task ?',
  ],
  [
    '[the parcel arrives at 2pm on tuesday so put that in] and [remind me at 1 to be home]',
    'create_event set_reminder',
  ],
  ['[do i have time at 3 today]? [put in a call with Sven then]', 'list_events create_event'],
  ['[dentist thursday 8am] plus [haircut thursday 5pm]', 'create_event create_event'],
  [
    '[remind me tomorrow at 7 to take the bins out] and [on thursday at 7 to bring them back]',
    'set_reminder set_reminder',
  ],
  ['[make the report urgent], [drop the rest to low]', 'update_task ?'],
  ['[get rid of the old shopping list] & [start a new one with bread on it]', 'delete_task create_task'],
  [
    '[email Kofi that the demo went well] and [put a follow-up meeting with him on my calendar for monday 2pm]',
    'draft_email create_event',
  ],
  [
    "[pls add 'fix the tap' for tuesday] and [remind me on monday evening at 8 to buy a washer]",
    'create_task set_reminder',
  ],
  ['[tick off vitamins] and [push yoga to 7pm]', 'complete_task update_event'],
  ['[block 8 to 9 tomorrow for reading] and [2 to 4 for the thesis]', 'create_event create_event'],
  ['[what can you do]? and [what does it cost]', 'help show_usage'],
  ['[no thank you]. [show me the list again]', 'deny list_tasks'],
  ['[read my new mails], and then [give me my day]', 'search_email daily_briefing'],
  ['[wednesday 7pm choir], [thursday 7pm also choir]', 'create_event create_event'],
  [
    "[pay the deposit by friday], and once that's done [book the hall visit for monday at 10 in my calendar]",
    'create_task create_event',
  ],
  [
    '[hey remove the piano lesson tomorrow], my teacher is ill, and [email her get well soon]',
    'cancel_event draft_email',
  ],
  ['[make a task to sort the cellar, priority high]; [another to paint the gate by june]', '? create_task'],
  [
    '[start the day with a briefing at 7:30 every morning] and [set my timezone to Lisbon]',
    'set_preference set_preference',
  ],
  [
    '[walk the dog at 6], [feed the cat at 7], then [iron my shirt for tomorrow]',
    '? create_task create_task',
  ],
  ['[wen is teh meeting with Ola] n [add juice to teh list]', 'list_events create_task'],
  [
    '[write to Ms. Brandt that the keys are under the mat]. P.S. [add "new doormat" to shopping.]',
    'draft_email create_task',
  ],
  [
    '[i need to sweep the yard], [wash the car] and [trim the hedge this weekend]',
    'create_task create_task create_task',
  ],
  ['[thanks for that]. [can you also delete the task about the fence?]', 'thanks delete_task'],
];

const ONE: [text: string, action: string][] = [
  ['groceries: mac and cheese', 'create_task'],
  ['bread should also be on the shopping list', 'create_task'],
  ['remind me today, at 5, to feed the hens', 'set_reminder'],
  ['schedule a call with Ivo at 3pm tomorrow and invite Jana as well', 'create_event'],
  ['buy nuts, figs and olives', 'create_task'],
  ['remind me to shower, shave and iron my shirt at 6', 'set_reminder'],
  ["book a room and a projector for thursday's workshop at 9am", 'create_event'],
  ['email Dora and Finn that dinner is at 8 and that they should bring wine', 'draft_email'],
  ['we ran out of soap, add it to the list', 'create_task'],
  ["Tom's party moved to saturday, so change it", 'update_event'],
  ['call the bank and ask about the fees tomorrow', 'create_task'],
  ['put the meeting with Smith & Sons on my calendar for monday at 9', 'create_event'],
  ['show me everything between monday and wednesday', 'list_events'],
  ['remind me every tuesday and friday at 8 to water the orchids', 'set_reminder'],
  ['draft a mail to the team: the launch is off, we meet on friday and nobody should panic', 'draft_email'],
  ['add a task to compare prices and order the bike', 'create_task'],
  ['cancel the trip with Anna and Karl', 'cancel_event'],
  ['hi, can you please move my lunch to 1 and not 12:30', 'update_event'],
  ['ok well I tried and it did not work, anyway, delete the reminder about the router', 'delete_task'],
  ['add gin and tonic to the party list, thanks', 'create_task'],
  ['my back hurts and I want to lie down, so clear my evening', 'cancel_event'],
  ['search for recipes and notes about bread', 'search'],
  ["what's on my list for today and tomorrow?", 'list_tasks'],
];

const plain = (marked: string): string => marked.replace(/[[\]]/g, '');

describe('messages that ask for several things', () => {
  test.each(SEVERAL)('%s', async (marked, actions) => {
    const text = plain(marked);
    const { acts } = await understand(text);
    expect(acts.map(({ span }) => text.slice(span.start, span.end))).toEqual(
      [...marked.matchAll(/\[([^\]]*)\]/g)].map(([, words]) => words),
    );
    const wanted = actions.split(' ');
    expect(acts.map(({ action }, index) => (wanted[index] === '?' ? '?' : action))).toEqual(wanted);
    for (const [index, { span, entities }] of acts.entries()) {
      expect(span.start).toBeGreaterThanOrEqual(acts[index - 1]?.span.end ?? 0);
      for (const { start, end, text: said } of entities) {
        expect(start >= span.start && end <= span.end).toBe(true);
        expect(said).toBe(text.slice(start, end));
      }
    }
  });
});

describe('messages that only sound like several', () => {
  test.each(ONE)('%s', async (text, action) => {
    const { acts } = await understand(text);
    expect(acts.map((act) => act.action)).toEqual([action]);
    expect(acts[0]?.span).toEqual({ start: 0, end: text.length });
  });
});

describe('what requests share', () => {
  test.each([
    [
      'tomorrow: feed the hens, call Bob',
      { due_date: '2026-11-24' },
      { title: 'call Bob', due_date: '2026-11-24' },
    ],
    [
      'on friday feed the hens and mow the lawn',
      { due_date: '2026-11-27' },
      { title: 'mow the lawn', due_date: '2026-11-27' },
    ],
    [
      'friday:\n- feed the hens\n- mow the lawn',
      { due_date: '2026-11-27' },
      { title: 'mow the lawn', due_date: '2026-11-27' },
    ],
    [
      'packing list: socks, a towel',
      { title: 'socks', list: 'packing' },
      { title: 'towel', list: 'packing' },
    ],
    [
      'remind me at 11 and again at 5 to feed the hens',
      { title: 'feed the hens', remind_at: '2026-11-23T11:00:00-05:00' },
      { title: 'feed the hens', remind_at: '2026-11-23T17:00:00-05:00' },
    ],
    [
      'remind me tomorrow at 9am and 5pm to feed the hens',
      { title: 'feed the hens', remind_at: '2026-11-24T09:00:00-05:00' },
      { title: 'feed the hens', remind_at: '2026-11-24T17:00:00-05:00' },
    ],
    [
      'coffee with Bea friday at 3pm, and remind me the day before to bake a cake',
      { start: '2026-11-27T15:00:00-05:00' },
      { title: 'bake a cake', remind_at: '2026-11-26T15:00:00-05:00' },
    ],
    [
      'move the retro to friday and remind me at 9am that day to print the board',
      {},
      { title: 'print the board', remind_at: '2026-11-27T09:00:00-05:00' },
    ],
    ['take rice off the groceries list and tick off the beans', { list: 'groceries' }, {}],
    ['tick off the beans and take rice off the groceries list', { list: 'groceries' }, { list: 'groceries' }],
    ['call Bob at 5pm and Ann at 6pm', { title: 'call Bob' }, { title: 'call Ann' }],
    [
      'remind me tomorrow at noon to eat, at 3pm to stretch',
      { title: 'eat', remind_at: '2026-11-24T12:00:00-05:00' },
      { title: 'stretch', remind_at: '2026-11-24T15:00:00-05:00' },
    ],
    ['add rice, add beans to my shopping list', { title: 'rice', list: 'shopping' }, { list: 'shopping' }],
    [
      'remind me to turn the compost in an hour and to water it in three',
      { remind_at: '2026-11-23T11:00:00-05:00' },
      { title: 'water it', remind_at: '2026-11-23T13:00:00-05:00' },
    ],
    ["cancel tea with Bea and email her that i'm ill", {}, { recipient: ['Bea'] }],
    [
      'add nails to the hardware list and soap to the groceries list',
      { list: 'hardware' },
      { title: 'soap', list: 'groceries' },
    ],
  ])('%s', async (text, first, second) => {
    const { acts } = await understand(text);
    expect(acts).toHaveLength(2);
    expect(slotsOf(acts[0]?.entities ?? [])).toMatchObject(first);
    expect(slotsOf(acts[1]?.entities ?? [])).toMatchObject(second);
  });

  test('an hour that is over belongs to no day that was said', async () => {
    const { acts } = await understand(
      'put lunch with Bo on my calendar today at noon and remind me at 9 to pay',
    );
    expect(slotsOf(acts[1]?.entities ?? []).remind_at).toBe('2026-11-23T21:00:00-05:00');
  });
});

type Wanted = [action: string, slots: Record<string, unknown>];
const task = (title: string, due_date?: string): Wanted => [
  'create_task',
  { title, ...(due_date !== undefined && { due_date }) },
];
const event = (title: string, start: string): Wanted => ['create_event', { title, start }];
const named = (action: string, ...queries: string[]): Wanted[] =>
  queries.map((query) => [action, { target: { kind: 'task', query } }]);
const nth = (action: string, ordinal: number, more = {}): Wanted => [
  action,
  { target: { kind: 'task', reference: 'ordinal', ordinal }, ...more },
];

/** Whatever comes first, the verb, the hour or the day; the last value said is the one of the message. */
const TIMED: [text: string, ...wanted: Wanted[]][] = [
  [
    'tomorrow at 5 call Bob and at 6 Ann',
    task('call Bob', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'on friday at 3 call Lisa and at 4 Tom',
    task('call Lisa', '2026-11-27T15:00:00-05:00'),
    task('call Tom', '2026-11-27T16:00:00-05:00'),
  ],
  [
    'at 5 call Bob and at 6 Ann tomorrow',
    task('call Bob', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'call Bob at 5 and Ann at 6 tomorrow',
    task('call Bob', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'tomorrow at 5 call Bob and at 6 call Ann',
    task('call Bob', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'tomorrow at 4 call Bob, at 5 Tom and at 6 Ann',
    task('call Bob', '2026-11-24T16:00:00-05:00'),
    task('call Tom', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'call Bob tomorrow at 5 and at 6 Ann',
    task('call Bob', '2026-11-24T17:00:00-05:00'),
    task('call Ann', '2026-11-24T18:00:00-05:00'),
  ],
  [
    'meet Ana tuesday at 10 and Ben at 11',
    event('meet Ana', '2026-11-24T10:00:00-05:00'),
    event('meet Ben', '2026-11-24T11:00:00-05:00'),
  ],
  [
    'lunch with Ana at 12 and with Tom at 1 on friday',
    event('lunch with Ana', '2026-11-27T12:00:00-05:00'),
    event('lunch with Tom', '2026-11-27T13:00:00-05:00'),
  ],
  [
    'remind me at 5 to call Bob and at 6 to call Ann',
    ['set_reminder', { title: 'call Bob', remind_at: '2026-11-23T17:00:00-05:00' }],
    ['set_reminder', { title: 'call Ann', remind_at: '2026-11-23T18:00:00-05:00' }],
  ],
  [
    'finish slides by wednesday then send them to Jo on thursday',
    task('finish slides', '2026-11-25'),
    task('send them to Jo', '2026-11-26'),
  ],
  [
    'schedule haircut friday 3pm & groceries after that',
    event('haircut', '2026-11-27T15:00:00-05:00'),
    ['create_event', { title: 'groceries' }],
  ],
];

const TARGETS: [text: string, ...wanted: Wanted[]][] = [
  ['mark the milk, the eggs and the bread done', ...named('complete_task', 'milk', 'eggs', 'bread')],
  ['mark the bank and the ink as done', ...named('complete_task', 'bank', 'ink')],
  ['the bike and the car are done', ...named('complete_task', 'bike', 'car')],
  ['delete bob and bread', ...named('delete_task', 'bob', 'bread')],
  ['delete the milk and bread tasks', ...named('delete_task', 'milk', 'bread')],
  ['delete mac and cheese', ...named('delete_task', 'mac and cheese')],
  [
    'make the first two urgent',
    nth('update_task', 1, { priority: 'urgent' }),
    nth('update_task', 2, { priority: 'urgent' }),
  ],
  [
    'mark the first three tasks done',
    nth('complete_task', 1),
    nth('complete_task', 2),
    nth('complete_task', 3),
  ],
];

const THINGS: [text: string, ...wanted: Wanted[]][] = [
  ['add milk and make it urgent', ['create_task', { title: 'milk', priority: 'urgent' }]],
  [
    'add eggs, finish the report by friday, and call Ann',
    task('eggs'),
    task('finish the report', '2026-11-27'),
    task('call Ann'),
  ],
  ['add eggs, milk and bread', task('eggs, milk and bread')],
  [
    'three things: book the vet, wash the car, and call Ann',
    task('book the vet'),
    task('wash the car'),
    task('call Ann'),
  ],
];

describe('requests of one breath, each with its values', () => {
  test.each([...TIMED, ...TARGETS, ...THINGS])('%s', async (text, ...wanted) => {
    const { acts } = await understand(text);
    expect(acts.map(({ action, entities }) => [action, slotsOf(entities)])).toMatchObject(wanted);
  });

  test('a time that is read behind its words keeps its place', async () => {
    const text = 'tomorrow at 5 call Bob and at 6 Ann';
    const { acts } = await understand(text);
    const times = acts.flatMap(({ entities }) => entities.filter(({ slot }) => slot === 'due_date'));
    expect(times.map((time) => time.text)).toEqual(['tomorrow at 5', '6']);
  });
});

describe('how far a message is taken apart', () => {
  test('eight requests at most, none in a long note and none in quotes', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `remind me at ${index + 1}pm to stretch`).join(
      '. ',
    );
    expect((await understand(many)).acts).toHaveLength(8);
    expect((await understand(`${many} ${'and so on. '.repeat(80)}`)).acts).toHaveLength(1);
    expect(
      (await understand('add "buy milk. cancel lunch and remind me at 5" to my list')).acts,
    ).toHaveLength(1);
  });

  test('the classifier is asked about eight clauses at most, and never without a joint', async () => {
    let asked = 0;
    const count = (text: string) =>
      splitMessage(newDraft(text, ZONE, new Date(NOW)), () => {
        asked += 1;
        return Promise.resolve([{ action: 'create_task' as const, confidence: 0.8 }]);
      });
    await count('the boiler makes that noise again');
    expect(asked).toBe(0);
    await count(
      'the boiler is loud, and the cat is sad; the sun is up. the tap drips. the door sticks. '.repeat(9),
    );
    expect(asked).toBeLessThanOrEqual(8);
  });
});
