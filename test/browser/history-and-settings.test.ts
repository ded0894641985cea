import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../core/ids.ts';
import { keepNotice } from '../../db/notices.ts';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, lastTurn, say, useBrowser, welcome } from './browser-scene.ts';
import { dayFrom, remind, usePlanner, type Person } from './planner-scene.ts';

const anything = z.unknown();

describe.skipIf(chromiumPath() === undefined)('history, settings and notices', () => {
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true });
  const planner = usePlanner();

  async function open({ name }: Person, path = '/'): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(`${planner.product.url}${path}?name=${name}`);
    return page;
  }

  test('history says what was before and after and why, and takes a change back in place', async () => {
    const person = await planner.person();
    const page = await open(person);
    await welcome(page).waitFor();
    await say(page, 'add call the bank on 30 november 2032');
    await lastTurn(page).locator('.card').waitFor();
    await say(page, 'move call the bank to 3 december 2032');
    await lastTurn(page).locator('.card').getByText('3 Dec').waitFor();
    await page.getByRole('link', { name: 'History' }).click();
    const changed = page.getByRole('article', { name: /^Changed "call the bank"/ });
    await changed.waitFor();
    expect(await changed.locator('dl').textContent()).toMatch(/due.*30 Nov 2032.*3 Dec 2032/);
    await changed.getByText('“move call the bank to 3 december 2032”').waitFor();
    await checkState(page, 'history');

    await changed.getByRole('button', { name: /^Undo: / }).click();
    await changed.getByText('Taken back').waitFor();
    expect(await changed.getByRole('button', { name: /^Undo: / }).count()).toBe(0);
    const { items } = await person.rest.tasks();
    expect(items.map(({ due_date: due }) => due)).toEqual(['2032-11-30']);
    // What takes it back is told in its place, with the way there and back; the button keeps the focus.
    expect(await page.getByRole('article').count()).toBe(2);
    await checkState(page, 'history-undone');
    await changed.getByRole('button', { name: /^Redo: / }).press('Enter');
    await changed.getByRole('button', { name: /^Undo: / }).waitFor();
    expect(await changed.getByText('Taken back').count()).toBe(0);
    expect(await page.getByRole('article').count()).toBe(2);
    expect((await person.rest.tasks()).items.map(({ due_date: due }) => due)).toEqual(['2032-12-03']);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Undo');
    await changed.getByRole('button', { name: 'Where it was said' }).click();
    await page.locator('.turn-place.reached').getByText('move call the bank').first().waitFor();
  });

  test('history goes on, page by page', async () => {
    const person = await planner.person();
    for (let index = 1; index <= 33; index++)
      await person.rest.call({
        method: 'POST',
        path: '/contacts',
        body: { name: `Person ${index}` },
        schema: anything,
      });
    const page = await open(person, '/history');
    await page.getByRole('article', { name: 'Added "Person 33"', exact: true }).waitFor();
    expect(await page.getByRole('article').count()).toBe(30);
    await page.getByRole('button', { name: 'Show older changes' }).click();
    await page.getByRole('article', { name: 'Added "Person 1"', exact: true }).waitFor();
    expect(await page.getByRole('article').count()).toBe(33);
    expect(await page.getByRole('button', { name: 'Show older changes' }).count()).toBe(0);
  });

  test('a setting is kept at once, a wrong one says why, and a change can be taken back', async () => {
    const person = await planner.person();
    const page = await open(person, '/settings');
    await page.getByRole('radio', { name: 'Sunday' }).check();
    await page.getByRole('status').getByText('Kept.').waitFor();
    expect((await person.rest.settings()).week_start).toBe('sunday');
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.getByRole('radio', { name: 'Monday' }).isChecked()).toBe(true);
    expect((await person.rest.settings()).week_start).toBe('monday');

    await page.getByLabel('Minutes, event').fill('2');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/^This .*5/);
    expect((await person.rest.settings()).event_minutes).toBe(60);
    // The browser notes the refusal as well.
    expect(() => browser.scene.checkFaults()).toThrow(/ 400 /);
    await page.getByLabel('Minutes, event').fill('45');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await page.getByLabel('From, working hours').fill('08:00');
    await page.keyboard.press('Enter');
    await page.getByRole('switch', { name: 'Keep quiet hours' }).click();
    await page.getByLabel('To, quiet hours').waitFor();
    await page.getByRole('switch', { name: 'Have a briefing time' }).click();
    await page.getByLabel('briefing time', { exact: true }).waitFor();
    await page.getByRole('radio', { name: 'That of next week' }).check();
    await page.getByLabel('Time zone').last().selectOption('Europe/Vienna');
    await page.getByRole('button', { name: /^Use this device’s/ }).waitFor();
    await page.getByLabel('Not remembered').check();
    await checkState(page, 'settings');
    await expect
      .poll(() => person.rest.settings())
      .toMatchObject({
        timezone: 'Europe/Vienna',
        event_minutes: 45,
        working_hours: { start: '08:00', end: '17:00' },
        quiet_hours: { start: '22:00', end: '07:00' },
        briefing_time: '07:30',
        next_weekday: 'next_week',
        memory: 'off',
      });
    await page.reload();
    await expect.poll(() => page.getByLabel('Minutes, event').inputValue()).toBe('45');
  });

  test('markup in any text stands on every page as it was typed, and does nothing', async () => {
    const markup = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>[a](javascript:hit)';
    const person = await planner.person();
    const task = { title: `Task ${markup}`, list: markup, tags: [markup], notes: markup };
    await person.rest.call({ method: 'POST', path: '/tasks', body: task, schema: anything });
    const [start, end] = [`${dayFrom(0)}T00:00:00Z`, `${dayFrom(1)}T00:00:00Z`];
    const event = { title: `Event ${markup}`, location: markup, participants: [markup], notes: markup };
    await person.rest.createEvent({ ...event, start, end, all_day: true });
    await remind(planner.db, person.id, `Notice ${markup}`);
    const page = await open(person);
    const isHarmless = async (): Promise<void> => {
      const made = await page.locator('img[src="x"], a[href^="javascript:"], script:text("hit")').count();
      expect([made, await page.evaluate(() => 'hit' in window)]).toEqual([0, false]);
    };
    await page.getByText(`Notice ${markup}`).first().waitFor();
    for (const said of [
      `add a task to try ${markup}`,
      'show my tasks',
      "what's on today?",
      'brief me',
      'search for try',
      `draft an email to ann@example.com about ${markup}`,
    ]) {
      await say(page, said);
      await lastTurn(page).getByText('onerror=').first().waitFor();
      await isHarmless();
    }
    for (const [path, shown] of [
      ['/calendar', `Event ${markup}`],
      ['/history', markup],
      ['/settings', ''],
    ] as const) {
      await page.goto(`${planner.product.url}${path}?name=${person.name}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      if (shown !== '') await page.getByText(shown).first().waitFor({ state: 'attached' });
      await isHarmless();
    }
  });

  test('a due reminder is answered where it is told', async () => {
    const person = await planner.person();
    const bread = await remind(planner.db, person.id, 'Take the bread out');
    const mum = await remind(planner.db, person.id, 'Call mum');
    const page = await open(person);
    const news = page.getByRole('list', { name: 'News' });
    const told = (text: string) => news.getByRole('listitem').filter({ hasText: text });
    await told('Call mum').waitFor();
    await checkState(page, 'reminder-notices');
    await told('Take the bread out').getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => told('Take the bread out').count()).toBe(0);
    await told('Call mum').getByRole('button', { name: 'Remind me later: 1 h' }).click();
    await expect.poll(() => news.count()).toBe(0);
    const statusOf = async (id: string) =>
      (await person.rest.reminders()).items.find((reminder) => reminder.id === id);
    await expect.poll(() => statusOf(bread)).toMatchObject({ status: 'done' });
    await expect.poll(() => statusOf(mum)).toMatchObject({ status: 'scheduled' });
    const later = Date.parse((await statusOf(mum))?.remind_at ?? '') - Date.now();
    expect(later).toBeGreaterThan(58 * 60_000);
    expect(later).toBeLessThanOrEqual(60 * 60_000);
  });

  test('a briefing that is there opens where it is told', async () => {
    const person = await planner.person();
    const range = { start: '2026-11-18T00:00:00Z', end: '2026-11-19T00:00:00Z' };
    const nothing = { events: [], due: [], overdue: [], reminders: [], conflicts: [], free: [] };
    const briefing = {
      title: 'Your Wednesday',
      timezone: 'UTC',
      range,
      ...nothing,
      changed: ['All is done.'],
    };
    await person.rest.settings();
    await keepNotice(planner.db, person.id, {
      notice_id: newId(),
      kind: 'briefing_ready',
      text: 'Your briefing for today is ready.',
      data: { briefing },
      created_at: new Date().toISOString(),
    });
    const page = await open(person);
    const news = page.getByRole('list', { name: 'News' });
    await news.getByRole('button', { name: 'Show' }).click();
    await news.getByRole('region', { name: 'Your Wednesday' }).getByText('All is done.').waitFor();
    await checkState(page, 'briefing-notice');
    await news.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => news.count()).toBe(0);
  });
});
