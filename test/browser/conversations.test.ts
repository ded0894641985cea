import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { checkState, lastTurn, line, say, useBrowser, welcome } from './browser-scene.ts';
import { usePlanner, type Person } from './planner-scene.ts';

const turn = z.object({ session_id: z.string() });

describe.skipIf(chromiumPath() === undefined)('the list of conversations', () => {
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true });
  const planner = usePlanner();

  /** Something said in a conversation of its own, some days ago; gives its id. */
  async function said({ rest }: Person, queries: readonly string[], daysAgo = 0): Promise<string> {
    const id = randomUUID();
    for (const query of queries)
      await rest.call({
        method: 'POST',
        path: '/agent/query',
        body: { query, session_id: id },
        schema: turn,
      });
    await planner.db.raw(
      `update conversation_sessions set last_activity_at = last_activity_at - make_interval(days => ?),
         started_at = started_at - make_interval(days => ?) where id = ?`,
      [daysAgo, daysAgo, id],
    );
    return id;
  }

  async function open(person: Person, hash = ''): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${planner.product.url}/?name=${person.name}${hash}`);
    return page;
  }
  const list = (page: Page): Locator => page.getByRole('navigation', { name: 'Conversations' });
  const row = (page: Page, name: string): Locator => list(page).getByRole('button', { name, exact: true });
  const search = (page: Page): Locator => page.getByRole('searchbox', { name: 'Search conversations' });

  test('goes by day, finds what was said, and leads there', async () => {
    const person = await planner.person();
    const long = await said(
      person,
      [
        'hello',
        'add call the plumber about the tap',
        ...Array.from({ length: 12 }, (_, n) => `add errand ${n}`),
      ],
      40,
    );
    await said(person, ['add water the plants'], 3);
    await said(person, ['what do I have tomorrow'], 1);
    await said(person, ['add buy milk']);
    const page = await open(person);
    await row(page, 'Buy milk').waitFor();
    const groups = await list(page)
      .getByRole('region')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(groups.slice(0, 3)).toEqual(['Today', 'Yesterday', 'Last 7 days']);
    expect(groups).toHaveLength(4);
    await checkState(page, 'conversations');

    await search(page).fill('plumber');
    const hit = list(page).getByRole('button', {
      name: 'Call the plumber about the tap add call the plumber about the tap',
    });
    await hit.waitFor();
    expect(await list(page).locator('[data-row]').count()).toBe(1);
    expect(await hit.locator('mark').allTextContents()).toEqual(['plumber', 'plumber']);
    await checkState(page, 'conversations-found');
    await hit.click();
    const reached = page.locator('.turn-place.reached');
    await reached.getByText('add call the plumber').first().waitFor();
    expect(await reached.isVisible()).toBe(true);
    expect(new URL(page.url()).hash).toBe(`#${long}`);
    // Gone down to the end and pressed again, it is shown again.
    await page.getByRole('button', { name: 'Latest' }).click();
    await reached.waitFor({ state: 'detached' });
    await hit.click();
    await page.locator('.turn-place.reached').waitFor();

    await search(page).fill('phone a plumber for the leaking faucet');
    await list(page).getByText('About something like it:').waitFor();
    await checkState(page, 'conversations-alike');
    await search(page).fill('zzyzx qwrt');
    await list(page).getByText('No conversation has “zzyzx qwrt”.').waitFor();
    // What goes wrong with some words says nothing about the next.
    await page.route('**/api/v1/sessions?q=*', (route) => route.abort(), { times: 1 });
    await search(page).fill('plum');
    await list(page).getByText('The server does not answer.').waitFor();
    expect(() => browser.scene.checkFaults()).toThrow(/ERR_FAILED/);
    await search(page).fill('zzyzx brgl');
    await list(page).getByText('No conversation has “zzyzx brgl”.').waitFor();
    await list(page).getByRole('button', { name: 'Clear the search' }).click();
    expect(await search(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await row(page, 'Buy milk').waitFor();
    // It goes on where it was left.
    await say(page, 'undo');
    await lastTurn(page).getByText('Undone').first().waitFor();
  });

  test('is renamed in place, by mouse and by keys, on all devices', async () => {
    const person = await planner.person();
    await said(person, ['add buy milk'], 1);
    const here = await said(person, ['add water the plants']);
    const page = await open(person);
    const other = await open(person, `#${here}`);
    await page.getByRole('button', { name: 'More about Buy milk' }).click();
    await checkState(page, 'conversations-unfolded');
    await list(page).getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('New title of Buy milk').fill('Shopping for the party');
    await checkState(page, 'conversations-rename');
    await page.keyboard.press('Enter');
    await row(page, 'Shopping for the party').waitFor();
    await row(other, 'Shopping for the party').waitFor();

    // By keys: a row is one stop of Tab, the arrows go through it.
    await row(page, 'Water the plants').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Balcony');
    await page.keyboard.press('Enter');
    await row(page, 'Balcony').waitFor();
    await other.getByRole('heading', { name: 'Balcony' }).waitFor();
    await eventually('the focus is back', () =>
      row(page, 'Balcony').evaluate((button) => button === document.activeElement),
    );
    // What is said later gives it no other title.
    await say(other, 'add repot the basil');
    await lastTurn(other).locator('.card').waitFor();
    const { items } = await person.rest.sessions();
    expect(items.map(({ title }) => title)).toEqual(['Balcony', 'Shopping for the party']);
  });

  test('is deleted after a question, also while it is on screen, and what was made stays', async () => {
    const person = await planner.person();
    await said(person, ['add buy milk'], 1);
    const doomed = await said(person, ['create a task to study', 'physics', 'hello']);
    const page = await open(person, `#${doomed}`);
    const other = await open(person, `#${doomed}`);
    await lastTurn(other).waitFor();
    const more = page.getByRole('button', { name: 'More about Study physics' });
    await more.click();
    await list(page).getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “Study physics”?' });
    await checkState(page, 'conversations-delete');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await row(page, 'Study physics').waitFor();
    await list(page).getByRole('button', { name: 'Delete' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await row(page, 'Study physics').waitFor({ state: 'detached' });
    for (const device of [page, other]) {
      await welcome(device).waitFor();
      await row(device, 'Buy milk').waitFor();
      expect(new URL(device.url()).hash).not.toBe(`#${doomed}`);
    }
    await page.getByText('The conversation is deleted.').waitFor();
    const { items: tasks } = await person.rest.tasks();
    expect(tasks.map(({ title }) => title)).toEqual(['study physics', 'buy milk']);
    await line(other).fill('add something new');
    await line(other).press('Enter');
    await lastTurn(other).locator('.card').waitFor();
    // The change is told without a way to where it was said.
    await page.getByRole('link', { name: 'History' }).click();
    const entry = page.getByRole('article', { name: /study physics/ });
    await entry.waitFor();
    expect(await entry.getByRole('button', { name: 'Where it was said' }).count()).toBe(0);
  });

  test('that ended in a question says when its time is over, and goes on all the same', async () => {
    const person = await planner.person();
    const asked = await said(person, ['create a task to study']);
    const page = await open(person, `#${asked}`);
    await lastTurn(page).getByText('What do you want to study?').waitFor();
    const expired = lastTurn(page).getByText('This question has expired.');
    expect(await expired.count()).toBe(0);
    await page.clock.setFixedTime(new Date(Date.now() + 25 * 3_600_000));
    await page.reload();
    await expired.waitFor();
    await checkState(page, 'conversations-expired-question');
    await say(page, 'add buy milk');
    await lastTurn(page).locator('.card').waitFor();
  });

  test('goes back as far as it is scrolled', async () => {
    const person = await planner.person();
    const oldest = await said(person, ['add the very first of all'], 400);
    await planner.db.raw(
      `with many as (
          insert into conversation_sessions (id, user_id, started_at, last_activity_at, ended_at, title, turns)
          select gen_random_uuid(), ?, now() - make_interval(days => n), now() - make_interval(days => n), now(), 'old one ' || n, 1
          from generate_series(1, 120) n returning 1
        ) select count(*) from many`,
      [person.id],
    );
    const page = await open(person);
    await row(page, 'Old one 1').waitFor();
    expect(await list(page).locator('[data-row]').count()).toBe(50);
    await eventually('all are there', async () => {
      await list(page).locator('[data-row]').last().scrollIntoViewIfNeeded();
      return (await list(page).locator('[data-row]').count()) === 121;
    });
    expect(await list(page).getByRole('button', { name: 'Show older' }).count()).toBe(0);
    // What lies behind the first page has its title by its address alone.
    const direct = await open(person, `#${oldest}`);
    await direct.getByRole('heading', { name: 'The very first of all' }).waitFor();
  });

  test.each(['light', 'dark'] as const)('is usable on a phone, %s', async (colorScheme) => {
    const person = await planner.person();
    await said(person, ['add call the plumber about the tap that drips in the kitchen all night long'], 2);
    await said(person, ['add buy milk']);
    const phone = await browser.scene.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      timezoneId: 'UTC',
      colorScheme,
      bypassCSP: true,
    });
    const page = await phone.newPage();
    await page.goto(`${planner.product.url}/?name=${person.name}`);
    await page.getByRole('button', { name: 'Conversations' }).click();
    await row(page, 'Buy milk').waitFor();
    await page.getByRole('button', { name: 'More about Buy milk' }).click();
    await checkState(page, `conversations-phone-${colorScheme}`);
    await list(page).getByRole('button', { name: 'Delete' }).click();
    await checkState(page, `conversations-phone-delete-${colorScheme}`);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await search(page).fill('plumb');
    await list(page).locator('mark').first().waitFor();
    await checkState(page, `conversations-phone-found-${colorScheme}`);
    await list(page)
      .getByRole('button', { name: /^Call the plumber/ })
      .click();
    await page.locator('.turn-place.reached').waitFor();
    expect(await page.getByRole('dialog', { name: 'Conversations' }).isVisible()).toBe(false);
    await phone.close();
  });

  test('in dark colours', async () => {
    const person = await planner.person();
    await said(person, ['add buy milk'], 1);
    await said(person, ['add water the plants']);
    const own = await browser.scene.newContext({ colorScheme: 'dark', timezoneId: 'UTC', bypassCSP: true });
    const page = await own.newPage();
    await page.goto(`${planner.product.url}/?name=${person.name}`);
    await row(page, 'Buy milk').waitFor();
    await search(page).fill('plants');
    await list(page).locator('mark').first().waitFor();
    await page.getByRole('button', { name: 'More about Water the plants' }).click();
    await checkState(page, 'conversations-dark');
    await list(page).getByRole('button', { name: 'Delete' }).click();
    await checkState(page, 'conversations-dark-delete');
    await own.close();
  });
});
