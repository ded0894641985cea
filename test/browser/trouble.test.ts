import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { startProduct, type Product } from '../support/product.ts';
import { BrowserScene, breakableLines, checkState, lastTurn, say } from './browser-scene.ts';

describe.skipIf(chromiumPath() === undefined)('trouble on the page', () => {
  let product: Product;
  let scene: BrowserScene;

  beforeAll(async () => {
    // Whoever says two things in a minute says too much.
    product = await startProduct({
      env: { RATE_TURNS_PER_MINUTE: '1', RATE_BURST: '1', RATE_ADDRESS_FACTOR: '1000' },
    });
    scene = await BrowserScene.open();
  }, 120_000);
  afterAll(() => scene?.close());
  afterEach(() => scene.checkFaults());

  test.each([
    ['light', 1360],
    ['dark', 1360],
    ['light', 390],
    ['dark', 390],
  ] as const)('is told and can be read in %s at %i pixels', async (colorScheme, width) => {
    const look = `${colorScheme}-${width}`;
    const context = await scene.newContext({
      colorScheme,
      bypassCSP: true,
      viewport: { width, height: 844 },
    });
    const lines = await breakableLines(context);
    const page = await context.newPage();
    const check = (state: string): Promise<void> => checkState(page, `${look}-${state}`);
    await page.goto(`${product.url}/?name=trouble-${look}`);
    await page.getByRole('heading', { name: 'What’s on your mind?' }).waitFor();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    await say(page, 'buy bread tomorrow');
    await lastTurn(page).getByRole('button', { name: 'Try again' }).waitFor();
    await check('failed');
    lines.cut();
    await page.getByText('Reconnecting').waitFor();
    await say(page, 'buy soap tomorrow');
    await page.getByText('Will be sent when the connection is back').waitFor();
    await check('reconnecting');
    await openPersonMenu(page);
    await check('person-menu');
    await context.close();
  });
});

async function openPersonMenu(page: Page): Promise<void> {
  const drawer = page.getByRole('button', { name: 'Conversations', exact: true });
  if ((await drawer.count()) > 0) await drawer.click();
  await page.getByRole('button', { name: /^Trouble-/ }).click();
  await page.getByRole('group', { name: 'Who you are' }).waitFor();
}
