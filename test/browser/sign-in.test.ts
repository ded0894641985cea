import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { startOidcProvider, type TestProvider } from '../support/oidc-provider.ts';
import { sharedProduct, startProduct, type Product } from '../support/product.ts';
import { BrowserScene, breakableLines, checkAccess, lastTurn, line, say, shot } from './browser-scene.ts';

const welcome = (page: Page) => page.getByRole('heading', { name: 'What’s on your mind?' });
/** Of a token that is renewed while one looks. */
const SHORT_SECONDS = 4;
const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in', exact: true });

describe.skipIf(chromiumPath() === undefined)('the door of the page', () => {
  let scene: BrowserScene;
  let context: BrowserContext;

  beforeAll(async () => {
    scene = await BrowserScene.open();
  }, 120_000);
  afterAll(() => scene?.close());
  afterEach(() => context.close());

  describe('of a gateway without any sign-in', () => {
    test('says so and what helps, and asks no more than once', async () => {
      const product = await startProduct({
        roles: ['gateway'],
        env: { NODE_ENV: 'production', PULSEPLAN_DEMO: '' },
      });
      context = await scene.newContext();
      const page = await context.newPage();
      let calls = 0;
      page.on('requestfinished', (request) => void (calls += request.url().includes('/api/') ? 1 : 0));
      let sockets = 0;
      page.on('websocket', () => void (sockets += 1));
      // An address of a conversation, which is what set the page going in circles.
      await page.goto(`${product.url}/#0197c0de-0000-7000-8000-000000000000`);
      await page.getByRole('heading', { name: 'Signing in is not set up here' }).waitFor();
      await page.getByText('OIDC_ISSUER').waitFor();
      await page.getByText('PULSEPLAN_DEMO=1').waitFor();
      await shot(page, 'door-not-set-up');
      // Asking again is a press of a button; it is answered, and nothing else was asked meanwhile.
      await page.getByRole('button', { name: 'Look again' }).click();
      await expect.poll(() => calls).toBe(2);
      expect(sockets).toBe(0);
      await product.close();
      scene.checkFaults();
    });
  });

  describe('of a demo that ends while somebody is in', () => {
    test('goes back to the door instead of in circles', async () => {
      const product = await sharedProduct();
      context = await scene.newContext();
      const page = await context.newPage();
      let logins = 0;
      await page.route('**/api/v1/auth/demo', async (route) => {
        logins += 1;
        await route.fulfill({
          status: 404,
          json: { error: 'There is no demo login here.', error_code: 'not_found', retryable: false },
        });
      });
      await page.goto(`${product.url}/#0197c0de-0000-7000-8000-000000000000`);
      await page.getByText('The demo has ended on this server.').waitFor();
      expect(logins).toBe(1);
      // The browser itself notes each 404.
      expect(() => scene.checkFaults()).toThrow('404');
    });
  });

  describe('that nobody answers at', () => {
    test('tries again by itself, and opens when somebody does', async () => {
      const product = await sharedProduct();
      context = await scene.newContext();
      const page = await context.newPage();
      let isDown = true;
      await page.route('**/api/v1/auth/config', (route) => (isDown ? route.abort() : route.continue()));
      await page.goto(product.url);
      await page.getByRole('heading', { name: 'PulsePlan does not answer' }).waitFor();
      await shot(page, 'door-unreachable');
      isDown = false;
      await welcome(page).waitFor();
      expect(() => scene.checkFaults()).toThrow('ERR_FAILED');
    });
  });

  describe('with an OpenID provider', () => {
    let provider: TestProvider;
    let product: Product;
    beforeAll(async () => {
      provider = await startOidcProvider({ pageUrl: () => product.url });
      product = await startProduct({
        env: { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: provider.clientId },
      });
    }, 120_000);
    afterAll(async () => {
      await product.close();
      await provider.close();
    });
    afterEach(async () => {
      await context.close();
      // Its forms are plain pages with no icon.
      scene.checkFaults(provider.issuer);
    });

    /** Somebody comes whom the provider does not know yet; each test has people of its own. */
    async function start(idTokenSeconds: number): Promise<void> {
      provider.tokensLast(idTokenSeconds);
      context = await scene.newContext({ bypassCSP: true });
      // The provider's forms want fonts from elsewhere.
      await context.route(/^https:/, (route) => route.fulfill({ body: '' }));
    }
    /** The provider takes its word back. */
    const refuseTokens = (page: Page): Promise<unknown> =>
      page.route(`${provider.issuer}/token`, (route) =>
        route.fulfill({
          status: 400,
          json: { error: 'invalid_grant' },
          headers: { 'access-control-allow-origin': '*' },
        }),
      );
    /** The provider's own form. */
    async function signInThere(page: Page, name: string): Promise<void> {
      await page.getByPlaceholder('Enter any login').fill(name);
      await page.getByPlaceholder('and password').fill('any');
      await page.getByRole('button', { name: 'Sign-in' }).click();
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    const openDoor = async (): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(product.url);
      await signInButton(page).waitFor();
      return page;
    };

    test('signs people in there, knows them again, and out again', async () => {
      await start(600);
      const page = await openDoor();
      await checkAccess(page, 'door');
      await shot(page, 'door-sign-in');
      await page.emulateMedia({ colorScheme: 'dark' });
      await checkAccess(page, 'door in the dark');
      await shot(page, 'door-sign-in-dark');
      await signInButton(page).click();
      await signInThere(page, 'mia');
      await welcome(page).waitFor();
      expect(new URL(page.url()).search).toBe('');
      await page.getByRole('button', { name: /mia Weber/ }).waitFor();
      await say(page, 'create a task to buy milk');
      await lastTurn(page).locator('.card').waitFor();

      // A reload needs no provider; another tab asks it, and nobody has to type anything.
      await page.reload();
      await lastTurn(page).locator('.card').waitFor();
      const second = await context.newPage();
      await second.goto(page.url());
      await lastTurn(second).locator('.card').waitFor();
      await second.close();
      // Whoever comes for another place of the page is brought there.
      const third = await context.newPage();
      await third.goto(`${product.url}/usage`);
      await third.getByRole('heading', { name: 'Usage', level: 1 }).waitFor();
      await third.close();

      await page.getByRole('button', { name: /mia Weber/ }).click();
      await checkAccess(page, 'person menu');
      await shot(page, 'door-person-menu');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Yes, sign me out' }).click();
      await signInButton(page).waitFor();

      // Somebody else there is somebody else here; the first one still has her task.
      await signInButton(page).click();
      await signInThere(page, 'ben');
      await welcome(page).waitFor();
      await page.getByText('Nothing is open.').waitFor();
      const again = await scene.newContext();
      await again.route(/^https:/, (route) => route.fulfill({ body: '' }));
      const back = await again.newPage();
      await back.goto(product.url);
      await signInButton(back).click();
      await signInThere(back, 'mia');
      await back.getByRole('complementary', { name: 'Today' }).getByText('buy milk').waitFor();
      await again.close();
    }, 90_000);

    test('renews tokens in band, and asks the person when there are no more', async () => {
      await start(SHORT_SECONDS);
      const page = await openDoor();
      let sockets = 0;
      page.on('websocket', () => void (sockets += 1));
      await signInButton(page).click();
      const before = provider.renewals();
      await signInThere(page, 'nora');
      await welcome(page).waitFor();
      // Longer than any one token lives, and all of it on one connection.
      await expect.poll(() => provider.renewals() - before, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
      await say(page, 'create a task to buy milk');
      await lastTurn(page).locator('.card').waitFor();
      expect(sockets).toBe(1);

      // What was being written is kept.
      await refuseTokens(page);
      await line(page).fill('half a thou');
      await page.getByText('Your sign-in has ended. Sign in again to go on.').waitFor({ timeout: 30_000 });
      await shot(page, 'door-ended');
      await page.unroute(`${provider.issuer}/token`);
      await signInButton(page).click();
      await expect.poll(() => line(page).inputValue(), { timeout: 15_000 }).toBe('half a thou');
      await lastTurn(page).locator('.card').waitFor();
      expect(() => scene.checkFaults()).toThrow('400');
    }, 90_000);

    test('sends what was said in vain, once the same person is back', async () => {
      await start(SHORT_SECONDS);
      const lines = await breakableLines(context);
      const page = await openDoor();
      await signInButton(page).click();
      await signInThere(page, 'otto');
      await say(page, 'buy milk tomorrow');
      await lastTurn(page).locator('.card').waitFor();
      await refuseTokens(page);
      await context.setOffline(true);
      lines.cut();
      await page.getByText('Reconnecting').waitFor();
      await say(page, 'buy bread tomorrow');
      await page.getByText('Will be sent when the connection is back').waitFor();
      // The line comes back when the last token is worth nothing any more, with the slack of clocks.
      const expired = (): Promise<boolean> =>
        page.evaluate(() =>
          Object.values(window.sessionStorage).some((kept: unknown) => {
            const exp = /"exp":(\d+)/.exec(String(kept))?.[1];
            return exp !== undefined && Date.now() / 1000 > Number(exp) + 6;
          }),
        );
      await expect.poll(expired, { timeout: 30_000 }).toBe(true);
      lines.mend();
      // The browser says so, and nobody waits for the next try.
      await context.setOffline(false);
      await page.getByText('Your sign-in has ended. Sign in again to go on.').waitFor({ timeout: 60_000 });
      await page.unroute(`${provider.issuer}/token`);
      await signInButton(page).click();
      await page
        .getByRole('complementary', { name: 'Today' })
        .getByText('buy bread')
        .waitFor({ timeout: 20_000 });
      expect(() => scene.checkFaults()).toThrow('400');
    }, 120_000);

    test('that somebody turns away from is no dead end', async () => {
      await start(600);
      const page = await openDoor();
      await signInButton(page).click();
      await page.getByRole('link', { name: /Cancel/ }).click();
      await page.getByText('Signing in was cancelled.').waitFor();
      await signInButton(page).waitFor();
    });
  });
});
