import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { checkState, say, shot, useBrowser, welcome } from './browser-scene.ts';
import { usePlanner, type Person } from './planner-scene.ts';

describe.skipIf(chromiumPath() === undefined)('what is kept of a person', () => {
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true });
  const planner = usePlanner();

  async function settingsOf({ name }: Person): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${planner.product.url}/?name=${name}`);
    await welcome(page).waitFor();
    await say(page, 'add a task to zyxquark the boat');
    await page.locator('.card').first().waitFor();
    await page.goto(`${planner.product.url}/settings?name=${name}`);
    await page.getByRole('heading', { name: 'Your data' }).waitFor();
    return page;
  }

  async function downloaded(page: Page, button: string): Promise<{ name: string; text: string }> {
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: button, exact: true }).click();
    const file = await coming;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
  }

  test('can be taken along, whole or as a calendar', async () => {
    const page = await settingsOf(await planner.person());
    const all = await downloaded(page, 'Download everything (JSON)');
    expect(all.name).toBe('pulseplan.jsonl');
    expect(all.text).toMatch(/^\{"kind":"export"/);
    expect(all.text).toContain('zyxquark the boat');
    expect(all.text.trimEnd().split('\n').at(-1)).toMatch(/^\{"kind":"end"/);
    const calendar = await downloaded(page, 'Download calendar (.ics)');
    expect(calendar.name).toBe('pulseplan.ics');
    expect(calendar.text).toContain('SUMMARY:zyxquark the boat');
    await page.getByRole('status').getByText('Downloaded').waitFor();
    await page.route('**/users/me/export*', (route) => route.abort());
    const button = page.getByRole('button', { name: 'Download calendar (.ics)' });
    await button.press('Enter');
    await page.getByRole('alert').getByText('Nothing was downloaded.').waitFor();
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(() => browser.scene.checkFaults()).toThrow(/ERR_FAILED/);
  });

  test('goes for ever, once its word is typed, and the browser keeps nothing', async () => {
    const person = await planner.person();
    const page = await settingsOf(person);
    await page.getByRole('heading', { name: 'Your data' }).scrollIntoViewIfNeeded();
    await checkState(page, 'your-data');
    await page.getByRole('button', { name: 'Erase account…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase account' });
    const go = dialog.getByRole('button', { name: 'Erase for ever' });
    const keep = dialog.getByRole('button', { name: 'Keep my account' });
    await eventually('the way out has the focus', () =>
      keep.evaluate((one) => one === document.activeElement),
    );
    // Escape closes what is asked, and not the page that it is asked on.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Your data' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('what you told PulsePlan to remember').waitFor();
    await dialog.getByRole('textbox').fill('eras');
    expect(await go.isDisabled()).toBe(true);
    await checkState(page, 'erase-dialog');
    await page.emulateMedia({ colorScheme: 'dark' });
    await checkState(page, 'erase-dialog-dark');
    await page.setViewportSize({ width: 390, height: 780 });
    await checkState(page, 'erase-dialog-phone');
    await keep.click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: 'Your data' }).scrollIntoViewIfNeeded();
    await shot(page, 'your-data-phone');
    expect((await person.rest.tasks()).items).toHaveLength(1);

    await page.getByRole('button', { name: 'Erase account…' }).click();
    await dialog.getByRole('textbox').fill('Erase');
    await go.click();
    await page.getByRole('heading', { name: 'Your account is erased' }).waitFor();
    await checkState(page, 'erased-phone');
    expect(await page.evaluate('window.localStorage.length + window.sessionStorage.length')).toBe(0);
    await page.getByRole('button', { name: 'Copy its address' }).waitFor();
    // Whoever has its address may look, without signing in.
    const receipt = await (await browser.scene.newContext({ bypassCSP: true })).newPage();
    const address = await page.getByRole('link', { name: 'The receipt' }).getAttribute('href');
    await receipt.goto(`${planner.product.url}${address}`);
    await receipt.getByRole('row', { name: 'Tasks 1 0', exact: true }).waitFor();
    await receipt.getByRole('button', { name: 'Print' }).waitFor();
    await checkState(receipt, 'receipt');
    await receipt.setViewportSize({ width: 390, height: 780 });
    await checkState(receipt, 'receipt-phone');
    await receipt.context().close();
    await page.getByRole('button', { name: 'Go on as a new guest' }).click();
    await welcome(page).waitFor();
    await expect(person.rest.tasks()).rejects.toMatchObject({ code: 'account_erased' });
    // Refusals, which the browser writes down as faults.
    browser.scene.checkFaults(planner.product.url);
  });

  test('sends every other page of the person to the door', async () => {
    const person = await planner.person();
    const page = await settingsOf(person);
    await person.rest.eraseAccount();
    await page.getByRole('heading', { name: 'This demo person is gone' }).waitFor();
    await page.getByText('This account has been erased.').waitFor();
    await checkState(page, 'erased-elsewhere');
    // Refusals, which the browser writes down as faults.
    browser.scene.checkFaults(planner.product.url);
  });
});
