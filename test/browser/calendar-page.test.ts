import type { BrowserContext, Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, line, useBrowser, welcome } from './browser-scene.ts';
import { dayFrom, usePlanner, type Person } from './planner-scene.ts';

/** For what goes to the server and back. */
const LONG = { timeout: 10_000 };
const heading = (page: Page) => page.getByRole('heading', { name: 'Calendar', level: 1 });
const day = (page: Page, date: string) => page.locator(`[data-day="${date}"]`);
const details = (page: Page, title: string) => page.getByRole('dialog', { name: `Event: ${title}` });
/** A change by hand has closed its details: nothing covers what is said about it, and the focus is at the event. */
async function expectClosed(page: Page, said: string, focused: Locator): Promise<void> {
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('status').getByText(said).waitFor();
  // Playwright presses only what it can reach.
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click({ trial: true });
  await expect.poll(() => focused.evaluate((element) => element === document.activeElement)).toBe(true);
}

/** Monday of the week that is shown first. */
const monday = ((): string => {
  const now = new Date();
  return dayFrom(-((now.getUTCDay() + 6) % 7), now);
})();
const inWeek = (days: number): string => dayFrom(days, new Date(`${monday}T12:00:00Z`));

/** All of its words can be read where it stands. */
async function expectWhole(button: Locator): Promise<void> {
  const [width, hidden] = await button.evaluate((element) => {
    const title = element.querySelector('.agenda-title');
    return [title?.clientWidth ?? 0, (title?.scrollWidth ?? 0) - (title?.clientWidth ?? 0)];
  });
  expect(width).toBeGreaterThan(200);
  expect(hidden).toBe(0);
}

