import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import {
  breakableLines,
  checkAccess,
  lastTurn,
  line,
  say,
  shot,
  undoButton,
  useBrowser,
  welcome,
} from './browser-scene.ts';

/** The dialogue that ends in a task: asked for what is missing, answered in words. */
async function addStudyTask(page: Page): Promise<void> {
  await say(page, 'create a task to study');
  await page.locator('.phase-clarifying .reply').waitFor();
  await say(page, 'for my physics exam next week');
  await lastTurn(page).locator('.card').waitFor();
  await undoButton(page).waitFor();
}

describe.skipIf(chromiumPath() === undefined)('the chat page', () => {
  const browser = useBrowser();
  let product: SharedProduct;
  let visitor = 0;

  beforeAll(async () => {
    product = await sharedProduct();
  }, 120_000);
  beforeEach(async () => {
    visitor += 1;
  });

  async function open(inContext: BrowserContext = browser.context): Promise<Page> {
    const page = await inContext.newPage();
    await page.goto(`${product.url}/?name=visitor-${visitor}`);
    await welcome(page).waitFor();
    return page;
  }

  test('asks for what is missing, shows what it understood, and can take it back', async () => {
    const page = await open();
    await addStudyTask(page);
    const turn = lastTurn(page);
    await expect.poll(() => turn.getByRole('list', { name: 'Understood' }).textContent()).toMatch(/due/);
    const chip = turn.getByRole('button', { name: /from the words “next week”/ });
    await chip.focus();
    await expect.poll(() => turn.locator('.words mark').textContent()).toBe('next week');
    const today = page.getByRole('complementary', { name: 'Today' });
    await expect.poll(() => today.getByRole('checkbox').count()).toBe(1);
    await shot(page, 'task');

    await undoButton(page).first().click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await expect.poll(() => today.getByRole('checkbox').count()).toBe(0);
    await shot(page, 'undone');
  });

  test('a second tab of the same conversation shows the same, as it happens', async () => {
    const page = await open();
    await say(page, 'create a task to study');
    await page.locator('.phase-clarifying .reply').waitFor();
    const second = await browser.context.newPage();
    await second.goto(page.url());
    await second.locator('.phase-clarifying .reply').waitFor();
    await say(page, 'for my physics exam next week');
    await undoButton(second).waitFor();
    const replies = (tab: Page): Promise<string[]> => tab.locator('.reply').allTextContents();
    await expect.poll(() => replies(second)).toEqual(await replies(page));
  });

  test('a reload goes on where the conversation was, with what was being typed', async () => {
    const page = await open();
    await addStudyTask(page);
    const before = await page.locator('.reply').allTextContents();
    await line(page).fill('half a thou');
    await page.reload();
    await undoButton(page).waitFor();
    expect(await page.locator('.reply').allTextContents()).toEqual(before);
    expect(await line(page).inputValue()).toBe('half a thou');
    // It stands at its end, where it was.
    await expect.poll(() => page.getByRole('button', { name: 'Latest' }).count()).toBe(0);
  });

  test('what is written while the line is down is sent once it is back', async () => {
    const lines = await breakableLines(browser.context);
    const page = await open();
    await addStudyTask(page);
    lines.cut();
    await page.getByText('Reconnecting').waitFor();
    await say(page, 'hello');
    await page.getByText('Will be sent when the connection is back').waitFor();
    lines.mend();
    await expect.poll(() => lastTurn(page).locator('.reply').count(), { timeout: 20_000 }).toBe(1);
    expect(await page.getByText('Reconnecting').count()).toBe(0);
    expect(await page.getByRole('article').count()).toBe(3);
  });

  test('a line that was never up says so too, and keeps what is written', async () => {
    const lines = await breakableLines(browser.context);
    lines.cut();
    const page = await open();
    await page.getByText('Connecting. What you write is kept.').waitFor();
    await say(page, 'hello');
    await page.getByText('Will be sent when the connection is back').waitFor();
    lines.mend();
    await expect.poll(() => lastTurn(page).locator('.reply').count(), { timeout: 20_000 }).toBe(1);
    expect(await page.getByText('Connecting').count()).toBe(0);
  });

  test('a task is ticked, renamed and brought back in the panel', async () => {
    const page = await open();
    await addStudyTask(page);
    const today = page.getByRole('complementary', { name: 'Today' });
    await today.getByTitle('Rename').click();
    await today.getByRole('textbox', { name: /^New title/ }).fill('Read chapter three');
    await page.keyboard.press('Enter');
    await today.getByRole('checkbox', { name: 'Done: Read chapter three' }).click();
    await expect.poll(() => today.getByRole('heading', { name: /^Done/ }).count()).toBe(1);
    await today.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => today.getByRole('heading', { name: /^Done/ }).count()).toBe(0);
    await expect.poll(() => lastTurn(page).locator('.card').textContent()).toContain('Read chapter three');
  });

  test('everything can be done with the keyboard alone', async () => {
    const page = await open();
    const focused = (): Promise<string> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    // The line has the focus at once; `/` offers sentences, and Enter takes one, then sends it.
    await expect.poll(focused).toBe('Message');
    await page.keyboard.type('/');
    await page.getByRole('listbox', { name: 'Examples' }).waitFor();
    await page.keyboard.press('Enter');
    const filled = await line(page).inputValue();
    expect(filled).not.toBe('/');
    await page.keyboard.press('Enter');
    await undoButton(page).waitFor();
    // Up brings the sentence back, and the way to Undo needs no pointer.
    await page.keyboard.press('ArrowUp');
    expect(await line(page).inputValue()).toBe(filled);
    await line(page).fill('');
    for (let step = 0; step < 40 && !(await focused()).startsWith('Undo: '); step++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Taken back', { exact: true }).waitFor();
  });

  test.each(['light', 'dark'] as const)('has no serious accessibility faults in %s', async (colorScheme) => {
    const own = await browser.scene.newContext({ colorScheme, bypassCSP: true });
    const page = await open(own);
    const check = async (state: string): Promise<void> => {
      await checkAccess(page, state);
      await shot(page, `${colorScheme}-${state}`);
    };
    await check('welcome');
    await addStudyTask(page);
    await line(page).fill('/');
    // The glow of a changed task passes through colours on its way.
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState === 'finished'),
    );
    await check('task');
    await own.close();
  });

  test('fits a phone: the list is a drawer, today a sheet, nothing is wider than the screen', async () => {
    const phone = await browser.scene.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const page = await open(phone);
    await addStudyTask(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Show today' }).click();
    await page.getByRole('dialog', { name: 'Today' }).getByRole('checkbox').waitFor();
    await shot(page, 'phone-today');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Conversations' }).click();
    await page
      .getByRole('dialog', { name: 'Conversations' })
      .getByRole('button', { name: 'New conversation' })
      .click();
    await welcome(page).waitFor();
    await phone.close();
  });
});
