import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talkAfter, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const begun = (...texts: string[]): Promise<Talk> => talkAfter(url, ...texts);
const WINE = 'add buy wine, fix the lamp and buy bread';

/** What is left open of the tasks, with the day it is due. */
const open = async (me: Talk): Promise<string[]> =>
  (await me.tasks())
    .filter(({ status }) => status === 'open')
    .map(({ title, due_date: due }) => (due === null ? title : `${title} ${due}`))
    .toSorted();

describe('all of them but some', () => {
  it.each([
    [
      'move them to sunday except for the wine',
      ['buy bread 2026-11-22', 'buy wine', 'fix the lamp 2026-11-22'],
    ],
    [
      'move everything to sunday, but not the lamp',
      ['buy bread 2026-11-22', 'buy wine 2026-11-22', 'fix the lamp'],
    ],
    ['mark them all done apart from the lamp', ['fix the lamp']],
    ['delete everything but the wine and the bread', ['buy bread', 'buy wine']],
    ['all but the bread are done', ['buy bread']],
  ])('%s', async (text, left) => {
    const me = await begun(WINE);
    const { result } = await me.say(text);
    if (result.status === 'clarifying') await me.say('yes');
    expect(await open(me)).toEqual(left);
  });

  it('changes nothing where what is left out is not there', async () => {
    const me = await begun(WINE);
    (await me.say('delete everything except the piano')).says(/no task "piano" to leave out/);
    expect(await open(me)).toHaveLength(3);
  });
});

describe('a task and an event at once', () => {
  const both = ['buy milk tomorrow', 'dinner with Ann tomorrow at 8'];

  it('are both deleted after one yes', async () => {
    const me = await begun(...both);
    (await me.say('delete both')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /1\. Delete.*\n2\. Cancel/,
    });
    await me.say('yes');
    expect(await me.titles()).toEqual([]);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual([]);
  });

  it('are both moved, and moved back by one undo', async () => {
    const me = await begun(...both, 'move both to friday', 'yes');
    expect(await open(me)).toEqual(['buy milk 2026-11-20']);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual(['2026-11-20T20:00 dinner with Ann']);
    await me.say('undo');
    expect(await open(me)).toEqual(['buy milk 2026-11-19']);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual(['2026-11-19T20:00 dinner with Ann']);
  });

  it('are everything of a day, but what is left out', async () => {
    const me = await begun(
      'call the bank today',
      'buy milk today',
      'dentist today at 4pm',
      'lunch today at 1pm',
    );
    await me.sayAll("i'm sick, move everything except the bank and the lunch to tomorrow", 'yes');
    expect(await open(me)).toEqual(['buy milk 2026-11-19', 'call the bank 2026-11-18']);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual([
      '2026-11-18T13:00 lunch',
      '2026-11-19T16:00 dentist',
    ]);
  });

  it('are not meant where only one kind is there', async () => {
    const me = await begun('buy milk today', 'dentist tomorrow at 4pm', 'move everything today to friday');
    expect(await open(me)).toEqual(['buy milk 2026-11-20']);
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual(['2026-11-19T16:00 dentist']);
  });

  it('what moves by an hour is the event', async () => {
    const me = await begun(
      'buy milk today',
      'dentist today at 4pm',
      'everything today one hour later please',
    );
    expect(await me.calendar('2026-11-18', '2026-12-18')).toEqual(['2026-11-18T17:00 dentist']);
  });
});

