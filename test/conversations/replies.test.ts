import { beforeAll, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

it.each([
  [
    'add meditate daily at 7am',
    /every day at 07:00, first due Thursday 19 November at 07:00/,
    '2026-11-19T07:00:00+01:00',
  ],
  ['add gym every monday', /every Monday, first due Monday 23 November/, '2026-11-23'],
  ['add pay rent every month on the 1st', /every month on day 1, first due Tuesday 1 December/, '2026-12-01'],
])('"%s" says how it repeats and when first', async (text, words, due_date) => {
  const me = await talk(url);
  (await me.say(text)).did('created', { due_date }).says(words);
});

it('a date that there is not is told and not kept', async () => {
  const me = await talk(url);
  (await me.say('add pay rent february 30'))
    .did('created', { title: 'pay rent' })
    .says(/could not read "february 30"/);
  (await me.say('move pay rent to february 30')).changesNothing().says(/could not read "to february 30"/);
});

it.each([
  'ich muss morgen Milch kaufen',
  'acheter du lait demain',
  'Termin mit Anna am Freitag um 3',
  'quiero comprar leche mañana',
  'купить молоко завтра',
  '明天买牛奶',
])('"%s" is told kindly that only English is understood', async (text) => {
  const me = await talk(url);
  (await me.say(text)).changesNothing().says(/English only/);
});

it('"done" means what was spoken of, or asks which of the list', async () => {
  const me = await talk(url);
  await me.say('add milk');
  (await me.say('done')).did('completed', { title: 'milk' });
  await me.sayAll('add bread', 'add soap', 'show my tasks');
  (await me.say('done'))
    .changesNothing()
    .asks({ slot: 'target', kind: 'choice', choices: [/bread/, /soap/] });
});

it('a number after a list is a place in it', async () => {
  const me = await talk(url);
  await me.sayAll('add bread', 'add soap', 'show my tasks');
  (await me.say('delete 2')).did('deleted', { title: 'soap' });
});

it('a second request is done as well, and told', async () => {
  const me = await talk(url);
  const first = await me.say('clean the kitchen today and water the plants tomorrow');
  first.did('created', { title: 'clean the kitchen', due_date: '2026-11-18' });
  first.says(/water the plants/);
  expect((await me.titles()).toSorted()).toEqual(['clean the kitchen', 'water the plants']);
});

it('"overdue" is a range without a beginning', async () => {
  const me = await talk(url);
  await me.say('add tax due yesterday');
  const heard = (await me.say('what is overdue?')).lists(['tax']);
  expect(heard.result.entities).toMatchObject({ date_range: { end: '2026-11-18' } });
  expect(heard.result.entities.date_range).not.toHaveProperty('start');
});
