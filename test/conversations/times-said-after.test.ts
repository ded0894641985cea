import { beforeAll, describe, expect, test } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** What is said one after the other, and what the last answer tells. */
type Row = [said: [string, ...string[]], told: string | RegExp];

const check = (rows: Row[]): void =>
  test.each(rows)('%s', async (said, told) => {
    const me = await talk(url);
    (await me.sayAll(...said)).says(told);
  });

const LESSON = 'violin lesson tomorrow at 3pm';
const LISBON = 'trip to Lisbon from 4 to 8 december';
const CAR = 'remind me to move the car in 2 hours';

describe('what is new of an event', () => {
  check([
    [[LESSON, "it's at the music school now"], 'Changed "violin lesson": at the music school.'],
    [[LESSON, "it's at 4 now"], 'Thursday 19 November, 16:00 to 17:00'],
    [[LESSON, 'the violin lesson starts at 5 now'], /17:00 to 18:00/],
    [['dentist friday at 9am', 'can u move it 2 mon'], 'Monday 23 November, 09:00 to 10:00'],
    [['dentist friday at 9am', 'push it 2 hours'], '11:00 to 12:00'],
    [['dentist friday at 9am', 'move it 2 3pm'], 'Friday 20 November, 15:00 to 16:00'],
    [
      ['book a moving van for saturday 8 to 12', 'actually the van comes at 9'],
      'Saturday 21 November, 09:00 to 13:00',
    ],
    [
      ['coffee with Eva tomorrow at 3pm', 'sorry, friday', 'morning, 10'],
      'Friday 20 November, 10:00 to 11:00',
    ],
    [['coffee with Eva tomorrow at 3pm', '10am'], 'Thursday 19 November, 10:00 to 11:00'],
    [['coffee with Eva tomorrow at 3pm', 'good morning'], 'Hello'],
  ]);
});

describe('days that are added or taken off', () => {
  check([
    [[LISBON, 'extend it by a day'], 'Friday 4 December to Wednesday 9 December, all day'],
    [[LISBON, 'one day longer'], 'Friday 4 December to Wednesday 9 December, all day'],
    [[LISBON, 'shorten it by a day'], 'Friday 4 December to Monday 7 December, all day'],
    [[LESSON, 'make it an hour longer'], '15:00 to 17:00'],
  ]);
});

describe('a reminder', () => {
  check([
    [[CAR, 'make that 3 hours'], 'Wednesday 18 November at 13:00'],
    [[CAR, 'no, half an hour'], 'Wednesday 18 November at 10:30'],
    [
      ['dentist tomorrow at 3pm', 'remind me 2 hours before', 'make that 3 hours'],
      'Changed the reminder "dentist": Thursday 19 November at 12:00.',
    ],
    [['dentist tomorrow at 3pm', 'remind me 2 hours before', 'make it 4pm'], 'Moved "dentist"'],
    [["Eva's birthday is on december 12", 'remind me a week before'], 'Saturday 5 December at 09:00'],
    [
      ['flight to Lisbon dec 4 6:45-9:30', 'remind me the evening before to pack'],
      'Thursday 3 December at 18:00',
    ],
    [['dentist friday at 3pm', 'remind me the day before'], 'Thursday 19 November at 15:00'],
    [['remind me to call dad on saturday', 'in the morning please'], 'Saturday 21 November at 09:00'],
    [
      ['remind me on saturday at 10 to pick up the keys', 'and at 2pm to return the van'],
      'Reminder set: "return the van", Saturday 21 November at 14:00.',
    ],
    [
      ['remind me on saturday at 10 to pick up the keys', 'and buy milk at 5pm'],
      'Added "buy milk", due Wednesday 18 November at 17:00.',
    ],
    [['remind me every day at 9', 'not on weekends'], 'What should I remind you of?'],
  ]);
});

