import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, useBrowser } from './browser-scene.ts';
import { dayFrom, remind, usePlanner, type Person } from './planner-scene.ts';

/** For what goes to the server and back. */
const LONG = { timeout: 10_000 };
const HOUR_PX = 48;
const zone = { timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true };
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`);
const form = (page: Page) => page.getByRole('dialog', { name: 'New event' });
const said = (page: Page) => page.getByRole('status');
const hasFocus = (page: Page, name: RegExp) =>
  page.getByRole('button', { name }).evaluate((element) => element === document.activeElement);
/** A day that is neither today nor in the week of today, so that no clock matters. */
const there = dayFrom(14);

describe.skipIf(chromiumPath() === undefined)('the hours of the calendar', () => {
  const browser = useBrowser(zone);
  const planner = usePlanner();

  async function open({ name }: Person, context: BrowserContext = browser.context): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${planner.product.url}/calendar?name=${name}`);
    await page.getByRole('heading', { name: 'Calendar', level: 1 }).waitFor();
    return page;
  }
  async function openThere(person: Person, context?: BrowserContext): Promise<Page> {
    const page = await open(person, context);
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await page.getByRole('button', { name: 'Next week' }).click();
    await page.getByRole('button', { name: 'Next week' }).click();
    await day(page, there).waitFor();
    return page;
  }
  /** Presses a free place of a day at an hour. */
  const press = (page: Page, date: string, hour: number) =>
    day(page, date).click({ position: { x: 20, y: hour * HOUR_PX + 4 } });
  const events = async ({ rest }: Person) =>
    (await rest.events({ limit: 10 })).items.map(({ title, start, end, all_day: allDay }) => ({
      title,
      start: Date.parse(start),
      end: Date.parse(end),
      allDay,
    }));
  const at = (date: string, time: string): number => Date.parse(`${date}T${time}:00Z`);

  test('a free place that is pressed takes an event, and gives it up again', async () => {
    const person = await planner.person();
    await person.rest.putSettings({ event_minutes: 45 });
    const page = await openThere(person);
    await press(page, there, 13.5);
    await checkState(page, 'calendar-new');
    expect(
      await form(page)
        .getByLabel('Title')
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
    // Without a title there is nothing to add.
    await form(page).getByRole('button', { name: 'Add', exact: true }).click();
    await form(page).getByLabel('Title').fill('Tea <b>with</b> Ida');
    expect(await form(page).getByLabel('From').inputValue()).toBe('13:30');
    expect(await form(page).getByLabel('To', { exact: true }).inputValue()).toBe('14:15');
    // It lasts as long wherever it begins.
    await form(page).getByLabel('From').fill('14:00');
    expect(await form(page).getByLabel('To', { exact: true }).inputValue()).toBe('14:45');
    await page.keyboard.press('Enter');
    const tea = day(page, there).getByRole('button', { name: /^Tea <b>with<\/b> Ida\s*14:00 – 14:45/ });
    await tea.waitFor();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await said(page).getByText('Added: Tea <b>with</b> Ida').waitFor();
    expect(await events(person)).toEqual([
      { title: 'Tea <b>with</b> Ida', start: at(there, '14:00'), end: at(there, '14:45'), allDay: false },
    ]);
    // What stands there is opened, not added to.
    await tea.click();
    await page.getByRole('dialog', { name: 'Event: Tea <b>with</b> Ida' }).waitFor();
    await page.keyboard.press('Escape');
    await said(page).getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => tea.count(), LONG).toBe(0);
    expect(await events(person)).toEqual([]);
  });

  test('the keyboard goes to a place, adds whole days there, and is back where it was', async () => {
    const person = await planner.person();
    const page = await openThere(person);
    const place = page.getByRole('button', { name: /^New event, / }).and(page.locator('.grid-slot'));
    await place.focus();
    const before = (await place.getAttribute('aria-label')) ?? '';
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    const after = (await place.getAttribute('aria-label')) ?? '';
    expect(after).not.toBe(before);
    expect(before).toMatch(/, 09:00$/);
    expect(after).toMatch(/, 09:30$/);
    await checkState(page, 'calendar-place');
    await page.keyboard.press('Enter');
    await form(page).waitFor();
    await page.keyboard.type('Fair');
    await form(page).getByLabel('All day').check();
    await checkState(page, 'calendar-new-whole');
    const from = await form(page).getByLabel('From').inputValue();
    const to = dayFrom(1, new Date(`${from}T12:00:00Z`));
    await form(page).getByLabel('To', { exact: true }).fill(to);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('button', { name: 'Fair', exact: true }).count(), LONG).toBe(2);
    const end = dayFrom(2, new Date(`${from}T12:00:00Z`));
    expect(await events(person)).toEqual([
      { title: 'Fair', start: at(from, '00:00'), end: at(end, '00:00'), allDay: true },
    ]);
    await expect.poll(() => hasFocus(page, new RegExp(`^${after}`))).toBe(true);
    // Whoever leaves it has added nothing.
    await page.keyboard.press('Enter');
    await form(page).waitFor();
    await page.keyboard.type('Nothing');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await events(person)).toHaveLength(1);
  });

  test('what the server does not take is said beside what was typed', async () => {
    const person = await planner.person();
    const page = await openThere(person);
    await press(page, there, 10);
    await form(page).getByLabel('Title').fill('Night shift');
    await form(page).getByLabel('From').fill('23:30');
    await form(page).getByText('To, next day').waitFor();
    await page.route('**/api/v1/events', (route) =>
      route.fulfill({
        status: 503,
        json: { error: 'Try again in a moment.', error_code: 'dependency_unavailable', retryable: true },
      }),
    );
    await form(page).getByLabel('From').press('Enter');
    await form(page).getByRole('alert').getByText('Try again in a moment.').waitFor();
    await page.unroute('**/api/v1/events');
    // It is shown wherever it was put in the end.
    const far = dayFrom(35);
    await form(page).getByLabel('Day', { exact: true }).fill(far);
    await form(page).getByRole('button', { name: 'Add', exact: true }).click();
    await day(page, far)
      .getByRole('button', { name: /^Night shift\s*23:30 – 00:30/ })
      .waitFor();
    await said(page)
      .getByText(/^Added: Night shift, .*, 23:30 – 00:30$/)
      .waitFor();
    expect(() => browser.scene.checkFaults()).toThrow('503');
  });

  test('a reminder is a mark at its time, to be done or put off', async () => {
    const person = await planner.person();
    await person.rest.call({
      method: 'POST',
      path: '/agent/query',
      body: { query: `remind me to water the plants on ${there} at 18:30`, timezone: 'UTC' },
      schema: z.looseObject({ status: z.literal('completed') }),
    });
    await remind(planner.db, person.id, 'Take the bread out');
    const page = await open(person);
    const told = page.getByRole('button', { name: /^Reminder, \d\d:\d\d: Take the bread out/ });
    await told.click();
    const bread = page.getByRole('dialog', { name: 'Reminder: Take the bread out' });
    await bread.getByText(/due since/).waitFor();
    await checkState(page, 'calendar-reminder');
    await bread.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => told.count(), LONG).toBe(0);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await said(page).getByText('Done: Take the bread out').waitFor();
    await said(page).getByRole('button', { name: 'Undo' }).click();
    await told.waitFor();

    await page.getByRole('button', { name: 'Next week' }).click();
    await page.getByRole('button', { name: 'Next week' }).click();
    const plants = day(page, there).getByRole('button', { name: /^Reminder, 18:30: water the plants/i });
    const [top, place] = await Promise.all([plants.boundingBox(), day(page, there).boundingBox()]);
    expect(Math.round((top?.y ?? 0) - (place?.y ?? 0))).toBe(18.5 * HOUR_PX);
    await plants.focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog', { name: /^Reminder: water the plants/i })
      .getByRole('button', { name: 'Remind me later: 1 day' })
      .click();
    await expect.poll(() => plants.count(), LONG).toBe(0);
    await said(page)
      .getByText(/^Put off: water the plants/i)
      .waitFor();
  });

  test('open with the first event in sight, and with what begins earlier on other days', async () => {
    const person = await planner.person();
    const make = (title: string, date: string, from: string, to: string) =>
      person.rest.createEvent({ title, start: `${date}T${from}:00Z`, end: `${date}T${to}:00Z` });
    await make('Flight', there, '04:10', '06:00');
    await make('Bakery', dayFrom(15), '02:30', '03:00');
    const page = await open(person);
    const hours = page.getByRole('region', { name: 'Hours' });
    const first = (): Promise<number> => hours.evaluate((element) => element.scrollTop);
    // Work begins at nine; an hour before that and before now are in sight.
    await expect.poll(first).toBeLessThanOrEqual(8 * HOUR_PX);
    await expect.poll(first).toBeGreaterThanOrEqual(0);
    await page.getByRole('button', { name: 'Day', exact: true }).click();
    for (let days = 0; days < 13; days++) await page.getByRole('button', { name: 'Next day' }).click();
    await hours.evaluate((element) => element.scrollTo({ top: 14 * 48 }));
    // Nothing begins there: whoever looks at the afternoon goes on doing so.
    expect(await first()).toBeGreaterThan(8 * HOUR_PX);
    await page.getByRole('button', { name: 'Next day' }).click();
    await page.getByRole('button', { name: /^Flight/ }).waitFor();
    await expect.poll(first).toBe(Math.floor((4 + 10 / 60) * HOUR_PX - 10));
    await page.getByRole('button', { name: 'Next day' }).click();
    await expect.poll(first).toBe(2.5 * HOUR_PX - 10);
  });

  test('a phone lists the days of a week, and adds there too', async () => {
    const person = await planner.person();
    const phone = await browser.scene.newContext({
      ...zone,
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await remind(planner.db, person.id, 'Take the bread out');
    const page = await openThere(person, phone);
    await day(page, there)
      .getByRole('button', { name: /^New event, / })
      .tap();
    await page.keyboard.type('A walk along the river with everybody who wants to come');
    await checkState(page, 'calendar-phone-new');
    await form(page).getByRole('button', { name: 'Add', exact: true }).tap();
    const walk = day(page, there).getByRole('button', { name: /^A walk along the river/ });
    await walk.waitFor();
    await said(page)
      .getByText(/^Added: A walk/)
      .waitFor();
    const hidden = await walk
      .locator('.agenda-title')
      .evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(hidden).toBe(0);
    await checkState(page, 'calendar-phone-agenda');
    // The hours of a day take a finger as well.
    await page.getByTitle('Show this day').first().tap();
    const shown = await page.locator('[data-day]').getAttribute('data-day');
    await page.locator('[data-day]').tap({ position: { x: 60, y: 11 * HOUR_PX + 4 } });
    expect(await form(page).getByLabel('From').inputValue()).toBe('11:00');
    expect(await form(page).getByLabel('Day', { exact: true }).inputValue()).toBe(shown);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Today', exact: true }).tap();
    await page.getByRole('button', { name: /^Reminder, \d\d:\d\d: Take the bread out/ }).tap();
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).tap();
    await said(page).getByText('Done: Take the bread out').waitFor();
    await phone.close();
  });
});
