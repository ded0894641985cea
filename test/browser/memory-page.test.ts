import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { breakableLines, checkState, lastTurn, say, useBrowser, welcome } from './browser-scene.ts';
import { usePlanner, type Person } from './planner-scene.ts';

const anything = z.unknown();

describe.skipIf(chromiumPath() === undefined)('the page of what was told', () => {
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true });
  const planner = usePlanner();

  async function open({ name }: Person, path = '/'): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${planner.product.url}${path}?name=${name}`);
    return page;
  }
  const tell = ({ rest }: Person, query: string): Promise<unknown> =>
    rest.call({ method: 'POST', path: '/agent/query', body: { query }, schema: anything });
  const said = (page: Page, words: string): Locator =>
    page.getByRole('main').getByRole('status').getByText(words);
  const isFocused = (one: Locator): Promise<boolean> =>
    eventually('it has the focus', () => one.evaluate((element) => element === document.activeElement));
  const row = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
  /** On a phone, once everything has its place there. */
  const narrow = async (page: Page): Promise<void> => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
  };

  test('has examples where nothing was told, and keeps what is told there', async () => {
    const person = await planner.person();
    const page = await open(person);
    await welcome(page).waitFor();
    await page.getByRole('link', { name: 'Memory' }).click();
    await page.getByRole('heading', { name: 'Memory', level: 1 }).waitFor();
    const examples = page.getByRole('list', { name: 'Examples' }).getByRole('button');
    await examples.first().waitFor();
    expect(await examples.count()).toBe(3);
    await checkState(page, 'memory-empty');
    await examples.first().click();
    await page.getByRole('button', { name: 'Tell' }).click();
    await row(page, 'Your dentist').getByText('Dr. Weber', { exact: true }).waitFor();
    await page.getByRole('status').getByText('I will remember: your dentist is Dr. Weber.').waitFor();
    expect(await examples.count()).toBe(0);
  });

  test('shows what is known of each, with its words, and changes and forgets it in place', async () => {
    const person = await planner.person();
    for (const told of [
      'my dentist is Dr. Weber',
      "I'm allergic to nuts",
      'Ann is vegetarian',
      'until march 2090 I work from home',
    ])
      await tell(person, told);
    const page = await open(person, '/memory');
    await row(page, 'Your dentist').waitFor();
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['You', 'Ann']);
    await row(page, 'Your work').waitFor();
    expect(await row(page, 'Your work').locator('.fact-since').textContent()).toMatch(
      /^told today, until Tue 28 Feb 2090$/,
    );
    expect(await page.getByRole('searchbox').count()).toBe(0);
    const dentist = row(page, 'Your dentist');
    expect(await dentist.getByText('my dentist is Dr. Weber').isVisible()).toBe(false);
    await dentist.getByRole('button', { name: 'Words: your dentist' }).click();
    await dentist.getByText('my dentist is Dr. Weber').waitFor();
    await checkState(page, 'memory');
    await page.emulateMedia({ colorScheme: 'dark' });
    await checkState(page, 'memory-dark');
    await narrow(page);
    await checkState(page, 'memory-small');
    await page.emulateMedia({ colorScheme: 'light' });

    // By keyboard alone: Escape leaves it as it is and does not leave the page.
    await dentist.getByRole('button', { name: 'Change: your dentist' }).press('Enter');
    await page.keyboard.type('nobody');
    await checkState(page, 'memory-edit-small');
    await page.keyboard.press('Escape');
    await dentist.getByText('Dr. Weber', { exact: true }).waitFor();
    await isFocused(dentist.getByRole('button', { name: 'Change: your dentist' }));
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
    await dentist.getByRole('alert').getByText('Type what it is.').waitFor();
    await page.keyboard.type('Dr. Kim');
    // What was typed is there again after another page, and stays where it can't be kept.
    await page.getByRole('button', { name: 'Back to the conversation' }).click();
    await page.getByRole('button', { name: 'Conversations' }).click();
    await page.getByRole('link', { name: 'Memory' }).click();
    const field = dentist.getByRole('textbox', { name: 'Your dentist' });
    await page.route('**/api/v1/memory/*', (route) => route.abort());
    await field.press('Enter');
    await dentist.getByRole('alert').getByText('The server does not answer.').waitFor();
    expect(await field.inputValue()).toBe('Dr. Kim');
    await checkState(page, 'memory-save-failed-small');
    await dentist.getByRole('button', { name: 'Cancel' }).waitFor();
    await row(page, 'Your allergy').getByRole('button', { name: 'Forget: your allergy' }).click();
    await said(page, 'Not forgotten: you are allergic to nuts. The server does not answer.').waitFor();
    // Requests that were cut off, which the browser writes down as faults.
    expect(() => browser.scene.checkFaults()).toThrow(/ERR_FAILED/);
    await page.unroute('**/api/v1/memory/*');
    await dentist.getByRole('button', { name: 'Retry' }).press('Enter');
    await said(page, 'Changed: your dentist').waitFor();
    await isFocused(dentist.getByRole('button', { name: 'Change: your dentist' }));
    await expect
      .poll(async () => (await person.rest.memory()).items.map(({ value }) => value))
      .toContain('Dr. Kim');
    await dentist.getByText('changed by hand').waitFor();

    await row(page, 'Your allergy').getByRole('button', { name: 'Forget: your allergy' }).press('Enter');
    await said(page, 'Forgot: you are allergic to nuts').waitFor();
    await expect.poll(() => row(page, 'Your allergy').count()).toBe(0);
    await isFocused(dentist.getByRole('button', { name: 'Forget: your dentist' }));
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).press('Enter');
    await row(page, 'Your allergy').waitFor();
    await isFocused(row(page, 'Your allergy').getByRole('button', { name: 'Change: your allergy' }));

    // Enter alone keeps all, and so does Escape, which does not leave the page.
    const all = page.getByRole('button', { name: 'Forget everything' });
    const question = page.getByRole('dialog', { name: 'Forget everything?' });
    for (const key of ['Enter', 'Escape']) {
      await all.press('Enter');
      await question.getByText('These are 4 things that you told.').waitFor();
      await isFocused(question.getByRole('button', { name: 'Keep it' }));
      if (key === 'Enter') await checkState(page, 'memory-forget-all-small');
      await page.keyboard.press(key);
      await question.waitFor({ state: 'hidden' });
      await isFocused(all);
    }
    await all.click();
    await question.getByRole('button', { name: 'Forget everything' }).press('Enter');
    await page.getByRole('list', { name: 'Examples' }).waitFor();
    await isFocused(page.getByRole('heading', { name: 'Memory', level: 1 }));
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Your dentist').waitFor();
  });

  test('is searched where it is long', async () => {
    const person = await planner.person();
    for (const food of 'pork beef lamb veal duck goose tuna crab squid eel tofu'.split(' '))
      await tell(person, `I don't eat ${food}`);
    const page = await open(person, '/memory');
    await page.getByRole('searchbox').fill('goo');
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await page.getByRole('searchbox').fill('nothing of that');
    await page.getByText('Nothing has these words.').waitFor();
    expect(await page.getByRole('button', { name: 'Forget everything' }).count()).toBe(0);
    await checkState(page, 'memory-searched');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Forget everything' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  test('shows no secret before it is asked to', async () => {
    const person = await planner.person();
    await tell(person, 'my wifi password is zyxquark77');
    const page = await open(person, '/memory');
    const wifi = row(page, 'Your wifi password');
    await wifi.getByRole('button', { name: 'Words: your wifi password' }).click();
    expect(await wifi.textContent()).not.toContain('zyxquark77');
    await wifi.getByRole('button', { name: 'Show: your wifi password' }).click();
    await wifi.getByText('zyxquark77', { exact: true }).waitFor();
  });

  test('keeps what is told while the line is down, tells it once, and shows what is asked back', async () => {
    const person = await planner.person();
    await tell(person, 'my dentist is Dr. Weber');
    const line = await breakableLines(browser.context);
    const page = await open(person, '/memory');
    await row(page, 'Your dentist').waitFor();
    const field = page.getByRole('textbox', { name: 'Tell PulsePlan something about you' });
    // What was not understood stays, to be said in other words.
    await field.fill('zyx quark blargh');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Tell', exact: true }).waitFor();
    await said(page, 'I did not understand that').waitFor();
    expect(await field.inputValue()).toBe('zyx quark blargh');
    line.cut();
    await page.getByText('Reconnecting. What was told last may be missing.').waitFor();
    await field.fill('my dentist is Dr. Kim');
    await field.press('Enter');
    await page.getByText('Will be told when the connection is back: “my dentist is Dr. Kim”').waitFor();
    expect(await field.inputValue()).toBe('');
    await checkState(page, 'memory-told-late');
    line.mend();
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await page.getByRole('region', { name: 'Memory' }).getByText('Is it Dr. Kim now').waitFor();
    await page.getByRole('button', { name: 'Answer' }).click();
    await lastTurn(page).getByRole('button', { name: 'Replace' }).waitFor();
    expect(await page.locator('.words').getByText('my dentist is Dr. Kim').count()).toBe(1);
  });

  test('says where it could not be read, and reads it again', async () => {
    const person = await planner.person();
    await tell(person, 'my dentist is Dr. Weber');
    const failing = '**/api/v1/{memory,settings,sessions}*';
    await browser.context.route(failing, (route) => route.fulfill({ status: 503, body: '' }));
    const page = await open(person, '/memory');
    await page.getByRole('alert').getByText('What you told could not be read.').waitFor();
    await checkState(page, 'memory-load-failed');
    await page.goto(`${planner.product.url}/settings?name=${person.name}`);
    await page.getByRole('alert').getByText('Your settings could not be read.').waitFor();
    await page.goto(`${planner.product.url}/?name=${person.name}`);
    const list = page.getByRole('navigation', { name: 'Conversations' });
    await list.getByRole('alert').getByText('Your conversations could not be read.').waitFor();
    await checkState(page, 'conversations-load-failed');
    await browser.context.unroute(failing);
    await list.getByRole('button', { name: 'Try again' }).click();
    await list.getByRole('button', { name: 'My dentist is Dr. Weber', exact: true }).waitFor();
    expect(() => browser.scene.checkFaults()).toThrow(/503/);
  });

  test('follows what is said in the conversation, whose cards lead to it', async () => {
    const person = await planner.person();
    const page = await open(person);
    await welcome(page).waitFor();
    await say(page, 'my dentist is Dr. Weber');
    await lastTurn(page).getByRole('region', { name: 'Memory: your dentist' }).waitFor();
    await say(page, 'what do you know about me?');
    await lastTurn(page).getByRole('link', { name: 'Open Memory' }).click();
    const dentist = row(page, 'Your dentist');
    await dentist.getByRole('button', { name: 'Words: your dentist' }).click();
    await dentist.getByRole('button', { name: 'Where it was said' }).click();
    await page.locator('.turn-place.reached').getByText('my dentist is Dr. Weber').first().waitFor();
    await say(page, 'my dentist is Dr. Kim');
    await lastTurn(page).getByRole('button', { name: 'Replace' }).click();
    await lastTurn(page).getByText('Your dentist is Dr. Kim now.').first().waitFor();
    // Each card says what became of it, and each line what was done.
    await page.getByText('Replaced by Dr. Kim').first().waitFor();
    await lastTurn(page).getByText('Dentist: Dr. Weber → Dr. Kim').waitFor();
    await checkState(page, 'memory-cards');
  });

  test('work days are set beside the hours', async () => {
    const person = await planner.person();
    const page = await open(person, '/settings');
    await page.getByRole('checkbox', { name: 'Friday' }).uncheck({ force: true });
    await page.getByRole('status').getByText('Kept.').waitFor();
    expect((await person.rest.settings()).work_days).toEqual(['monday', 'tuesday', 'wednesday', 'thursday']);
    await checkState(page, 'settings-days');
    await narrow(page);
    await checkState(page, 'settings-days-small');
  });
});
