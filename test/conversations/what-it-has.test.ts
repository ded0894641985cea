import { beforeAll, describe, expect, it } from 'vitest';
import type { Event, Task } from '../../contracts/entities.ts';
import { sharedProduct } from '../support/product.ts';
import { events } from './calendar-of.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = async (...texts: [string, ...string[]]): Promise<Talk> => {
  const me = await talk(url);
  await me.sayAll(...texts);
  return me;
};
const only = async (me: Talk): Promise<Event | undefined> => (await events(me))[0];
const YOGA = 'yoga on friday at 6pm';

describe('where an event is, said by the word for it', () => {
  it.each([
    ['add the address: Lindengasse 12', 'Lindengasse 12'],
    ['add the location: studio 4', 'studio 4'],
    ['location: the old mill', 'the old mill'],
    ['change the place to the studio', 'the studio'],
    ['set its location to studio 5 please', 'studio 5'],
    ['put Hauptplatz 3 as the address', 'Hauptplatz 3'],
    ['the address is Hauptplatz 3', 'Hauptplatz 3'],
    ['the room is 204', 'room 204'],
  ])('%s', async (text, location) => {
    const me = await begun(YOGA, text);
    expect(await only(me)).toMatchObject({ title: 'yoga', location });
    expect(await me.titles()).toEqual([]);
  });

  it.each(['the place is closed', 'change the time to 7', "what's the address?"])('not: %s', async (text) => {
    expect(await only(await begun(YOGA, text))).toMatchObject({ location: null });
  });
});

describe('notes', () => {
  const noted = async (me: Talk): Promise<Task['notes'] | undefined> => (await me.tasks())[0]?.notes;

  it.each([
    ['note for it: ask about the fees', 'ask about the fees'],
    ['add a note saying ask for Mr Huber', 'ask for Mr Huber'],
    ['add the phone number: 0664 123456', 'phone number: 0664 123456'],
    ['add the address: Lindengasse 12', 'address: Lindengasse 12'],
  ])('of a task: %s', async (text, notes) => {
    const me = await begun('add a task to call the bank', text);
    expect(await noted(me)).toBe(notes);
    expect(await me.titles()).toEqual(['call the bank']);
  });

  it('stand behind those that are there', async () => {
    const me = await begun('add a task to call the bank', 'note: the fees', 'note: the card');
    expect(await noted(me)).toMatch(/the fees\s+the card/);
  });

  it.each([
    ['add a note: bring the x-rays', 'bring the x-rays'],
    ['add the link: https://meet.example/12', 'link: https://meet.example/12'],
    ['add milk and cookies to the notes of the dentist event', 'milk and cookies'],
  ])('of an event: %s', async (text, notes) => {
    expect(await only(await begun('dentist on friday at 9', text))).toMatchObject({ notes });
  });
});

it('what has a day of its own is no note of something else', async () => {
  const me = await begun('dentist on friday at 9', 'note: check the meter on the 31st');
  expect(await only(me)).toMatchObject({ notes: null });
  expect(await me.titles()).toEqual(['check the meter']);
});

describe('who comes along', () => {
  it.each([
    ['Ben is coming too', ['Ben']],
    ['and Ben comes along', ['Ben']],
    ['Ben will join us', ['Ben']],
    ['Ben and Ann are coming too', ['Ben', 'Ann']],
    ['my sister joins us as well', ['my sister']],
  ])('%s', async (text, participants) => {
    expect(await only(await begun('lunch tomorrow at 1', text))).toMatchObject({ participants });
  });

  it.each(['Ben is coming at 5', 'Dinner is coming too', 'Summer is coming'])('not: %s', async (text) => {
    expect(await only(await begun('lunch tomorrow at 1', text))).toMatchObject({ participants: [] });
  });

  it('is invited to what was shown last', async () => {
    const me = await begun('dentist on friday at 9 with Kim', 'buy floss', 'when is the dentist?');
    await me.say('invite Ben to it');
    expect(await only(me)).toMatchObject({ participants: ['Kim', 'Ben'] });
  });

  it('is not who is asked about', async () => {
    const me = await begun('dentist on friday at 9', 'what do i have with Ann this week?', 'and with Ben?');
    expect(await only(me)).toMatchObject({ participants: [] });
  });
});