describe('by their places in a list', () => {
  it.each([
    [['the first and the last are done'], ['fix the lamp']],
    [['got the second one', 'and the last one too'], ['buy wine']],
    [['got the first one', 'and the second one'], ['buy bread']],
    [['delete the last one', 'the first one too'], ['fix the lamp']],
    [['delete the last two tasks', 'yes'], ['buy wine']],
    [
      ['move the first one to friday', 'the last one too'],
      ['buy bread 2026-11-20', 'buy wine 2026-11-20', 'fix the lamp'],
    ],
  ])('%j', async (texts, left) => {
    const me = await begun(WINE, 'show my tasks', ...texts);
    expect(await open(me)).toEqual(left);
  });

  it('the newest, where no list was shown', async () => {
    const me = await begun(WINE);
    (await me.say('delete the last two tasks')).asks({
      slot: 'target',
      kind: 'confirm',
      words: /lamp.*\n.*bread/,
    });
  });

  it('of a list of reminders', async () => {
    const me = await begun(
      'remind me to call mum at 5pm',
      'remind me to call dad at 6pm',
      'show my reminders',
    );
    (await me.say('delete the first reminder')).says(/^Deleted the reminder "call mum"/);
  });

  it('the last is the last of the list, whatever was changed since', async () => {
    const me = await begun('call ann', 'call ben', 'show my tasks', 'the first is done', 'undo');
    (await me.say('the last one is urgent')).says(/^Changed "call ben"/);
  });

  it.each(['I called them both', 'did them both'])('%s', async (text) => {
    const me = await begun('add call ann and call ben', text, 'yes');
    expect(await open(me)).toEqual([]);
  });
});

describe('why something is asked', () => {
  const GUITAR = 'guitar lesson tomorrow at 5pm';
  const events = async (me: Talk): Promise<string[]> => me.calendar('2026-11-18', '2026-12-18');

  it.each([
    'the student is ill, cancel it',
    'Lukas is ill so please cancel it',
    "ann can't make it, cancel",
    "i can't make it tomorrow, cancel the lesson",
  ])('calls off what was made last: %s', async (text) => {
    const me = await begun(GUITAR, text);
    expect(await events(me)).toEqual([]);
  });

  it.each([
    ['the student is late, move it to 5:30', '2026-11-19T17:30 guitar lesson'],
    ["I can't make it tomorrow, can we do friday?", '2026-11-20T17:00 guitar lesson'],
    ["I can't tomorrow, friday same time", '2026-11-20T17:00 guitar lesson'],
    ["she's asking for saturday instead", '2026-11-21T17:00 guitar lesson'],
  ])('moves it: %s', async (text, left) => {
    const me = await begun(GUITAR, text);
    expect(await events(me)).toEqual([left]);
  });

  it('what has the name of that is meant rather than what was made last', async () => {
    const me = await begun('dentist on thursday at 9am', GUITAR, 'the dentist is closed, move it to friday');
    expect(await events(me)).toEqual(['2026-11-19T17:00 guitar lesson', '2026-11-20T09:00 dentist']);
  });

  it('and keeps its own day where an hour alone is said', async () => {
    const me = await begun(
      'dentist on thursday at 9am',
      'guitar lesson on friday at 5pm',
      'the dentist is late, move it to 10:30',
    );
    expect(await events(me)).toEqual(['2026-11-19T10:30 dentist', '2026-11-20T17:00 guitar lesson']);
  });

  it('who is ill is no task about them', async () => {
    const me = await begun('add call Lukas', GUITAR, 'Lukas is ill, cancel it');
    expect(await events(me)).toEqual([]);
    expect(await me.titles()).toEqual(['call Lukas']);
  });

  it('a task, too', async () => {
    const me = await begun('add buy chairs', 'the shop is closed tomorrow, move it to saturday');
    expect(await open(me)).toEqual(['buy chairs 2026-11-21']);
    await me.sayAll('remove the chairs, we have some');
    expect(await open(me)).toEqual([]);
  });

  it('what is done already is done', async () => {
    const me = await begun('add water the plants', 'watered the plants already');
    expect(await open(me)).toEqual([]);
  });

  it('what is brought back is nobody who comes', async () => {
    const me = await begun('choir friday 7-9pm', 'delete choir', 'oh no, bring it back');
    expect(await events(me)).toEqual(['2026-11-20T19:00 choir']);
  });
});
