import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { checkAccess, lastTurn, line, say, shot, useBrowser, welcome } from './browser-scene.ts';

describe.skipIf(chromiumPath() === undefined)('the rows of tasks', () => {
  const browser = useBrowser({ bypassCSP: true });
  let product: SharedProduct;
  let page: Page;
  let visitor = 0;

  beforeAll(async () => {
    product = await sharedProduct();
  }, 120_000);
  beforeEach(async () => {
    visitor += 1;
    page = await browser.context.newPage();
    await page.goto(`${product.url}/?name=rows-${visitor}`);
    await welcome(page).waitFor();
  });

  const today = () => page.getByRole('complementary', { name: 'Today' });
  const dateOf = (title: string) =>
    today().getByRole('button', { name: new RegExp(`date (?:of|to) ${title}`) });
  const focused = (): Promise<string> =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  async function add(...titles: string[]): Promise<void> {
    for (const title of titles) {
      await say(page, `add ${title}`);
      await today().getByText(title, { exact: true }).waitFor();
    }
  }

  test('take a typed date once it is whole, and Escape leaves it as it was', async () => {
    await add('water the plants');
    let patches = 0;
    page.on('request', (request) => void (patches += request.method() === 'PATCH' ? 1 : 0));
    await dateOf('water the plants').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('12312031');
    await page.keyboard.press('Enter');
    await today().getByText('Wed 31 Dec 2031').waitFor();
    expect(patches).toBe(1);
    // The focus is where the field was, to go on with.
    await expect.poll(focused).toMatch(/^Wed 31 Dec 2031, due date/);

    await page.keyboard.press('Enter');
    await page.keyboard.type('0101');
    await page.keyboard.press('Escape');
    await today().getByText('Wed 31 Dec 2031').waitFor();
    // A year that nobody means is not kept, not even by going elsewhere.
    await dateOf('water the plants').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('0101202');
    await line(page).focus();
    await today().getByText('Wed 31 Dec 2031').waitFor();
    expect(patches).toBe(1);
    // Elsewhere keeps a whole one.
    await dateOf('water the plants').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('01022032');
    await line(page).focus();
    await today().getByText('Fri 2 Jan 2032').waitFor();
    expect(patches).toBe(2);
  });

  test('are one stop of the Tab key, and the arrows go through them', async () => {
    await add('milk', 'bread', 'soap');
    const titles = await today().getByTitle('Rename').allTextContents();
    const tick = today().getByRole('checkbox').first();
    await tick.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe(`Done: ${titles[1]}`);
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe(titles[1]);
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe(titles[2]);
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe(`Add a date to ${titles[2]}`);
    await checkAccess(page, 'rows');
    await shot(page, 'rows-by-keyboard');
    // One press leaves the list, and one comes back to where it was left.
    await page.keyboard.press('Tab');
    expect(await today().evaluate((panel) => panel.contains(document.activeElement))).toBe(false);
    await page.keyboard.press('Shift+Tab');
    await expect.poll(focused).toBe(`Add a date to ${titles[2]}`);
    // A tick leaves the focus in its place.
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await today().getByRole('heading', { name: /^Done/ }).waitFor();
    await expect.poll(focused).toBe(`Done: ${titles[1]}`);
  });

  test('show a very long title in part, and all of it when asked', async () => {
    const title = Array.from({ length: 60 }, (_, n) => `very long title${n}`).join(' ');
    await say(page, `add a task: ${title}`);
    const row = today().locator('[data-row]');
    await row.getByRole('button', { name: 'Show all' }).waitFor();
    const height = async (): Promise<number> => (await row.boundingBox())?.height ?? 0;
    const short = await height();
    expect(short).toBeLessThan(140);
    await shot(page, 'long-title');
    const left = async (part: string): Promise<number> =>
      (await lastTurn(page).locator(part).first().boundingBox())?.x ?? -1;
    expect(await left('.chips .chip')).toBeGreaterThanOrEqual(await left('.said'));
    await row.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(height).toBeGreaterThan(short * 2);
    await row.getByRole('button', { name: 'Show less' }).click();
    await expect.poll(height).toBe(short);
  });

  test('leave no way back on screen that was gone already', async () => {
    await say(page, 'buy stamps tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    await today().getByRole('checkbox', { name: 'Done: buy stamps' }).click();
    await today().getByText('Done: buy stamps').waitFor();
    // The creation is not taken back from under the tick without a question.
    await lastTurn(page)
      .getByRole('button', { name: /^Undo: Created/ })
      .click();
    await page.locator('.reply', { hasText: 'has changed since' }).waitFor();
    await lastTurn(page).getByRole('button', { name: 'No, leave it' }).click();
    await today().getByRole('button', { name: 'Undo' }).waitFor();
    await say(page, 'undo');
    await page.locator('.reply', { hasText: '“buy stamps” is open again.' }).waitFor();
    await expect.poll(() => today().getByRole('button', { name: 'Undo' }).count()).toBe(0);
    await shot(page, 'tick-taken-back');
  });
});
