import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listOf } from '../../contracts/rest.ts';
import { usageItem, usageSummary } from '../../contracts/usage.ts';
import { connect, type Db } from '../../db/connect.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { periodAt } from '../../usage/periods.ts';
import { daysIn, RestClient } from '../../web/client/index.ts';
import { dayTicks } from '../../web/usage/series.ts';
import { usageOf } from '../metering/usage-events.ts';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { tokenFor } from '../support/tokens.ts';
import { call } from '../support/wire.ts';
import {
  breakableLines,
  checkAccess,
  lastTurn,
  line,
  say,
  shot,
  useBrowser,
  welcome,
} from './browser-scene.ts';
import { ROWS_TOTAL, writeUsage } from './usage-rows.ts';

const heading = (page: Page) => page.getByRole('heading', { name: 'Usage', level: 1 });
const number = (page: Page) => page.getByRole('link', { name: /tokens used$|usage$/ }).first();
const lines = (page: Page) => page.getByRole('region', { name: 'Each use' }).getByRole('listitem');
const chart = (page: Page) => page.getByRole('img', { name: /^Tokens by day/ });

describe.skipIf(chromiumPath() === undefined)('the page on usage', () => {
  // The days of the rows below are those of this zone.
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB' });
  let product: SharedProduct;
  let db: Db;
  const now = new Date();
  const month = periodAt(now, 'UTC');
  const before = periodAt(new Date(month.startsAt.getTime() - 1), 'UTC');

  beforeAll(async () => {
    product = await sharedProduct();
    db = connect(product.database.url, { poolMax: 2, name: 'test' });
  }, 120_000);
  afterAll(() => db?.destroy());

  async function personNamed(name: string): Promise<{ id: string; token: string }> {
    const { user_id: id } = await new RestClient(product.url, null).demoLogin({ name });
    return { id, token: await tokenFor(id) };
  }
  const useTokens = (userId: string, used = ROWS_TOTAL): Promise<void> =>
    writeUsage(db, { userId, used, month, now });
  async function open(name: string, inContext: BrowserContext = browser.context): Promise<Page> {
    const page = await inContext.newPage();
    await page.goto(`${product.url}/?name=${name}`);
    await welcome(page).waitFor();
    return page;
  }
  const summaryOf = async (token: string) =>
    usageSummary.parse((await call(product.url, 'GET', '/api/v1/usage/summary', { token })).body);

  test('shows the numbers of the API as a chart, as a table and line by line', async () => {
    const { id, token } = await personNamed('reader');
    await useTokens(id);
    const page = await open('reader');
    await expect.poll(() => number(page).textContent()).toBe('3,400 of 10,000 tokens');
    await number(page).click();
    await heading(page).waitFor();
    await chart(page).locator('.recharts-bar-rectangle').first().waitFor();
    await page.getByText('6,600 tokens left').waitFor();
    // The conversation underneath is out of sight for everybody.
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await chart(page).locator('.recharts-xAxis-tick-labels text').allTextContents()).toEqual(
      dayTicks(daysIn(month.label)).map(String),
    );

    const summary = await summaryOf(token);
    const table = page.getByRole('table', { name: 'Tokens by day and operation' });
    const total = Object.values(summary.operation_breakdown).reduce((sum, one) => sum + one.tokens_used, 0);
    await expect.poll(() => table.locator('tfoot td').last().textContent()).toBe(total.toLocaleString('en'));
    expect(await table.locator('tbody tr').count()).toBe(summary.days.length);
    const perDay = await table.locator('tbody tr td:last-child').allTextContents();
    const dayTotals = summary.days.map(({ operations }) =>
      Object.values(operations).reduce((sum, tokens) => sum + tokens, 0),
    );
    expect(perDay).toEqual(dayTotals.map((tokens) => tokens.toLocaleString('en')));

    const breakdown = page.getByRole('region', { name: 'By operation' }).getByRole('listitem');
    expect(await breakdown.first().textContent()).toMatch(/^Email drafts.*2,000$/);
    const history = await call(product.url, 'GET', '/api/v1/usage/history', { token });
    const { items } = listOf(usageItem).parse(history.body);
    await expect.poll(() => lines(page).count()).toBe(items.length);
    const texts = await lines(page).allTextContents();
    expect(texts.filter((text) => text.includes('not charged'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('−500'))).toEqual([
      expect.stringContaining('Given back: you stopped it') as string,
    ]);
  });

  test('tells what was said last, and that it cost nothing', async () => {
    const page = await open('talker');
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).getByText('Added "buy milk"').waitFor();
    await number(page).click();
    const said = page.getByRole('region', { name: 'What you said last' });
    await said.getByText('1 of 1 cost nothing.').waitFor();
    expect(await said.getByRole('listitem').textContent()).toMatch(/^Today, \d\d:\d\dbuy milk tomorrow0$/);
    await shot(page, 'usage-turns-light');
    await checkAccess(page, 'turns and their costs');
    await page.close();
  });

  test('has older lines behind a button, and another month behind another', async () => {
    const { id } = await personNamed('pager');
    const at = (index: number): string => new Date(month.startsAt.getTime() + index * 1_000).toISOString();
    const many = Array.from({ length: 40 }, (_, index) =>
      usageOf({ user_id: id, period: month.period, at: at(index), tokens_used: 0 }),
    );
    const last = new Date(before.startsAt.getTime() + 3 * 86_400_000).toISOString();
    await recordUsage(db, [
      ...many,
      usageOf({
        user_id: id,
        period: before.period,
        at: last,
        tokens_used: 321,
        operation: 'advanced_search',
      }),
    ]);
    const page = await open('pager');
    await number(page).click();
    await expect.poll(() => lines(page).count()).toBe(25);
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await expect.poll(() => lines(page).count()).toBe(40);
    expect(await page.getByRole('button', { name: 'Show older ones' }).count()).toBe(0);
    // What cost nothing has no bar.
    expect(await chart(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Last month' }).click();
    await expect.poll(() => lines(page).count()).toBe(1);
    await chart(page).waitFor();
    expect(await page.locator('.usage-table tbody th').textContent()).toMatch(/ 4 /);
    expect(await lines(page).textContent()).toContain('Search answered in words');
  });

  test('is left by Escape, by its button and by the browser, with nothing lost underneath', async () => {
    const page = await open('walker');
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    await line(page).fill('half a thou');
    const address = page.url();
    const back = async (): Promise<void> => {
      await heading(page).waitFor({ state: 'detached' });
      expect(page.url()).toBe(address);
      expect(await line(page).inputValue()).toBe('half a thou');
      expect(await page.getByRole('article').count()).toBe(1);
    };
    await number(page).focus();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => heading(page).evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(new URL(page.url()).pathname).toBe('/usage');
    await page.keyboard.press('Escape');
    await back();
    // The focus is where it was.
    await expect
      .poll(() => number(page).evaluate((element) => element === document.activeElement))
      .toBe(true);
    await number(page).click();
    await page.getByRole('button', { name: 'Back to the conversation' }).click();
    await back();
    await number(page).click();
    await heading(page).waitFor();
    await page.goBack();
    await back();
    await page.goForward();
    await heading(page).waitFor();
    await page.reload();
    await heading(page).waitFor();
    await page.keyboard.press('Escape');
    await lastTurn(page).locator('.card').waitFor();
    expect(await line(page).inputValue()).toBe('half a thou');
  });

  test('opens from its own address, and the digits typed there answer no question', async () => {
    const page = await open('digits');
    await say(page, 'create a task to study');
    await page.locator('.phase-clarifying .reply').waitFor();
    await number(page).click();
    await heading(page).waitFor();
    await page.keyboard.press('1');
    await page.goto(`${product.url}/usage`);
    await heading(page).waitFor();
    await page.getByRole('heading', { name: 'Everyday requests cost nothing' }).waitFor();
    await page.getByText('words for you take 500 of your monthly tokens each').waitFor();
    await page.keyboard.press('Escape');
    await welcome(page).waitFor();
    await expect.poll(() => line(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goBack();
    await page.goBack();
    await page.locator('.phase-clarifying .reply').waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
  });

  test('says so when it can’t be read, keeps what it has, and reads again', async () => {
    const { id } = await personNamed('trouble');
    await useTokens(id);
    const own = await browser.scene.newContext({ timezoneId: 'UTC' });
    const wire = await breakableLines(own);
    const page = await open('trouble', own);
    await number(page).waitFor();
    await own.route('**/api/v1/usage/**', (route) => route.abort());
    await number(page).click();
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    await shot(page, 'usage-failed');
    await own.unroute('**/api/v1/usage/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await chart(page).waitFor();
    wire.cut();
    await page.getByRole('main', { name: 'Usage' }).getByText('Reconnecting').waitFor();
    await shot(page, 'usage-offline');
    wire.mend();
    await own.close();
    expect(() => browser.scene.checkFaults()).toThrow('ERR_FAILED');
  });

  test('knows no limit on premium, and says what is paid', async () => {
    const { user_id: id } = await new RestClient(product.url, null).demoLogin({
      name: 'rich',
      tier: 'premium',
    });
    await useTokens(id, 23_400);
    const page = await open('rich');
    await expect.poll(() => number(page).textContent()).toBe('Premium');
    await number(page).click();
    await page.getByText('No limit').waitFor();
    await page.getByText('Premium · granted').waitFor();
    await chart(page).waitFor();
    expect(await page.getByRole('meter').count()).toBe(0);
    await shot(page, 'usage-premium');
  });

  test('is read anew each time it is opened', async () => {
    const { id } = await personNamed('live');
    const page = await open('live');
    await expect.poll(() => number(page).textContent()).toBe('0 of 10,000 tokens');
    await number(page).click();
    await page.getByRole('heading', { name: 'Everyday requests cost nothing' }).waitFor();
    await useTokens(id, 5_000);
    await db('usage_quotas').where({ user_id: id }).update({ tokens_used_this_month: 5_000 });
    await page.keyboard.press('Escape');
    await number(page).click();
    await page.getByText('5,000 tokens left').waitFor();
    await chart(page).waitFor();
  });

  test.each([
    ['light', 1360],
    ['dark', 1360],
    ['light', 390],
    ['dark', 390],
  ] as const)('can be read in %s at %i pixels, with data and without', async (colorScheme, width) => {
    const look = `${colorScheme}-${width}`;
    const { id } = await personNamed(`full-${look}`);
    await useTokens(id);
    const own = await browser.scene.newContext({
      colorScheme,
      bypassCSP: true,
      timezoneId: 'UTC',
      viewport: { width, height: 844 },
    });
    const check = async (page: Page, state: string): Promise<void> => {
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ state, overflow }).toEqual({ state, overflow: 0 });
      await checkAccess(page, state);
      await shot(page, `usage-${state}-${look}`);
    };
    const page = await open(`full-${look}`, own);
    await number(page).waitFor();
    await check(page, 'number');
    await number(page).click();
    await chart(page).locator('.recharts-bar-rectangle').first().waitFor();
    await check(page, 'full');
    await page.getByRole('button', { name: 'Show as a table' }).click();
    await page.getByRole('region', { name: 'Table of tokens by day' }).scrollIntoViewIfNeeded();
    await check(page, 'table');
    await lines(page).last().scrollIntoViewIfNeeded();
    await check(page, 'lines');
    const empty = await open(`empty-${look}`, own);
    await number(empty).click();
    await empty.getByRole('heading', { name: 'Everyday requests cost nothing' }).waitFor();
    await check(empty, 'empty');
    await own.close();
  });
});