describe.skipIf(chromiumPath() === undefined)('the calendar', () => {
  const browser = useBrowser({ timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true });
  const planner = usePlanner();

  async function open({ name }: Person, context: BrowserContext = browser.context): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${planner.product.url}/calendar?name=${name}`);
    await heading(page).waitFor();
    return page;
  }
  /** A series on three days of each week, two events that overlap, and whole days. */
  async function fill({ rest }: Person): Promise<void> {
    const at = (date: string, time: string): string => `${date}T${time}:00Z`;
    await rest.createEvent({
      title: 'Standup',
      start: at(inWeek(0), '09:00'),
      end: at(inWeek(0), '09:30'),
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,WE,FR',
    });
    await rest.createEvent({ title: 'Dentist', start: at(inWeek(1), '15:00'), end: at(inWeek(1), '16:00') });
    await rest.createEvent({
      title: 'Call Anna',
      start: at(inWeek(1), '15:30'),
      end: at(inWeek(1), '16:30'),
    });
    await rest.createEvent({
      title: 'Trip <b>north</b>',
      start: at(inWeek(3), '00:00'),
      end: at(inWeek(5), '00:00'),
      all_day: true,
    });
  }

  test('shows the days of a series, what overlaps side by side, and whole days on top', async () => {
    const person = await planner.person();
    await fill(person);
    const page = await open(person);
    const standup = page.getByRole('button', { name: /^Standup/ });
    await expect.poll(() => standup.count(), LONG).toBe(3);
    for (const [index, count] of [1, 0, 1, 0, 1, 0, 0].entries())
      expect(
        await day(page, inWeek(index))
          .getByRole('button', { name: /^Standup/ })
          .count(),
      ).toBe(count);
    const [one, other] = await Promise.all(
      ['Dentist', 'Call Anna'].map((title) =>
        day(page, inWeek(1))
          .getByRole('button', { name: new RegExp(`^${title}`) })
          .boundingBox(),
      ),
    );
    expect((one?.x ?? 0) + (one?.width ?? 0)).toBeLessThanOrEqual((other?.x ?? 0) + 1);
    // Words of a person are words, in whole days and everywhere.
    await expect.poll(() => page.getByRole('button', { name: 'Trip <b>north</b>' }).count()).toBe(2);
    expect(await page.locator('.grid b').count()).toBe(0);
    await checkState(page, 'calendar-week');

    await page.getByRole('button', { name: 'Next week' }).click();
    await day(page, inWeek(7))
      .getByRole('button', { name: /^Standup/ })
      .waitFor();
    await expect.poll(() => standup.count()).toBe(3);
    expect(await page.getByRole('button', { name: /^Dentist/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Today', exact: true }).click();
    await page.getByRole('button', { name: /^Dentist/ }).waitFor();
    // A week may begin on Sunday: on a Sunday it is the next one, otherwise the day before Monday.
    await person.rest.putSettings({ week_start: 'sunday' });
    const [first, past] =
      inWeek(6) === dayFrom(0, new Date()) ? [inWeek(6), inWeek(5)] : [inWeek(-1), inWeek(6)];
    await day(page, first).waitFor();
    expect(await day(page, past).count()).toBe(0);
  });

  test('opens an event by the keyboard, changes it, and takes the change back', async () => {
    const person = await planner.person();
    await fill(person);
    const page = await open(person);
    const dentist = page.getByRole('button', { name: /^Dentist/ });
    await dentist.focus();
    await page.keyboard.press('Enter');
    await details(page, 'Dentist').getByText('Overlaps with “Call Anna”, 15:30 – 16:30').waitFor();
    await checkState(page, 'calendar-event');

    await details(page, 'Dentist').getByRole('button', { name: 'Change time' }).click();
    await page.getByLabel('From').fill('11:00');
    await page.getByLabel('To', { exact: true }).fill('11:45');
    await page.keyboard.press('Enter');
    await expectClosed(page, 'Moved: Dentist', dentist);
    await page.keyboard.press('Enter');
    await details(page, 'Dentist')
      .getByText(/, 11:00 – 11:45/)
      .waitFor();
    expect(
      await details(page, 'Dentist')
        .getByText(/Overlaps/)
        .count(),
    ).toBe(0);
    await details(page, 'Dentist').getByTitle('Rename').click();
    await page.keyboard.type('Dentist, upper');
    // Escape leaves the field, then the details, and never the calendar.
    await page.keyboard.press('Escape');
    await details(page, 'Dentist').getByTitle('Rename').click();
    await page.keyboard.type('Dentist, upper left');
    await page.keyboard.press('Enter');
    await expectClosed(page, 'Renamed: Dentist, upper left', dentist);
    await page.getByRole('button', { name: /^Dentist, upper left\s*11:00 – 11:45/ }).click();
    await details(page, 'Dentist, upper left').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => details(page, 'Dentist, upper left').count()).toBe(0);
    await page.keyboard.press('Escape');
    await heading(page).waitFor();

    await page.getByRole('button', { name: /^Call Anna/ }).click();
    await details(page, 'Call Anna').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => page.getByRole('button', { name: /^Call Anna/ }).count()).toBe(0);
    await page.getByRole('status').getByText('Deleted: Call Anna').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: /^Call Anna/ }).waitFor();
    await page.getByRole('button', { name: 'Back to the conversation' }).click();
    await line(page).waitFor();
  });

  test('moves one day of a series, it and those behind it, or all, and calls one off', async () => {
    const person = await planner.person();
    await fill(person);
    const page = await open(person);
    const standup = (index: number) => day(page, inWeek(index)).getByRole('button', { name: /^Standup/ });
    const openDay = async (index: number, scope?: string): Promise<void> => {
      await standup(index).click();
      const scopes = details(page, 'Standup').getByRole('group', { name: 'What of Standup changes' });
      if (scope) await scopes.getByRole('radio', { name: scope }).check();
    };
    const times = (): Promise<(string | undefined)[]> =>
      Promise.all(
        [0, 2, 4].map(async (index) => /\d\d:\d\d/.exec((await standup(index).textContent()) ?? '')?.[0]),
      );
    await openDay(2);
    await checkState(page, 'calendar-series');
    await details(page, 'Standup').getByRole('button', { name: '30 min later' }).click();
    await expect.poll(times, LONG).toEqual(['09:00', '09:30', '09:00']);
    await expectClosed(page, 'Moved: Standup, this day only', standup(2));
    // From now on it goes by itself.
    await openDay(2);
    await details(page, 'Standup').getByRole('button', { name: '30 min later' }).click();
    await expect.poll(times, LONG).toEqual(['09:00', '10:00', '09:00']);
    await expectClosed(page, 'Moved: Standup', standup(2));

    await openDay(4, 'And following');
    await details(page, 'Standup').getByRole('button', { name: '30 min earlier' }).click();
    await expect.poll(times, LONG).toEqual(['09:00', '10:00', '08:30']);
    await expectClosed(page, 'Moved: Standup, this day and all following', standup(4));
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(times, LONG).toEqual(['09:00', '10:00', '09:00']);

    await openDay(0, 'All days');
    await details(page, 'Standup').getByRole('button', { name: '30 min later' }).click();
    await expect.poll(times, LONG).toEqual(['09:30', '10:00', '09:30']);
    await openDay(0);
    await details(page, 'Standup').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => standup(0).count()).toBe(0);
    // What comes next has its place, and with it the focus.
    await expectClosed(
      page,
      'Deleted: Standup, this day only',
      page.getByRole('button', { name: /^Dentist/ }),
    );
    expect(await standup(4).count()).toBe(1);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await standup(0).waitFor();
    const { items } = await person.rest.receipts({ limit: 3 });
    expect(items[1]?.summary).toMatch(/^Deleted "Standup" on Monday/);
  });

  test('shows times in the zone that was chosen, whatever the browser’s is', async () => {
    const person = await planner.person();
    const start = `${inWeek(1)}T15:00:00Z`;
    await person.rest.createEvent({ title: 'Dentist', start, end: `${inWeek(1)}T16:00:00Z` });
    const page = await open(person);
    await page.getByRole('button', { name: /^Dentist\s*15:00 – 16:00/ }).waitFor();
    await person.rest.putSettings({ timezone: 'Asia/Tokyo' });
    const moved = day(page, inWeek(2)).getByRole('button', { name: /^Dentist\s*00:00 – 01:00/ });
    await moved.click();
    await details(page, 'Dentist').getByRole('button', { name: 'Change time' }).click();
    await page.getByLabel('From').fill('09:00');
    await page.getByLabel('To', { exact: true }).fill('10:00');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Dentist\s*09:00 – 10:00/ }).waitFor();
    const stored = async (): Promise<number> =>
      Date.parse((await person.rest.events({ limit: 5 })).items[0]?.start ?? '');
    await expect.poll(stored, LONG).toBe(Date.parse(`${inWeek(2)}T00:00:00Z`));
  });

  test('is one day on a phone, and what is new elsewhere comes in', async () => {
    const person = await planner.person();
    const phone = await browser.scene.newContext({
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
      timezoneId: 'UTC',
      locale: 'en-GB',
      bypassCSP: true,
    });
    const page = await open(person, phone);
    await expect.poll(() => page.locator('[data-day]').count()).toBe(1);
    const today = dayFrom(0);
    await person.rest.createEvent({
      title: 'Coffee with Max',
      start: `${today}T10:00:00Z`,
      end: `${today}T11:00:00Z`,
    });
    await page.getByRole('button', { name: /^Coffee with Max/ }).waitFor();
    await checkState(page, 'calendar-phone-day');
    await page.getByRole('button', { name: 'Week', exact: true }).click();
    await expect.poll(() => page.locator('[data-day]').count()).toBe(7);
    await expectWhole(day(page, today).getByRole('button', { name: /^Coffee with Max/ }));
    await checkState(page, 'calendar-phone-week');
    await page.getByRole('button', { name: 'Back to the conversation' }).click();
    await welcome(page).waitFor();
    await page.getByRole('button', { name: /today/i }).click();
    await page.getByRole('dialog', { name: 'Today' }).getByText('Coffee with Max').waitFor();
    await checkState(page, 'today-phone');
    await phone.close();
  });
});
