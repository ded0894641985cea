import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { seedDemoUsers } from '../../db/seeds/demo-users.ts';
import { chromiumPath } from '../support/chromium.ts';
import { startProduct, type Product } from '../support/product.ts';
import { lastTurn, line, say, today, useBrowser, welcome } from './browser-scene.ts';

const person = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });

describe.skipIf(chromiumPath() === undefined)('the people of the demo', () => {
  const browser = useBrowser();
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
    await seedDemoUsers(product.database.url);
  }, 120_000);
  const open = async (): Promise<Page> => {
    const page = await browser.context.newPage();
    await page.goto(product.url);
    await welcome(page).waitFor();
    return page;
  };

  test('are one press away on the first visit, are remembered, and give the guest back', async () => {
    const page = await open();
    await today(page).getByText('Nothing is open.').waitFor();
    await say(page, 'buy milk');
    await lastTurn(page).locator('.card').waitFor();
    await page.getByRole('button', { name: 'New conversation' }).click();
    await line(page).fill('for my eyes only');
    await page.getByRole('main').getByRole('button', { name: 'Anna' }).click();
    await today(page).getByText('pick up the parcel').waitFor();
    // Neither the guest's task, nor the conversation, nor the half-written words are hers.
    expect(await today(page).getByText('buy milk').count()).toBe(0);
    expect(await line(page).inputValue()).toBe('');
    expect(await page.getByRole('main').getByRole('button', { name: 'Max' }).count()).toBe(0);

    const another = await browser.context.newPage();
    await another.goto(product.url);
    await today(another).getByText('pick up the parcel').waitFor();
    await another.close();

    await person(page, 'Anna').click();
    const menu = page.getByRole('group', { name: 'Who you are' });
    expect(await menu.getByRole('button', { name: /^Anna/ }).getAttribute('aria-current')).toBe('true');
    await menu.getByRole('button', { name: /^Guest/ }).click();
    await today(page).getByText('buy milk').waitFor();
  });

  test('are reached and left with the keyboard alone', async () => {
    const page = await open();
    const button = person(page, 'Guest');
    await button.focus();
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Enter');
    const menu = page.getByRole('group', { name: 'Who you are' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await menu.waitFor();
    // The choices come next on the way back up, the nearest first.
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await person(page, 'Max').waitFor();
    await page.getByText('Premium', { exact: true }).waitFor();
    await today(page).getByText('pick up the parcel').waitFor();
  });
});