describe('"it" where something is called off', () => {
  const BOTH: [string, ...string[]] = ['dentist on friday at 9', 'haircut on thursday at 3pm'];

  it.each([
    ['what was shown since another was called off', 'cancel the haircut', 'cancel it', []],
    ['what was shown since another was made', 'buy floss', 'cancel that', ['2026-11-19T15:00 haircut']],
    ['what was shown last', 'buy floss', 'delete it', ['2026-11-19T15:00 haircut']],
  ])('%s', async (_what, before, text, left) => {
    const me = await begun(...BOTH, before, 'when is the dentist?', text);
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual(left);
  });
});

describe('days that a new series leaves out', () => {
  it('are none of its days', async () => {
    const me = await talk(url);
    (await me.say('choir every thursday 7-9pm except dec 24')).says(/but not on Thursday 24 December/);
    (await me.say('what do i have on dec 24?')).says(/nothing in your calendar/);
    expect(await me.calendar('2026-12-17', '2027-01-01')).toEqual([
      '2026-12-17T19:00 choir',
      '2026-12-31T19:00 choir',
    ]);
  });
});

describe('a day that somebody tells of', () => {
  it.each([
    ['wedding is on 12 june 2027', '2027-06-12', 'wedding'],
    ["Ben's birthday is on the 2nd of december", '2026-12-02', "Ben's birthday"],
  ])('%s: is taken whole', async (text, day, title) => {
    const me = await begun(text);
    const [event] = await events(me, day, '2027-06-20');
    expect(event).toMatchObject({ title, all_day: true });
    expect(event?.start.slice(0, 10)).toBe(day);
  });
});

describe('what is said of a title or of how urgent it is', () => {
  it.each([
    ['add a task', "it's called buy milk"],
    ['add a task', 'call it buy milk'],
  ])('%s; %s', async (first, answer) => {
    expect(await (await begun(first, answer)).titles()).toEqual(['buy milk']);
  });

  it('not that urgent is no more than usual', async () => {
    const me = await begun('add an urgent task to call the bank', "it's not that urgent");
    expect((await me.tasks())[0]).toMatchObject({ title: 'call the bank', priority: 'medium' });
  });
});

describe('a list that something is taken from', () => {
  it.each([
    'move cheese from shopping to party list',
    'move the cheese from the shopping list to the party list',
    'put the cheese on the party list instead',
  ])('%s', async (text) => {
    const me = await begun('add milk and cheese to my shopping list', 'add balloons to the party list', text);
    expect((await me.tasks()).map(({ title, list }) => `${title}: ${list}`).toSorted()).toEqual([
      'balloons: party',
      'cheese: party',
      'milk: shopping',
    ]);
  });

  it('says which of two is meant', async () => {
    const me = await begun('add milk and cheese to my shopping list', 'add cheese to the camping list');
    await me.say('move the cheese from the camping list to the party list');
    expect((await me.tasks()).map(({ title, list }) => `${title}: ${list}`).toSorted()).toEqual([
      'cheese: party',
      'cheese: shopping',
      'milk: shopping',
    ]);
  });
});

describe('a stretch of the time that was told to be free', () => {
  it.each(['block 2 hours there', 'book two hours then'])('%s', async (text) => {
    const me = await begun("what's free tomorrow afternoon?");
    (await me.say(text)).asks({ slot: 'title' });
    await me.say('thesis');
    expect(await only(me)).toMatchObject({
      title: 'thesis',
      start: '2026-11-19T12:00:00+01:00',
      end: '2026-11-19T14:00:00+01:00',
    });
  });
});

describe('what is added in place of what was deleted', () => {
  it.each([
    ['remove brushes from the art list', 'and add crayons instead', 'crayons: art'],
    ['delete the brushes', 'add crayons instead', 'crayons: art'],
    ['delete the lamp', 'add a torch instead', 'a torch: null'],
  ])('%s; %s', async (first, second, added) => {
    const me = await begun('add paint and brushes to my art list', 'add the lamp to my tasks', first, second);
    expect((await me.tasks()).map(({ title, list }) => `${title}: ${String(list)}`)).toContain(added);
  });
});

describe('an email that was written', () => {
  it.each(['read it out to me', 'show it to me again', 'can you read that back please?'])(
    '%s',
    async (text) => {
      const me = await begun('draft an email to ben@example.com about the rent being late');
      (await me.say(text)).changesNothing().says(/^"The rent being late" to ben@example\.com:\n/);
    },
  );
});

