import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Db } from '../../db/connect.ts';
import { periodAt } from '../../usage/periods.ts';
import { RestClient } from '../../web/client/index.ts';
import { chromiumPath } from '../support/chromium.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { checkState, lastTurn, say, shot, undoButton, useBrowser, welcome } from './browser-scene.ts';

/** Of a free month. */
const TOKENS = 1_000;
const REQUEST = 'draft an email to professor Lang about my exam';
const LETTER = [
  'Dear Professor Lang,',
  '',
  'I am writing about my <b>exam</b> & the date of it.',
  '',
  ...Array.from({ length: 14 }, (_, index) => `Line ${index + 1} of a long letter.`),
  '',
  'Kind regards',
  '[Your name]',
].join('\n');

const email = (page: Page) => lastTurn(page).getByRole('region', { name: /^Email draft: / });
const upgrade = (page: Page) => page.getByRole('region', { name: 'Tokens needed' }).last();

const LOOKS = [
  ['light', 1360],
  ['dark', 1360],
  ['light', 390],
  ['dark', 390],
] as const;
type Look = (typeof LOOKS)[number];

describe.skipIf(chromiumPath() === undefined)('the cards of drafts and of tokens', () => {
  const browser = useBrowser();
  let llm: FakeLlm;
  let product: Product;
  let db: Db;

  beforeAll(async () => {
    llm = await startFakeLlm({ always: answers.text({ text: `Subject: About my exam\n\n${LETTER}` }) });
    const env = { OPENAI_API_KEY: 'sk-of-the-tests', OPENAI_BASE_URL: llm.url };
    product = await startProduct({ env: { ...env, FREE_TOKENS_PER_MONTH: String(TOKENS) } });
    db = connect(product.database.url, { poolMax: 1, name: 'test' });
  }, 180_000);
  afterAll(async () => {
    await db?.destroy();
    await llm?.close();
  });

  let visitor = 0;
  async function open(inContext: BrowserContext = browser.context): Promise<Page> {
    visitor += 1;
    return await openAs(`writer-${visitor}`, inContext);
  }
  /** Somebody who has used all tokens of the month. */
  async function openSpent(inContext: BrowserContext = browser.context): Promise<Page> {
    visitor += 1;
    const name = `spender-${visitor}`;
    const { user_id: userId } = await new RestClient(product.url, null).demoLogin({ name });
    const { period, startsAt } = periodAt(new Date(), 'UTC');
    await db('usage_quotas').insert({
      user_id: userId,
      period,
      monthly_token_limit: TOKENS,
      tokens_used_this_month: TOKENS,
      last_reset_at: startsAt,
      subscription_tier: 'free',
      updated_at: new Date(),
    });
    return await openAs(name, inContext);
  }
  async function openAs(name: string, inContext: BrowserContext): Promise<Page> {
    const page = await inContext.newPage();
    await page.goto(`${product.url}/?name=${name}`);
    await welcome(page).waitFor();
    return page;
  }
  const looking = ([colorScheme, width]: Look): Promise<BrowserContext> =>
    browser.scene.newContext({ colorScheme, bypassCSP: true, viewport: { width, height: 844 } });

  test('a draft is shown as what it is, folded where it is long, and says what it cost', async () => {
    const page = await open();
    await say(page, REQUEST);
    await email(page).waitFor();
    const card = email(page);
    expect(await card.getByRole('list', { name: 'Recipients' }).textContent()).toMatch(/Lang/);
    expect(await card.getByRole('heading').textContent()).toBe('About my exam');
    await card.getByText('Written by the language model').waitFor();
    // Markup in a letter is its text, and its lines stay lines.
    expect(await card.locator('.email-body').textContent()).toBe(LETTER);
    expect(await card.locator('b').count()).toBe(0);
    // The letter stands in its card alone.
    expect(await lastTurn(page).locator('.reply').textContent()).not.toContain('Dear Professor Lang');
    await lastTurn(page).getByText('500 tokens', { exact: true }).waitFor();
    const fold = card.getByRole('button', { name: 'Show all' });
    const height = async (): Promise<number> => (await card.boundingBox())?.height ?? 0;
    const folded = await height();
    await fold.click();
    await expect.poll(height).toBeGreaterThan(folded);

    await browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await card.getByRole('button', { name: 'Copy text' }).click();
    await card.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LETTER);
    await page.getByRole('link', { name: '500 of 1,000 tokens used' }).waitFor();
  });

  test('a draft streams in as the letter that it will be', async () => {
    const held = gate();
    llm.behave({
      next: [
        answers.text({
          text: `Subject: About my exam\n\n${LETTER}`,
          before: (index) => (index === 20 ? held.passed : undefined),
        }),
      ],
    });
    const page = await open();
    await say(page, REQUEST);
    const letter = lastTurn(page).locator('.reply.letter');
    await letter.getByText('Dear Professor Lang').waitFor();
    await shot(page, 'email-streaming');
    held.open();
    await email(page).waitFor();
    expect(await letter.count()).toBe(0);
    expect(await lastTurn(page).locator('.reply').textContent()).toBe(
      'Kept as a draft. This uses 500 of your 1,000 tokens.',
    );
  });

  test('a draft follows what becomes of it, in every tab and after a reload', async () => {
    const page = await open();
    await say(page, REQUEST);
    await email(page).waitFor();
    const second = await browser.context.newPage();
    await second.goto(page.url());
    await email(second).waitFor();
    await undoButton(page).click();
    const first = (tab: Page) => tab.getByRole('article').first();
    await first(page).getByText('Deleted', { exact: true }).waitFor();
    await first(second).getByText('Deleted', { exact: true }).waitFor();
    expect(await first(page).getByRole('button', { name: 'Copy text' }).count()).toBe(0);
    await page.reload();
    await first(page).getByText('Deleted', { exact: true }).waitFor();
  });

  test('a refusal for tokens asks its question with the free way, and a digit takes it', async () => {
    const page = await openSpent();
    await say(page, REQUEST);
    await upgrade(page).waitFor();
    await upgrade(page).getByText('Token limit reached. Upgrade to premium.', { exact: true }).waitFor();
    const choices = lastTurn(page).getByRole('group', { name: /template/ });
    expect(await choices.getByRole('button').allTextContents()).toEqual(['1Use a template', '2Never mind']);
    await upgrade(page).getByText('Do you want it from a template instead?').waitFor();
    // Its card says it all.
    expect(await lastTurn(page).locator('.reply').count()).toBe(0);
    const asked = llm.calls.length;
    await page.keyboard.press('1');
    await email(page).waitFor();
    await email(page).getByText('From a template').waitFor();
    // The question is answered: its choices are no buttons any more, and the one that was taken is marked.
    const done = page.getByRole('article').first();
    await done.getByText('Use a template (chosen)').waitFor();
    expect(await done.getByRole('button', { name: /Use a template/ }).count()).toBe(0);
    expect(await lastTurn(page).locator('.cost').count()).toBe(0);
    expect(llm.calls).toHaveLength(asked);
  });

  test('a refusal that is left open waits above the line, and is answered there', async () => {
    const page = await openSpent();
    await say(page, REQUEST);
    await upgrade(page).waitFor();
    await say(page, 'buy milk tomorrow');
    const parked = page.getByRole('group', { name: 'Still open' });
    await parked.waitFor();
    await parked.getByRole('button', { name: 'Answer' }).click();
    const answering = page.getByRole('group', { name: 'Answering' });
    await answering.getByRole('button', { name: 'Use a template' }).click();
    await email(page).getByText('From a template').waitFor();
    expect(await parked.count()).toBe(0);
  });

  test('what is used is told as a card with the way to the page, and running low as news', async () => {
    const page = await open();
    await say(page, REQUEST);
    await email(page).waitFor();
    const news = page.getByRole('list', { name: 'News' });
    await news.getByText('You have used 50 % of your 1,000 tokens this month.').waitFor();
    // The next one takes its place.
    await say(page, REQUEST);
    await news.getByText('You have used all of your 1,000 tokens this month.').waitFor();
    expect(await news.getByRole('listitem').count()).toBe(1);
    await say(page, 'how many tokens do I have left?');
    const card = lastTurn(page).getByRole('region', { name: 'Usage' });
    await card.waitFor();
    expect(await card.getByRole('meter').getAttribute('aria-valuetext')).toBe('1,000 tokens of 1,000 tokens');
    await card.getByRole('link', { name: 'What they went to' }).click();
    await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor();
    await page.keyboard.press('Escape');
    await news.getByRole('link', { name: 'See usage' }).click();
    await page.getByRole('heading', { name: 'Usage', level: 1 }).waitFor();
  });

  test('the page on usage follows what is used elsewhere, while it is open', async () => {
    const page = await open();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    const second = await browser.context.newPage();
    await second.goto(page.url().replace('/?', '/usage?'));
    await second.getByText('1,000 tokens left').waitFor();
    await say(page, REQUEST);
    await second.getByText('500 tokens left').waitFor();
    const uses = second.getByRole('region', { name: 'Each use' }).getByRole('listitem');
    await expect.poll(() => uses.count(), { timeout: 10_000 }).toBe(1);
    expect(await uses.textContent()).toMatch(/Email drafts.*500$/);
  });

  test.each(LOOKS)('can be read in %s at %i pixels', async (...look) => {
    const own = await looking(look);
    const at = look.join('-');
    const page = await open(own);
    await say(page, REQUEST);
    await email(page).waitFor();
    await checkState(page, `email-${at}`);
    await say(page, 'how many tokens do I have left?');
    await lastTurn(page).getByRole('region', { name: 'Usage' }).waitFor();
    await checkState(page, `usage-card-${at}`);
    await undoButton(page).click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await checkState(page, `email-gone-${at}`);
    const refused = await openSpent(own);
    await say(refused, REQUEST);
    await upgrade(refused).waitFor();
    await checkState(refused, `upgrade-${at}`);
    await refused.keyboard.press('1');
    await email(refused).waitFor();
    await checkState(refused, `upgrade-done-${at}`);
    await own.close();
  });
});
