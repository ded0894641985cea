import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { checkAccess, lastTurn, line, say, shot, today, useBrowser, welcome } from './browser-scene.ts';

const THREE =
  'call the plumber on monday and buy bread tomorrow at 9 and send the invoice to Acme by wednesday';

describe.skipIf(chromiumPath() === undefined)('what was understood', () => {
  const browser = useBrowser({ bypassCSP: true });
  let product: SharedProduct;
  let page: Page;
  let visitor = 0;

  beforeAll(async () => {
    product = await sharedProduct();
  }, 120_000);
  beforeEach(async () => {
    page = await open(await browser.context.newPage());
  });

  async function open(on: Page): Promise<Page> {
    visitor += 1;
    await on.goto(`${product.url}/?name=readings-${visitor}`);
    await welcome(on).waitFor();
    return on;
  }
  const other = (name: RegExp) => page.getByRole('button', { name });
  const rowOf = (title: string) => today(page).locator('[data-row]', { hasText: title });
  const turns = async (count: number): Promise<void> => {
    await expect.poll(() => page.getByRole('article').count()).toBe(count);
  };
  async function settled(): Promise<void> {
    await lastTurn(page).locator('.reply').waitFor();
    await page.waitForFunction(
      () => !document.querySelector('.phase-sending, .phase-queued, .phase-running'),
    );
  }

  test('of several acts is told apart, and a second reading corrects the act it stands beside', async () => {
    await say(page, THREE);
    await settled();
    const rows = lastTurn(page).locator('.act');
    expect(await rows.count()).toBe(3);
    expect(await rows.nth(1).textContent()).toBe(
      'New tasktitle buy breaddue tomorrow, 09:00or tomorrow, 21:00?',
    );
    await lastTurn(page).getByRole('list', { name: 'buy bread' }).waitFor();
    await other(/^due tomorrow, 09:00 of “buy bread”, from the words “tomorrow at 9”$/).waitFor();

    await other(/^or tomorrow, 21:00\? For “buy bread”$/).click();
    await lastTurn(page)
      .getByText(/^change "buy bread" to \w+ \d+ \w+( \d+)? at 21:00$/)
      .waitFor();
    await rowOf('buy bread').getByText('tomorrow, 21:00').waitFor();
    expect(await rowOf('send the invoice').textContent()).not.toContain('21:00');
    // What was put right is not offered once more.
    await expect.poll(() => other(/^or tomorrow/).count()).toBe(0);
    await checkAccess(page, 'one of several put right');
  });

  test('can still be put right after other words, by name', async () => {
    await say(page, 'buy bread tomorrow at 9');
    await settled();
    await say(page, 'water the plants');
    await rowOf('water the plants').waitFor();
    await settled();
    await other(/^or tomorrow, 21:00\?$/).click();
    await rowOf('buy bread').getByText('tomorrow, 21:00').waitFor();
    await turns(3);
    await expect.poll(() => lastTurn(page).textContent()).toContain('change "buy bread" to');
  });

  test('is put right by name beside an open question, which stays', async () => {
    await say(page, 'buy bread tomorrow at 9 and create a task to study');
    await settled();
    await other(/^or tomorrow, 21:00\? For “buy bread”$/).click();
    await rowOf('buy bread').getByText('tomorrow, 21:00').waitFor();
    await expect.poll(() => page.locator('.dock').textContent()).toContain('What do you want to study?');
    await checkAccess(page, 'beside a question');
  });

  test('of two tasks of one name is offered for the last alone', async () => {
    await say(page, 'buy bread tomorrow at 9 and buy bread in 3 days at 9');
    await settled();
    await expect.poll(() => rowOf('buy bread').count()).toBe(2);
    const offers = lastTurn(page).locator('.chip-other');
    await expect.poll(() => offers.allTextContents()).toHaveLength(1);
    expect(await offers.textContent()).toMatch(/21:00\?$/);
    await offers.click();
    await rowOf('buy bread')
      .getByText(/^(?!tomorrow).*21:00$/)
      .waitFor();
    await rowOf('buy bread').getByText('tomorrow, 09:00').waitFor();
  });

  test('of a task that repeats is another rule', async () => {
    await say(page, 'water the plants every 2nd tuesday and buy bread tomorrow');
    await settled();
    await other(/^or every 2 weeks on Tuesday\? For “water the plants”$/).click();
    await rowOf('water the plants').getByText('every 2 weeks on Tuesday').waitFor();
  });

  test('of a list asks for it once more', async () => {
    await say(page, 'show tasks due on 3/4');
    await settled();
    await lastTurn(page).locator('.chip-other').click();
    await turns(2);
    await settled();
    expect(await lastTurn(page).locator('.words').textContent()).toMatch(
      /^show tasks due on \w+day \d+ \w+ \d{4}$/,
    );
    expect(await lastTurn(page).locator('.act-label').textContent()).toBe('Show tasks');
  });

  test('beside an answer is added to the question, which shows that it was taken', async () => {
    await say(page, 'create a task to study');
    await settled();
    await say(page, 'on friday at 5');
    await turns(2);
    await settled();
    await lastTurn(page).getByText('Added to the question').waitFor();
    await lastTurn(page)
      .getByText(/^Noted: due (Fri|tomorrow).*, 17:00$/)
      .waitFor();
    expect(await lastTurn(page).textContent()).not.toContain('the last one');
    await checkAccess(page, 'added to the question');
    // The other hour is for the question as well.
    await lastTurn(page).locator('.chip-other').click();
    await turns(3);
    await settled();
    await lastTurn(page)
      .getByText(/^Noted: due (Fri|tomorrow).*, 05:00$/)
      .waitFor();
    await say(page, 'physics');
    await rowOf('study physics')
      .getByText(/05:00$/)
      .waitFor();
  });

  test('of a repetition says its times and its end', async () => {
    await say(page, 'take the pills twice a day until march');
    await settled();
    const rule = /every day at 09:00 and 18:00 until 2[89] February \d{4}/;
    await lastTurn(page).locator('.chip', { hasText: rule }).waitFor();
    await expect.poll(() => lastTurn(page).locator('.reply').textContent()).toMatch(rule);
    await rowOf('take the pills').getByText(rule).waitFor();
    // An event is not kept yet, but it is understood.
    await say(page, 'standup meeting every day at 9am until march');
    await turns(2);
    await settled();
    await lastTurn(page)
      .locator('.chip', { hasText: /until 2[89] February/ })
      .waitFor();
    expect(await lastTurn(page).locator('.chip', { hasText: /^ends/ }).count()).toBe(0);
  });

  test.each([
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ] as const)('fits and reads well: %s', async (name, options) => {
    const own = await browser.scene.newContext({ ...options, bypassCSP: true });
    page = await open(await own.newPage());
    const check = async (state: string): Promise<void> => {
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState === 'finished'),
      );
      await checkAccess(page, `${name} ${state}`);
      await shot(page, `${name}-${state}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    };
    await say(page, THREE);
    await settled();
    // The words stand above their chips, where a phone may have scrolled past them.
    await lastTurn(page).locator('.said').scrollIntoViewIfNeeded();
    await check('several-acts');
    await say(page, 'create a task to study');
    await turns(2);
    await settled();
    await say(page, 'on friday at 5');
    await turns(3);
    await settled();
    await check('added-to-question');
    await say(page, 'take the pills twice a day until march');
    await turns(4);
    await settled();
    await check('repeats');
    await line(page).focus();
    await own.close();
  });
});