describe('what is to be where it was', () => {
  const FRIDAY: [string, ...string[]] = ['dentist on friday at 11', 'window repair on friday at 9'];

  it('goes back, though something else was moved since', async () => {
    const me = await begun(...FRIDAY, 'move the window repair to 10', 'move the dentist to 12');
    (await me.say('leave the window repair where it was')).says(/^Undone: Moved "window repair"/);
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([
      '2026-11-20T09:00 window repair',
      '2026-11-20T12:00 dentist',
    ]);
  });

  it('goes back alone out of all that moved, and there again by undo', async () => {
    const me = await begun(...FRIDAY, 'move all events on friday to saturday', 'yes');
    (await me.say('leave the window repair where it was')).says(/^Put back "window repair"/);
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([
      '2026-11-20T09:00 window repair',
      '2026-11-21T11:00 dentist',
    ]);
    await me.say('undo');
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([
      '2026-11-21T09:00 window repair',
      '2026-11-21T11:00 dentist',
    ]);
  });

  it('is not taken back by what made it', async () => {
    const me = await begun(...FRIDAY);
    (await me.say('leave the window repair where it was')).says(/no change about "window repair"/);
    expect(await me.calendar('2026-11-18', '2026-11-25')).toHaveLength(2);
  });
});

describe('a lesson that is off', () => {
  it('is called off once, without a question', async () => {
    const me = await begun('viola lesson on thursday at 4pm');
    (await me.say('the viola lesson is off, delete it')).didEvent('deleted', { title: 'viola lesson' });
  });
});

describe('days away', () => {
  const VACATION: [string, ...string[]] = ['vacation from 21 december to 3 january'];
  const WITHIN = /It is within "vacation" \(Monday 21 December to Sunday 3 January 2027\)/;

  it('are named where something is put into them', async () => {
    const me = await begun(...VACATION);
    (await me.say('lesson on 22 december at 10am')).didEvent('created').says(WITHIN);
    expect((await me.say('move the lesson to 4 january')).result.reply).not.toMatch(WITHIN);
    (await me.say('move the lesson to 28 december')).says(WITHIN);
  });

  it.each([
    [VACATION[0], 'yoga every monday at 6pm'],
    [VACATION[0], 'lesson on 8 january at 10am'],
    ["Ben's birthday is on 22 december", 'lesson on 22 december at 10am'],
  ])('%s: no word of it with %s', async (first, second) => {
    const me = await begun(first);
    expect((await me.say(second)).didEvent('created').result.reply).not.toMatch(/within/);
  });
});

describe('who is to be told of a change', () => {
  it.each([
    ['can we do it at 11 instead? also tell her', /Moved "call with Sara".*\n(?:.*\n)*Subject: The new time/],
    ['move it to 11 and let Sara know', /Moved "call with Sara".*\n(?:.*\n)*Hello Sara,/],
    ['cancel the call with Sara and tell her', /Cancelled "call with Sara".*\n(?:.*\n)*Hello Sara,/],
  ])('%s', async (text, reply) => {
    (await (await begun('call with Sara tomorrow at 10')).say(text)).says(reply);
  });

  it('is called where the call is what is to be done', async () => {
    expect(await (await begun('call Sara and tell her')).titles()).toEqual(['call Sara and tell her']);
  });
});

describe('what somebody asked to have at another time', () => {
  it.each([
    ['Sara asked if we could do 4 instead', '2026-11-20T16:00 lunch with Sara'],
    ['she asked whether we could meet at 2', '2026-11-20T14:00 lunch with Sara'],
    ['Sara is asking if we can do saturday at 2', '2026-11-21T14:00 lunch with Sara'],
    ['Sara asked if we could eat outside', '2026-11-20T13:00 lunch with Sara'],
  ])('%s', async (text, event) => {
    const me = await begun('lunch with Sara on friday at 1pm', text);
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([event]);
  });

  it('is what they take part in, whatever was spoken of since', async () => {
    const me = await begun('lunch with Sara on friday at 1pm', 'dentist on monday at 9');
    await me.say('Sara asked if we could do 4 instead');
    expect(await me.calendar('2026-11-18', '2026-11-25')).toEqual([
      '2026-11-20T16:00 lunch with Sara',
      '2026-11-23T09:00 dentist',
    ]);
  });
});
