import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, startProduct } from '../support/product.ts';
import { lastTurn, line, say, undoButton, useBrowser, welcome } from './browser-scene.ts';

describe.skipIf(chromiumPath() === undefined)('Stop and Drop on the chat page', () => {
  const browser = useBrowser();

  async function open(url: string): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(url);
    await welcome(page).waitFor();
    return page;
  }
  const question = async (page: Page): Promise<void> => {
    await expect.poll(() => lastTurn(page).getAttribute('class')).toContain('phase-clarifying');
  };

  test('Drop gives up the question of the bar, not the one that was asked last', async () => {
    const { url } = await sharedProduct();
    const page = await open(url);
    await say(page, 'create a task to study');
    await question(page);
    // Words that are no answer: it is asked again, now with buttons.
    await say(page, '!!!');
    await question(page);
    await say(page, 'create a task to call');
    await question(page);
    const bar = page.getByRole('group', { name: 'Still open' });
    await bar.getByText('What do you want to study?').waitFor();

    await bar.getByRole('button', { name: 'Drop' }).click();
    await expect
      .poll(() => lastTurn(page).locator('.reply').textContent())
      .toMatch(/dropped that.*what do you want to study/i);

    // The other one is open still, and an answer finds it.
    await bar.getByText('What do you want to call?').waitFor();
    await bar.getByRole('button', { name: 'Answer' }).click();
    await page.keyboard.type('Mia');
    await page.keyboard.press('Enter');
    await expect.poll(() => lastTurn(page).locator('.card').textContent()).toContain('call Mia');
  });

  test('Stop that comes too late says so, and offers the way back right there', async () => {
    const product = await startProduct({ roles: ['gateway', 'nlu'] });
    // It ends between the commit and telling anybody: done, and still running to whoever looks.
    const doomed = await product.start('workflows', { PULSEPLAN_FAULT: 'committed=kill' });
    const page = await open(product.url);
    await say(page, 'create a task to buy milk');
    await doomed.gone;
    await page.getByRole('button', { name: 'Stop' }).click();
    const bar = page.getByRole('status').filter({ hasText: 'Too late to stop' });
    await bar.getByText('it is being finished').waitFor();

    await product.start('worker');
    await bar.getByText('is done').waitFor();
    await bar.getByRole('button', { name: 'Undo it' }).click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    expect(await bar.count()).toBe(0);
    expect(await undoButton(page).count()).toBe(1);
    await expect.poll(() => line(page).evaluate((field) => field === document.activeElement)).toBe(true);
    // A page that is open still would look for the product, and note in vain.
    await browser.context.close();
    await product.close();
    // The lease of the one that died has to run out first.
  }, 60_000);
});
