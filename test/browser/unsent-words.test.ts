import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { breakableLines, lastTurn, line, say, shot, today, useBrowser, welcome } from './browser-scene.ts';

describe.skipIf(chromiumPath() === undefined)('what a person wrote', () => {
  const browser = useBrowser();
  let product: SharedProduct;

  beforeAll(async () => {
    product = await sharedProduct();
  }, 120_000);

  const unsent = (page: Page) => page.getByText('Will be sent when the connection is back');
  async function open(name: string): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${product.url}/?name=unsent-${name}`);
    return page;
  }

  test('is sent when its tab was closed before the line came back, and once', async () => {
    const lines = await breakableLines(browser.context);
    const page = await open('closer');
    await welcome(page).waitFor();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    lines.cut();
    await page.getByText('Reconnecting').waitFor();
    await shot(page, 'reconnecting');
    await say(page, 'buy bread tomorrow');
    await unsent(page).waitFor();
    await page.close();
    lines.mend();

    // Without the address of the conversation: it is the one that has something to send.
    const [back, second] = [await open('closer'), await open('closer')];
    for (const tab of [back, second]) {
      await today(tab).getByText('buy bread').waitFor();
      await today(tab).getByText('buy milk').waitFor();
    }
    await expect.poll(() => lastTurn(back).locator('.reply').count()).toBe(1);
    expect(await back.getByRole('article').count()).toBe(2);
    expect(await today(back).getByRole('checkbox').count()).toBe(2);
    await expect.poll(() => back.evaluate(() => JSON.stringify(window.localStorage))).not.toContain('bread');
  });

  test('in a conversation that never began is sent, and by nobody else', async () => {
    const lines = await breakableLines(browser.context);
    lines.cut();
    const page = await open('first');
    await welcome(page).waitFor();
    await say(page, 'buy milk tomorrow');
    await unsent(page).waitFor();
    await page.close();
    lines.mend();

    const other = await open('other');
    await welcome(other).waitFor();
    await today(other).getByText('Nothing is open.').waitFor();
    expect(await other.getByRole('article').count()).toBe(0);
    const back = await open('first');
    await lastTurn(back).locator('.card').waitFor();
    await today(back).getByText('buy milk').waitFor();
    await today(other).getByText('Nothing is open.').waitFor();
  });

  test('is sent while another conversation is on screen', async () => {
    const lines = await breakableLines(browser.context);
    const page = await open('walker');
    await welcome(page).waitFor();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    lines.cut();
    await page.getByText('Reconnecting').waitFor();
    await say(page, 'buy bread tomorrow');
    await unsent(page).waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await welcome(page).waitFor();
    lines.mend();
    await expect.poll(() => today(page).getByText('buy bread').count(), { timeout: 20_000 }).toBe(1);
    expect(await page.getByRole('article').count()).toBe(0);
  });

  test('half stays in its own conversation', async () => {
    const page = await open('drafter');
    await welcome(page).waitFor();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    await line(page).fill('half of the first');
    await page.getByRole('button', { name: 'New conversation' }).click();
    await welcome(page).waitFor();
    expect(await line(page).inputValue()).toBe('');
    await line(page).fill('half of a new one');
    await page.getByRole('button', { name: 'Buy milk', exact: true }).click();
    await expect.poll(() => line(page).inputValue()).toBe('half of the first');
    await page.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => line(page).inputValue()).toBe('half of a new one');
    await page.reload();
    await welcome(page).waitFor();
    await expect.poll(() => line(page).inputValue()).toBe('half of a new one');
    await line(page).press('Enter');
    await lastTurn(page).locator('.reply').waitFor();
    expect(await line(page).inputValue()).toBe('');
  });

  test('is in sight, however far up the reader was', async () => {
    const page = await open('reader');
    await welcome(page).waitFor();
    for (let n = 0; n < 6; n++) {
      await say(page, `buy thing ${n} tomorrow`);
      await lastTurn(page).locator('.card').waitFor();
    }
    await page.getByRole('region', { name: 'Conversation' }).evaluate((view) => (view.scrollTop = 0));
    await page.getByRole('button', { name: 'Latest' }).waitFor();
    await say(page, 'buy the last thing tomorrow');
    await expect
      .poll(() => page.getByText('buy the last thing tomorrow', { exact: true }).isVisible())
      .toBe(true);
    await expect.poll(() => page.getByRole('button', { name: 'Latest' }).count()).toBe(0);
  });
});
