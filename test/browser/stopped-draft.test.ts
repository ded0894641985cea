import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { checkAccess, lastTurn, say, shot, useBrowser, welcome } from './browser-scene.ts';

const REQUEST = 'draft an email to professor Lang about my exam';
const LETTER = `Subject: About my exam\n\nDear Professor Lang,\n\n${'I write about my exam. '.repeat(6)}`;
/** What was read stays, and its price is said. */
const STOPPED = /^Subject: About my exam[\s\S]*Stopped there\. Nothing was kept; the 500 tokens/;

describe.skipIf(chromiumPath() === undefined)('a draft that is stopped while it is read', () => {
  const browser = useBrowser();
  let llm: FakeLlm;
  let product: Product;
  beforeAll(async () => {
    llm = await startFakeLlm({ always: answers.text({ text: LETTER }) });
    const env = { OPENAI_API_KEY: 'sk-of-the-tests', OPENAI_BASE_URL: llm.url };
    product = await startProduct({ env });
  }, 120_000);
  afterAll(() => llm?.close());

  async function open(context: BrowserContext, name: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${product.url}/?name=${name}`);
    await welcome(page).waitFor();
    return page;
  }

  test.each([
    ['light', 1360],
    ['dark', 390],
  ] as const)(
    'shows what was read and its cost, and the number follows, in %s at %i pixels',
    async (colorScheme, width) => {
      const own = await browser.scene.newContext({
        colorScheme,
        bypassCSP: true,
        viewport: { width, height: 844 },
      });
      const held = gate();
      llm.behave({
        next: [answers.text({ text: LETTER, before: (index) => (index === 12 ? held.passed : undefined) })],
      });
      const page = await open(own, `stopper-${width}`);
      const number = page.getByRole('link', { name: /tokens used$/ });
      await expect.poll(() => number.getAttribute('title')).toBe('0 of 10,000 tokens used');
      await page.getByText(/written by the language model, it takes 500 of your monthly tokens/).waitFor();
      await checkAccess(page, 'price');
      await shot(page, `price-${colorScheme}-${width}`);
      await say(page, REQUEST);
      await lastTurn(page).locator('.reply.letter').getByText('Dear Professor').waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect.poll(() => lastTurn(page).locator('.reply').textContent()).toMatch(STOPPED);
      await lastTurn(page).getByText('500 tokens', { exact: true }).waitFor();
      await expect.poll(() => number.getAttribute('title')).toBe('500 of 10,000 tokens used');
      await checkAccess(page, 'stopped');
      await shot(page, `stopped-${colorScheme}-${width}`);
      held.open();
      await own.close();
    },
  );

  test('what is asked for is called by what it is', async () => {
    const page = await open(browser.context, 'asker');
    await say(page, 'show my drafts');
    await lastTurn(page).getByText('Look at drafts', { exact: true }).waitFor();
    await say(page, 'upgrade');
    await lastTurn(page).getByRole('region', { name: 'Premium' }).waitFor();
    await shot(page, 'upgrade-asked');
  });
});
