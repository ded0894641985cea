import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Card } from '../../contracts/result.ts';
import { chromiumPath } from '../support/chromium.ts';
import { checkState, line, today, useBrowser } from './browser-scene.ts';
import { dayFrom, remind, usePlanner, type Person } from './planner-scene.ts';
import { storyCards, tellCards } from './story-cards.ts';

const card = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const answered = z.object({ turn_id: z.string(), session_id: z.string() });
const LOOKS = [
  ['light', 1360],
  ['dark', 1360],
  ['light', 390],
  ['dark', 390],
] as const;

describe.skipIf(chromiumPath() === undefined)('cards of a planner', () => {
  const zone = { timezoneId: 'UTC', locale: 'en-GB', bypassCSP: true };
  // All of a conversation is in sight; what is not would not be on the page.
  const browser = useBrowser({ ...zone, viewport: { width: 1360, height: 5_600 } });
  const planner = usePlanner();

  async function open(person: Person, hash = '', context: BrowserContext = browser.context): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${planner.product.url}/?name=${person.name}${hash}`);
    return page;
  }
  const ask = async (person: Person, query: string, sessionId?: string) => {
    const body = { query, timezone: 'UTC', ...(sessionId !== undefined && { session_id: sessionId }) };
    return await person.rest.call({ method: 'POST', path: '/agent/query', body, schema: answered });
  };
  /** A conversation whose turns were answered with these cards, one each. */
  async function conversation(
    person: Person,
    turns: number,
    cardsOf: (said: { sessionId: string; turnId: string }) => readonly Card[],
  ): Promise<string> {
    const first = await ask(person, 'hello');
    const ids = [first.turn_id];
    while (ids.length < turns) ids.push((await ask(person, 'hello', first.session_id)).turn_id);
    const cards = cardsOf({ sessionId: first.session_id, turnId: first.turn_id });
    for (const [index, card] of cards.entries()) await tellCards(planner.db, ids[index] ?? '', [card]);
    return `#${first.session_id}`;
  }
  async function story(person: Person): Promise<string> {
    const { rest } = person;
    const date = dayFrom(0);
    const made = async (title: string, from: string, to: string, location?: string) => {
      const { item } = await rest.createEvent({
        title,
        start: `${date}T${from}:00Z`,
        end: `${date}T${to}:00Z`,
        ...(location !== undefined && { location }),
      });
      if (!item) throw new Error('No event was made');
      return item;
    };
    const events = [
      await made('Standup', '09:00', '09:30'),
      await made('Dentist', '15:00', '16:00', 'Lindengasse <i>4</i>'),
      await made('Call Anna', '15:30', '16:30'),
      await made('Football', '19:00', '20:30'),
    ];
    await ask(person, 'add study physics tomorrow');
    await ask(person, 'add write the report');
    await ask(person, 'draft an email to Professor Lang about my physics exam');
    const [{ items: tasks }, { items: drafts }] = await Promise.all([rest.tasks(), rest.drafts()]);
    await remind(planner.db, person.id, 'Take the bread out of the oven');
    const { items: reminders } = await rest.reminders();
    const contact = { id: events[0]?.id ?? '', name: 'Professor Lang', address: null, version: 1 };
    const [draft] = drafts;
    if (!draft) throw new Error('No draft was written');
    return await conversation(person, 12, (said) =>
      storyCards({
        events,
        tasks: tasks.toReversed(),
        reminders,
        draft,
        contact: { ...contact, created_at: draft.created_at },
        ...said,
      }),
    );
  }

  test('several questions of one message have buttons of their own', async () => {
    const person = await planner.person();
    await ask(person, 'add write the report');
    const { session_id: id } = await ask(
      person,
      `add a meeting with Kim on ${dayFrom(3)} and plan next week`,
    );
    const page = await open(person, `#${id}`);
    const [hours, plan] = [/^At what time/, /^Shall I put/].map((name) => page.getByRole('group', { name }));
    await plan?.getByRole('button', { name: 'Yes, put it in my calendar' }).waitFor();
    expect(await hours?.getByRole('button').first().getAttribute('aria-keyshortcuts')).toBe('1');
    expect(await plan?.getByRole('button').first().getAttribute('aria-keyshortcuts')).toBeNull();
    await page.getByText('Shall I put', { exact: false }).last().waitFor();
    await plan?.getByRole('button', { name: 'Yes, put it in my calendar' }).click();
    await page.getByText('Planned 1 task in 1 block.').first().waitFor();
    // The other one is open still, and waits above the line.
    await page
      .getByRole('group', { name: 'Still open' })
      .getByText(/^At what time/)
      .waitFor();
    await page.close();
  });

  test('an event is moved, renamed and deleted in place, and each can be taken back', async () => {
    const person = await planner.person();
    const date = dayFrom(0);
    const { item: event } = await person.rest.createEvent({
      title: 'Dentist',
      start: `${date}T15:00:00Z`,
      end: `${date}T16:00:00Z`,
    });
    if (!event) throw new Error('No event was made');
    const told: Card = { kind: 'event', data: { event, change: 'created', beside: [] } };
    const page = await open(person, await conversation(person, 1, () => [told]));
    const dentist = card(page, 'Event: Dentist');
    await dentist.getByText('today, 15:00 – 16:00').waitFor();
    await today(page)
      .getByRole('button', { name: /Dentist/ })
      .waitFor();

    await dentist.getByRole('button', { name: '30 min later' }).click();
    await dentist.getByText('today, 15:30 – 16:30').waitFor();
    await today(page).getByText('15:30 – 16:30').waitFor();
    await today(page).getByText('Moved: Dentist').waitFor();
    expect((await person.rest.event(event.id)).start).toMatch(/T15:30:00/);
    await today(page).getByRole('button', { name: 'Undo' }).click();
    await dentist.getByText('today, 15:00 – 16:00').waitFor();
    expect((await person.rest.event(event.id)).start).toMatch(/T15:00:00/);

    await dentist.getByTitle('Rename').click();
    await page.keyboard.type('Dentist at last');
    await page.keyboard.press('Enter');
    const renamed = card(page, 'Event: Dentist at last');
    await renamed.waitFor();
    // Another event at that time is told about at once.
    await person.rest.createEvent({
      title: 'Call Anna',
      start: `${date}T15:30:00Z`,
      end: `${date}T16:30:00Z`,
    });
    await renamed.getByText('Overlaps with “Call Anna”, 15:30 – 16:30').waitFor();
    await checkState(page, 'event-card');

    await renamed.getByRole('button', { name: 'Delete' }).click();
    await renamed.getByText('Deleted', { exact: true }).waitFor();
    expect(await renamed.getByRole('button').count()).toBe(0);
    await today(page).getByText('Deleted: Dentist at last').waitFor();
    await today(page).getByRole('button', { name: 'Undo' }).click();
    await renamed.getByRole('button', { name: 'Delete' }).waitFor();
    expect((await person.rest.event(event.id)).title).toBe('Dentist at last');
  });

  test('are drawn each as what it is, in light and dark and on a phone', { timeout: 90_000 }, async () => {
    const person = await planner.person();
    const hash = await story(person);
    for (const [colorScheme, width] of LOOKS) {
      const context = await browser.scene.newContext({
        ...zone,
        colorScheme,
        // All of it is in sight, and looked at.
        viewport: { width, height: width < 500 ? 7_000 : 5_600 },
      });
      const page = await open(person, hash, context);
      await card(page, 'Your day').waitFor();
      await card(page, 'Plan: A plan for your week').waitFor();
      await card(page, 'Contact: Professor Lang').waitFor();
      await card(page, 'Event: Dentist').getByText('Lindengasse <i>4</i>').waitFor();
      expect(await page.locator('.card i, .card b:not(.email-sending b)').count()).toBe(0);
      await checkState(page, `cards-${colorScheme}-${width}`);
      await context.close();
    }
  });

  test('a plan says what moves from where to where, and why', async () => {
    const person = await planner.person();
    const page = await open(person, await story(person));
    const plan = card(page, 'Plan: A plan for your week');
    const row = plan.getByRole('listitem').filter({ hasText: 'makes room for the dentist' });
    expect(await row.textContent()).toMatch(/was .*09:00 – 11:00.*11:00 – 13:00/);
    await plan.getByText('no 4 hours in one piece before its date').waitFor();
    expect(await plan.locator('svg line').count()).toBe(1);
  });

  test('what was found opens: a task in place, an event in the calendar, words where they were said', async () => {
    const person = await planner.person();
    const page = await open(person, await story(person));
    const found = card(page, 'Found for physics dentist');
    await found.getByRole('button', { name: /^Task: study physics/i }).click();
    const tick = found.getByRole('checkbox', { name: /study physics/i });
    await tick.click();
    await found.getByRole('button', { name: /^Done task: study physics/i }).waitFor();
    await tick.click();
    await found.getByRole('button', { name: /^Task: study physics/i }).waitFor();
    await found.getByRole('button', { name: /^Email: / }).click();
    await found.getByRole('region', { name: /^Email draft: / }).waitFor();
    await found.getByRole('button', { name: /^Event: / }).click();
    await page.getByRole('dialog', { name: 'Event: Dentist' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the conversation' }).click();
    await line(page).waitFor();
    await found.getByRole('button', { name: /^Said: / }).click();
    await page.locator('.turn-place.reached').waitFor();
  });

  test('a reminder is put off or done, and an email on its way shows the time that is left', async () => {
    const person = await planner.person();
    const page = await open(person, await story(person));
    const reminder = card(page, 'Reminder: Take the bread out of the oven');
    // In its place of the day too.
    const inDay = today(page).getByRole('button', { name: /Take the bread out of the oven/ });
    await inDay.click();
    await checkState(page, 'today-reminder');
    await today(page).getByRole('button', { name: 'Remind me later: 10 min' }).click();
    await expect
      .poll(async () => (await person.rest.reminders()).items.map(({ status }) => status))
      .toEqual(['scheduled']);
    await reminder.getByRole('button', { name: 'Remind me later: Tomorrow' }).click();
    await reminder.getByText('tomorrow, 09:00').waitFor();
    await reminder.getByRole('button', { name: 'Done' }).click();
    await reminder.getByText('done', { exact: true }).waitFor();
    await expect
      .poll(async () => (await person.rest.reminders()).items.map(({ status }) => status))
      .toEqual(['done']);

    const { items: drafts } = await person.rest.drafts();
    await planner
      .db('drafts')
      .where({ id: drafts[0]?.id })
      .update({ status: 'sending', send_at: new Date(Date.now() + 3_600_000), addresses: ['l@u.example'] });
    await page.reload();
    const email = card(page, /^Email on its way: /).last();
    await email.getByText(/^Goes out in \d+ s$/).waitFor();
    await email.getByRole('button', { name: 'Stop' }).waitFor();
    await planner.db('drafts').where({ id: drafts[0]?.id }).update({ status: 'sent', sent_at: new Date() });
    await page.reload();
    await card(page, /^Sent email: /)
      .last()
      .getByText(/Sent today, /)
      .waitFor();
  });
});
