import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, lastTurn, say, useBrowser, welcome } from './browser-scene.ts';
import { usePlanner, type Person } from './planner-scene.ts';

const REQUEST = 'draft an email to Ann about the rent with a template';
const email = (page: Page) => lastTurn(page).getByRole('region', { name: /^Email (?:draft|on its way): / });
const form = (page: Page) => page.getByRole('form', { name: /^Change the email/ });
const field = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true });
const message = (page: Page) => page.getByRole('status').filter({ hasText: /^Changed:/ });

describe.skipIf(chromiumPath() === undefined)('what can be done with an email on its card', () => {
  const browser = useBrowser({ bypassCSP: true });
  const planner = usePlanner();

  async function open(person: Person): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${planner.product.url}/?name=${person.name}`);
    await welcome(page).waitFor();
    await say(page, REQUEST);
    await email(page).waitFor();
    return page;
  }
  const draftOf = async ({ rest }: Person) => (await rest.drafts()).items[0];

  test('its words are typed over, kept with a receipt, and taken back', async () => {
    const person = await planner.person();
    const page = await open(person);
    const before = await draftOf(person);
    await email(page).getByRole('button', { name: 'Edit' }).click();
    await checkState(page, 'email-form');
    await field(page, 'Subject').fill('The rent for <b>May</b>');
    await field(page, 'Text').fill('Hello Ann,\n\n1 more day, please.');
    await form(page).getByRole('button', { name: 'Keep' }).click();
    await email(page).getByRole('heading', { name: 'The rent for <b>May</b>' }).waitFor();
    expect(await email(page).locator('.email-body').textContent()).toBe('Hello Ann,\n\n1 more day, please.');
    expect(
      await email(page)
        .getByRole('button', { name: 'Edit' })
        .evaluate((button) => button === document.activeElement),
    ).toBe(true);
    const [receipt] = (await person.rest.receipts({ limit: 1 })).items;
    expect(receipt?.changes.map(({ kind }) => kind)).toEqual(['draft']);
    await message(page).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => draftOf(person)).toMatchObject({ subject: before?.subject, body: before?.body });
    await email(page)
      .getByRole('heading', { name: before?.subject ?? '' })
      .waitFor();

    // Escape leaves it as it is.
    await email(page).getByRole('button', { name: 'Edit' }).click();
    await field(page, 'Text').fill('Nothing of this');
    await page.keyboard.press('Escape');
    await email(page).waitFor();
    expect(await draftOf(person)).toMatchObject({ body: before?.body });
  });

  test('what was changed elsewhere is not overwritten unseen', async () => {
    const person = await planner.person();
    const page = await open(person);
    await email(page).getByRole('button', { name: 'Edit' }).click();
    await field(page, 'Text').fill('Mine');
    const draft = await draftOf(person);
    await person.rest.patchDraft(draft?.id ?? '', draft?.version ?? 0, { body: 'From elsewhere' });
    await form(page).getByText('It was changed elsewhere meanwhile.').waitFor();
    expect(await field(page, 'Text').inputValue()).toBe('Mine');
    await checkState(page, 'email-overtaken');
    await form(page).getByRole('button', { name: 'take the other one' }).click();
    expect(await field(page, 'Text').inputValue()).toBe('From elsewhere');
    await field(page, 'To').fill('Ann, bob@example.com');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => draftOf(person))
      .toMatchObject({ body: 'From elsewhere', recipients: ['Ann', 'bob@example.com'] });
  });

  test('a tone is said for it, and names it once other things were said', async () => {
    const person = await planner.person();
    const page = await open(person);
    await email(page).getByRole('button', { name: 'More formal' }).click();
    await expect.poll(async () => (await draftOf(person))?.tone).toBe('formal');
    await page.getByRole('article', { name: 'make it more formal' }).waitFor();
    await say(page, 'buy milk tomorrow');
    await lastTurn(page).locator('.card').waitFor();
    await page.getByRole('article').first().getByRole('button', { name: 'Friendlier' }).click();
    await expect.poll(async () => (await draftOf(person))?.tone).toBe('friendly');
    await page.getByRole('article', { name: 'make the email to Ann friendlier' }).waitFor();
  });

  test('it is sent after a yes only, and can be stopped for as long as it waits', async () => {
    const person = await planner.person();
    await person.rest.call({
      method: 'POST',
      path: '/contacts',
      body: { name: 'Ann', address: 'ann@example.com' },
      schema: z.unknown(),
    });
    const page = await open(person);
    await email(page).getByRole('button', { name: 'Send', exact: true }).click();
    await lastTurn(page)
      .getByText(/^Send ".*" to Ann <ann@example\.com>\?/)
      .first()
      .waitFor();
    expect((await draftOf(person))?.status).toBe('draft');
    await checkState(page, 'email-asked');
    await lastTurn(page)
      .getByRole('button', { name: /Send it/ })
      .click();
    const sending = email(page);
    await sending.getByText(/^Goes out in/).waitFor();
    await sending.getByText('ann@example.com', { exact: true }).waitFor();
    expect(await sending.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await checkState(page, 'email-sending');
    await sending.getByRole('button', { name: 'Stop sending' }).click();
    await lastTurn(page)
      .getByRole('region', { name: /^Email draft: / })
      .getByRole('button', { name: 'Send', exact: true })
      .waitFor();
    expect(await draftOf(person)).toMatchObject({ status: 'draft', send_at: null });
    const { items } = await person.rest.receipts({ limit: 2 });
    expect(items[1]?.undone).toBe(true);
  });
});