describe('a task', () => {
  check([
    [['pick up the ring 2pm tmrw', "ehm it's 3pm acutally"], 'due Thursday 19 November at 15:00'],
    [['buy paint by friday', 'no rush, next month is enough'], 'due Thursday 31 December'],
    [['buy paint by friday', 'nah, thursday is fine too'], 'due Thursday 19 November'],
    [['buy paint tomorrow', 'bump it down to low'], 'low priority'],
    [['buy milk', 'on friday call mum at 5'], 'Added "call mum"'],
    [['buy paint tomorrow', 'done with it', 'put it back and make it due friday'], 'due Friday 20 November'],
    [['buy paint tomorrow', 'delete it', 'put it back and make it due friday'], 'due Friday 20 November'],
  ]);
});

describe('dates and hours of something new', () => {
  check([
    [
      ['Flight to Lisbon dec 4 6:45-9:30, back on dec 8 at 5pm'],
      'Added "Flight to Lisbon", Friday 4 December, 06:45 to 09:30.',
    ],
    [['dinner dec 4 6:45-9:30'], '18:45 to 21:30'],
    [['flight dec 4 6:45-9:30 pm'], '18:45 to 21:30'],
    [['meeting tomorrow from 5 to 3'], 'the end has to come after the start'],
    [['night shift tomorrow from 10pm to 6am'], 'Thursday 19 November, 22:00 to 06:00'],
    [['dinner december 3 to 7pm'], /^When is "dinner"\?/],
    [['sync on 7.12. at 10 every week'], 'every Monday, first on Monday 7 December, 10:00 to 11:00'],
    [['dentist on 7.12. at 9', 'on 7.12. move the dentist to 10'], 'Monday 7 December, 10:00 to 11:00'],
  ]);

  test('a day of the week after is looked at as it is said', async () => {
    const me = await talk(url);
    await me.say('lunch with Bob friday nov 27 at 1pm');
    (await me.say("what's on friday?")).listsEvents([]);
    (await me.say("what's on friday next week?")).listsEvents(['2026-11-27T13:00 lunch with Bob']);
  });
});

describe('a day that does not exist', () => {
  const DENTIST = 'book the dentist for 30 february';
  check([
    [[DENTIST], /could not read "30 february".*Tell me another one/],
    [[DENTIST, '28 february at 9'], 'Changed "book the dentist": due Sunday 28 February 2027 at 09:00.'],
    [['pay rent by june 31', 'june 30'], 'due Wednesday 30 June 2027'],
    [['buy milk', '28 february at 9'], 'What is the event called?'],
  ]);
});

describe('what was dropped and is wanted after all', () => {
  const EVA = 'remind me to call Eva';
  check([
    [
      [EVA, 'never mind', 'actually do remind me, at 5'],
      'Reminder set: "call Eva", Wednesday 18 November at 17:00.',
    ],
    [[EVA, 'never mind', 'remind me after all, tomorrow at 9'], '"call Eva", Thursday 19 November at 09:00'],
    [[EVA, 'never mind', 'actually remind me to call Bob at 6'], 'Reminder set: "call Bob"'],
    [[EVA, 'never mind', 'remind me at 5 to buy milk'], 'Reminder set: "buy milk"'],
    [[EVA, 'never mind', 'buy milk', 'actually do remind me, at 5'], 'What should I remind you of?'],
    [
      ['schedule a call with Tom tomorrow', 'never mind', 'actually book it at 10'],
      'Added "call with Tom", Thursday 19 November, 10:00 to 11:00.',
    ],
  ]);
});

describe('working hours', () => {
  check([
    [['working hours 8 to 4 from monday on'], /08:00.*16:00.*from now on/],
    [['working hours 8 to 4 on mondays'], 'alone'],
  ]);

  test('that begin later are set', async () => {
    const me = await talk(url);
    const { result } = await me.say('working hours 8 to 4 from monday on');
    expect(result.execution_result).toMatchObject({
      settings: { working_hours: { start: '08:00', end: '16:00' } },
    });
  });
});
