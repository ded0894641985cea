import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

const FROM = '2026-11-18';
const TO = '2026-11-25';

/** What stands in the calendar after all of it was said on Wednesday 18 November 2026 at 10:00. */
async function calendarAfter(...said: readonly [string, ...string[]]): Promise<string[]> {
  const me = await talk(url);
  await me.sayAll(...said);
  return me.calendar(FROM, TO);
}

describe('an hour that is asked for', () => {
  it.each<[first: string, answer: string, event: string]>([
    ['dinner with Ann on friday', 'at 7', '2026-11-20T19:00 dinner with Ann'],
    ['add a dentist on friday', '11 in the morning', '2026-11-20T11:00 dentist'],
    ['add a viewing on saturday', 'back to the viewing, at 11', '2026-11-21T11:00 viewing'],
  ])('%s: %s', async (first, answer, event) => {
    expect(await calendarAfter(first, answer)).toEqual([event]);
  });

  it('is offered in the evening for what people do then', async () => {
    const me = await talk(url);
    const { question } = await me.say('dinner with Ann on friday');
    expect(question.choices.map(({ label }) => label)).toEqual(['18:00', '19:00', '20:00', 'All day']);
  });

  it('may be answered after something else was said, with its question named', async () => {
    expect(
      await calendarAfter(
        'schedule a viewing for saturday',
        'remind me to call the bank tomorrow at 10',
        'ok back to the viewing, at 11',
      ),
    ).toEqual(['2026-11-21T11:00 viewing']);
  });

  it('is dropped with what it was for', async () => {
    const me = await talk(url);
    await me.sayAll('dinner with Ann on friday', "what's on saturday?");
    (await me.say('forget the dinner')).changesNothing().says(/dropped that question/);
    expect(me.open).toEqual([]);
  });
});

describe('a day that was shown', () => {
  it('is the day of what is added at an hour', async () => {
    expect(await calendarAfter("what's on saturday?", 'add brunch at 11')).toEqual([
      '2026-11-21T11:00 brunch',
    ]);
  });

  it('is not that of what names its own', async () => {
    expect(await calendarAfter("what's on saturday?", 'add brunch on sunday at 11')).toEqual([
      '2026-11-22T11:00 brunch',
    ]);
  });
});

describe('times that were offered', () => {
  const FIND = 'find an hour for painting tomorrow';

  it.each<[said: readonly [string, ...string[]], event: string]>([
    [['the earliest'], '2026-11-19T09:00 painting'],
    [['the second one'], '2026-11-19T11:00 painting'],
    [['the second one', 'actually the first'], '2026-11-19T09:00 painting'],
    [['the first one', 'no, the last one instead'], '2026-11-19T13:00 painting'],
  ])('%s', async (said, event) => {
    expect(await calendarAfter(FIND, ...said)).toEqual([event]);
  });

  it('are looked for between two hours, whatever it is for', async () => {
    const me = await talk(url);
    await me.say('add a workshop on thursday from 1pm to 4pm');
    (await me.say('find me a free hour on thursday between 1pm and 5pm for a code review')).says(
      /16:00 to 17:00/,
    );
  });

  it('are not taken by who skips what overlaps', async () => {
    const me = await talk(url);
    await me.sayAll('gym tomorrow at 6pm', 'dinner tomorrow at 6pm');
    (await me.say('skip it')).changesNothing();
    expect(await me.calendar(FROM, TO)).toEqual(['2026-11-19T18:00 gym']);
  });
});

describe('the one with somebody', () => {
  it('is the one that is shown, and what "it" is then', async () => {
    expect(
      await calendarAfter(
        'coffee with Ann tomorrow at 9am',
        'coffee with Ben friday at 9am',
        'when is the one with Ann?',
        'move it to 11am',
      ),
    ).toEqual(['2026-11-19T11:00 coffee with Ann', '2026-11-20T09:00 coffee with Ben']);
  });

  it('is in the evening where people do it then', async () => {
    expect(
      await calendarAfter('choir on thursday at 7 and football on tuesday at 6:30, both weekly'),
    ).toEqual(['2026-11-19T19:00 choir', '2026-11-24T18:30 football']);
  });
});

describe('what holds for the whole of it', () => {
  it('a day before the order', async () => {
    expect(await calendarAfter('gym tomorrow at 7pm', 'tomorrow move the gym to 8')).toEqual([
      '2026-11-19T20:00 gym',
    ]);
  });

  it('hours of all working days, and none of a single one', async () => {
    const me = await talk(url);
    (await me.say('i work monday to friday from 8 to 4')).says(/08:00 to 16:00/);
    (await me.say('my working hours on fridays are 8 to 12'))
      .changesNothing()
      .says(/same working hours for every day/);
    (await me.say('what are my working hours?')).says(/08:00 to 16:00/);
  });

  it('the draft that was written last is shown whole', async () => {
    const me = await talk(url);
    await me.say('draft an email to ann@example.com about the rent');
    (await me.say('show me the draft')).says(/Subject: The rent[^]*Kind regards/);
  });
});
