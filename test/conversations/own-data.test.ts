import { beforeAll, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

it('an account is not erased by words, which say where it is done', async () => {
  const me = await talk(url);
  await me.say('add buy milk tomorrow');
  (await me.say('erase all my data')).changesNothing().says(/Settings \(\/settings\).*"Erase account"/);
  (await me.say('export my data')).changesNothing().says(/"Export"/);
  expect((await me.say('show my tasks')).result.reply).toMatch(/milk/);
});
