import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { checkAccess, lastTurn, say, shot, useBrowser, welcome } from './browser-scene.ts';

const REQUEST = 'draft an email to professor Lang about my exam';
const LETTER = `Subject: About my exam\n\nDear Professor Lang,\n\n${'I write about my exam. '.repeat(6)}`;
const STOPPED = 'Subject: About my exam\n\nDear Professor Lang,\n\nYou stopped it; what you read is charged.';

const frame = z.looseObject({
  type: z.literal('turn.cancelled'),
  result: z.looseObject({ usage: z.looseObject({}) }),
});
/** What is sent, where a turn ends as cancelled with what was read of it and what that cost. */
function withCharge(message: string): string {
  const [, head = '', body = ''] = /^(\d+)(\[.*)$/s.exec(message) ?? [];
  if (!body.includes('"turn.cancelled"')) return message;
  const sent = z.array(z.unknown()).parse(JSON.parse(body));
  return head + JSON.stringify(sent.map(charged));
}
function charged(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(charged);
  const ended = frame.safeParse(part);
  if (!ended.success) return part;
  const { result } = ended.data;
  const usage = { ...result.usage, tokens_used: 500 };
  return { ...ended.data, result: { ...result, reply: STOPPED, usage } };
}

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
      await own.routeWebSocket(/\/socket\.io\//, (socket) => {
        const server = socket.connectToServer();
        server.onMessage((message) =>
          socket.send(typeof message === 'string' ? withCharge(message) : message),
        );
      });
      const held = gate();
      llm.behave({
        next: [answers.text({ text: LETTER, before: (index) => (index === 12 ? held.passed : undefined) })],
      });
      const page = await open(own, `stopper-${width}`);
      const number = page.getByRole('link', { name: /tokens used$/ });
      await expect.poll(() => number.getAttribute('title')).toBe('0 of 10,000 tokens used');
      await page.getByText('It words a letter, for 500 of your monthly tokens').waitFor();
      await checkAccess(page, 'price');
      await shot(page, `price-${colorScheme}-${width}`);
      await say(page, REQUEST);
      await lastTurn(page).locator('.reply.letter').getByText('Dear Professor').waitFor();
      // The charge is booked after the first look at the number.
      let looks = 0;
      await own.route('**/api/v1/users/usage', async (route) => {
        const response = await route.fetch();
        const status = z.looseObject({}).parse(await response.json());
        looks += 1;
        await route.fulfill({ response, json: { ...status, tokens_used: looks > 1 ? 500 : 0 } });
      });
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await expect.poll(() => lastTurn(page).locator('.reply').textContent()).toBe(STOPPED);
      await lastTurn(page).getByText('500 tokens', { exact: true }).waitFor();
      await expect.poll(() => number.getAttribute('title')).toBe('500 of 10,000 tokens used');
      await checkAccess(page, 'stopped');
      await shot(page, `stopped-${colorScheme}-${width}`);
      held.open();
      await own.unrouteAll({ behavior: 'wait' });
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
