import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { chromiumPath } from '../support/chromium.ts';
import { startProduct, type Product } from '../support/product.ts';
import { startPushService, type PushService } from '../support/push-service.ts';
import { checkState, useBrowser } from './browser-scene.ts';

const toggle = (page: Page) => page.getByRole('switch', { name: 'Notices in this browser' });
const isOn = (page: Page) => toggle(page).getAttribute('aria-checked');

describe.skipIf(chromiumPath() === undefined)('the switch for notices while the page is closed', () => {
  const browser = useBrowser({ bypassCSP: true });
  let service: PushService;
  let product: Product;
  let db: Db;
  beforeAll(async () => {
    service = await startPushService();
    product = await startProduct({ env: { PUSH_HOSTS: service.host } });
    db = connect(product.database.url, { poolMax: 1, name: 'test' });
  }, 120_000);
  afterAll(async () => {
    await db?.destroy();
    await service?.close();
  });

  async function open(name: string, context: BrowserContext = browser.context): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${product.url}/settings?name=${name}`);
    await toggle(page).waitFor();
    await expect.poll(() => toggle(page).isEnabled()).toBe(true);
    return page;
  }
  const subscribed = async (): Promise<number> => (await db('push_subscriptions').select('id')).length;

  test('asks only when it is pressed, and says what to do where the browser says no', async () => {
    await browser.context.addInitScript(() => {
      const ask = Notification.requestPermission.bind(Notification);
      Notification.requestPermission = () => {
        document.documentElement.dataset['asked'] = 'yes';
        return ask();
      };
    });
    const page = await open('asked');
    const asked = () => page.evaluate(() => document.documentElement.dataset['asked'] ?? 'no');
    expect(await asked()).toBe('no');
    // Nobody is there to say yes to a browser without a window.
    await toggle(page).click();
    await page.getByText('This browser was told to show no notices from this page.').first().waitFor();
    expect(await asked()).toBe('yes');
    expect([await isOn(page), await toggle(page).isDisabled()]).toEqual(['false', true]);
    await checkState(page, 'push-denied');
  });

  test('says so where the browser can not, or its push service does not answer', async () => {
    const without = await browser.scene.newContext({ bypassCSP: true });
    await without.addInitScript(() => Reflect.deleteProperty(window, 'PushManager'));
    const page = await without.newPage();
    await page.goto(`${product.url}/settings?name=without`);
    await page.getByText('This browser can’t show them').first().waitFor();
    await checkState(page, 'push-unsupported');
    await without.close();

    await browser.context.grantPermissions(['notifications']);
    const silent = await open('silent');
    await toggle(silent).click();
    await silent.getByRole('alert').getByText('The push service of this browser did not answer.').waitFor();
    expect(await isOn(silent)).toBe('false');
    expect(await subscribed()).toBe(0);
    // The browser says as well why it can't.
    expect(() => browser.scene.checkFaults()).toThrow(/Push API/);
  });

  test('subscribes this browser, and takes that back with the switch and when somebody else comes', async () => {
    await browser.context.grantPermissions(['notifications']);
    const given = service.browser().subscription;
    // A browser under test has no push service: what stands for it gives the subscription of one.
    await browser.context.addInitScript((subscription) => {
      const KEY = 'subscribed';
      const one = {
        endpoint: subscription.endpoint,
        toJSON: () => subscription,
        unsubscribe: () => Promise.resolve(localStorage.removeItem(KEY)),
      };
      Object.assign(PushManager.prototype, {
        subscribe: () => (localStorage.setItem(KEY, '1'), Promise.resolve(one)),
        getSubscription: () => Promise.resolve(localStorage.getItem(KEY) === null ? null : one),
      });
    }, given);
    const page = await open('listener');
    await toggle(page).click();
    await expect.poll(() => isOn(page)).toBe('true');
    expect(await subscribed()).toBe(1);
    await page.reload();
    await expect.poll(() => isOn(page)).toBe('true');
    await checkState(page, 'push-on');
    await toggle(page).click();
    await expect.poll(() => isOn(page)).toBe('false');
    expect(await subscribed()).toBe(0);

    await toggle(page).click();
    await expect.poll(subscribed).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^L?\s*Listener/ }).click();
    await page.getByRole('button', { name: /New guest/ }).click();
    await expect.poll(subscribed).toBe(0);
    await page.getByText('You are a guest').waitFor();
  });
});
