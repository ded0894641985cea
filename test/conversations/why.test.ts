import { beforeAll, describe, expect, it } from 'vitest';
import { sharedProduct } from '../support/product.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

describe('"why" is answered from receipts', () => {
  it('with what was changed, when, and the words that asked for it', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to go to the gym by monday', 'move the gym to friday');
    const told = await me.say('why did you move the gym?');
    told.says(/^Changed "go to the gym": due Friday 20 November/).says(/due Monday 23 November → Friday 20/);
    told.says(/you wrote "move the gym to friday", .+ at \d\d:\d\d\./).says(/I read "friday" as .*Friday/i);
    told.changesNothing();
    expect(told.result.usage.tokens_used).toBe(0);
    expect(told.result.action).toBe('help');
  });

  it.each([
    ['why friday?', /"go to the gym"/],
    ['why is the gym on friday?', /"go to the gym"/],
    ['how come the gym is due friday', /"go to the gym"/],
    ['why was milk deleted', /^Deleted "buy milk": you wrote "delete the milk task"/],
    ['why did you do that?', /^Deleted "buy milk"/],
    ['why?', /^Deleted "buy milk"/],
  ])('%s', async (words, reply) => {
    const me = await talk(url);
    await me.sayAll('create a task to go to the gym by friday', 'create a task to buy milk');
    await me.say('delete the milk task');
    (await me.say(words)).says(reply).changesNothing();
  });

  it('with the words that asked for it first, after it was put back or a question was answered', async () => {
    const me = await talk(url);
    await me.sayAll('lunch with Ann on friday at 12', 'move lunch to 13', 'undo', 'put it back');
    (await me.say('why did you move lunch?')).says(/^Moved "lunch with Ann".+you wrote "move lunch to 13"/);
    await me.sayAll('yoga every monday at 7', 'move yoga to 8', 'all');
    (await me.say('why did you move yoga?')).says(/you wrote "move yoga to 8 … all"/);
  });

  it('says that nothing was deleted where it is still there', async () => {
    const me = await talk(url);
    await me.sayAll('dentist on tuesday at 10', 'move the dentist to 11');
    (await me.say('why did you delete the dentist?')).says(/^I did not delete "dentist"\. Moved "dentist"/);
    await me.say('cancel the dentist');
    (await me.say('why did you cancel the dentist?')).says(/^Cancelled "dentist"/);
  });

  it('says what was changed without words, and what was taken back', async () => {
    const me = await talk(url);
    const task = (await me.say('create a task to buy milk')).task;
    await me.client.rest.patchTask(task.id, task.version, { priority: 'urgent' });
    (await me.say('why is the milk task urgent')).says(/you changed it yourself, without words/);
    await me.sayAll('delete the milk task', 'undo');
    (await me.say('why did you delete milk')).says(/taken back since/);
  });

  it('says so when nothing of the kind was done', async () => {
    const me = await talk(url);
    (await me.say('why?')).says(/Nothing has been changed yet/);
    (await me.say('why did you move the piano')).says(/did not understand|no change/i);
    (await me.say('why is the sky blue?')).says(/did not understand/);
  });

  it('says what a time was taken for, and nothing that says no more than the words', async () => {
    const me = await talk(url);
    await me.say('choir every friday at 19:00');
    const choir = (await me.say('why friday?')).says('as Friday 20 November at 19:00 (the first time).');
    expect(choir.result.reply).not.toMatch(/as as said/);
    await me.say('add a meeting tomorrow at 10');
    (await me.say('why 10?')).says('I read "tomorrow at 10" as Thursday 19 November at 10:00 (tomorrow');
  });

  it('lists what was changed', async () => {
    const me = await talk(url);
    await me.sayAll('create a task to buy milk', 'create a task to call Bob', 'complete the Bob task');
    (await me.say('what did you change today?')).says(
      /^3 changes, the latest first:\n1\. Completed "call Bob"\n2\. Added "call Bob"\n3\. Added "buy milk"$/,
    );
    (await me.say('what did you just do?')).says(/^1 change, the latest first:\n1\. Completed "call Bob"$/);
  });
});
