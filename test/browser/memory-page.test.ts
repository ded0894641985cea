import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, lastTurn, say, useBrowser, welcome } from './browser-scene.ts';
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
      /^since today until Tue 28 Feb 2090$/,
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
    await page.keyboard.press('Escape');
    await dentist.getByText('Dr. Weber', { exact: true }).waitFor();
    await dentist.getByRole('button', { name: 'Change: your dentist' }).press('Enter');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Dr. Kim');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('Changed: your dentist').waitFor();
    await expect
      .poll(async () => (await person.rest.memory()).items.map(({ value }) => value))
      .toContain('Dr. Kim');
    await dentist.getByText('changed by hand').waitFor();

    await row(page, 'Your allergy').getByRole('button', { name: 'Forget: your allergy' }).click();
    await page.getByRole('status').getByText('Deleted: your allergy').waitFor();
    await expect.poll(() => row(page, 'Your allergy').count()).toBe(0);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await row(page, 'Your allergy').waitFor();

    await page.getByRole('button', { name: 'Forget everything' }).click();
    await page.getByText('These are 4 things.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Forget everything' }).click();
    await page.getByRole('button', { name: 'Forget everything' }).click();
    await page.getByRole('list', { name: 'Examples' }).waitFor();
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
    await checkState(page, 'memory-searched');
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
