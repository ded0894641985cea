import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkState, BrowserScene, lastTurn, say, undoButton, welcome } from './browser-scene.ts';
import { remind, usePlanner, type Person } from './planner-scene.ts';

/** How long an answer may take before the film is torn. */
const ANSWER_MS = 40_000;
/** Each picture is taken in all of them. */
const LOOKS = [
  { name: 'light', colorScheme: 'light', width: 1360, height: 860 },
  { name: 'dark', colorScheme: 'dark', width: 1360, height: 860 },
  { name: 'phone', colorScheme: 'light', width: 390, height: 844 },
] as const;

const card = (page: Page): Locator => lastTurn(page).locator('.card').first();
const choice = (page: Page, name: RegExp): Locator => lastTurn(page).getByRole('button', { name });

describe('ten scenarios on the chat page', () => {
  const planner = usePlanner();
  let scene: BrowserScene;
  let context: BrowserContext;
  beforeAll(async () => {
    scene = await BrowserScene.open();
    context = await scene.newContext({
      reducedMotion: 'reduce',
      timezoneId: 'UTC',
      locale: 'en-GB',
      bypassCSP: true,
    });
    context.setDefaultTimeout(ANSWER_MS);
  }, 120_000);
  afterAll(() => scene?.close());

  /** One scenario of one person; `step` says something, waits until it is answered, and takes a picture. */
  function play(
    name: string,
    scenario: (told: {
      page: Page;
      person: Person;
      step(words: string, picture?: string): Promise<void>;
      press(button: Locator, picture?: string): Promise<void>;
      picture(of: string): Promise<void>;
    }) => Promise<void>,
  ): void {
    test(`the scenario ${name}`, { timeout: 400_000 }, async () => {
      const person = await planner.person();
      await person.rest.putSettings({ timezone: 'UTC' });
      const page = await context.newPage();
      await page.goto(`${planner.product.url}/?name=${person.name}`);
      await welcome(page).waitFor();
      const settled = async (before: number): Promise<void> => {
        await expect.poll(() => turnsSaid(page), { timeout: ANSWER_MS }).toBeGreaterThan(before);
        await expect
          .poll(() => lastTurn(page).getAttribute('class'), { timeout: ANSWER_MS })
          .toMatch(/phase-(?!sending|queued|running)/);
      };
      const picture = async (of: string): Promise<void> => {
        for (const { name: look, colorScheme, width, height } of LOOKS) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height });
          // What hangs on the width is drawn anew first.
          await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
          await checkState(page, `film/${name}-${of}-${look}`);
        }
        const [usual] = LOOKS;
        await page.setViewportSize(usual);
      };
      const after = async (what: () => Promise<void>, of?: string): Promise<void> => {
        const before = await turnsSaid(page);
        await what();
        await settled(before);
        if (of !== undefined) await picture(of);
      };
      await scenario({
        page,
        person,
        picture,
        step: (words, of) => after(() => say(page, words), of),
        press: (button, of) => after(() => button.click(), of),
      });
      await page.close();
      scene.checkFaults();
    });
  }

  /** The number of the last turn on the page, wherever the conversation is scrolled to. */
  const turnsSaid = (page: Page): Promise<number> =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.turn-place')].reduce(
        (last, { dataset }) => Math.max(last, Number(dataset['index']) + 1),
        0,
      ),
    );

  play('01-missing', async ({ picture, step }) => {
    await picture('welcome');
    await step('create a task to study', 'asked');
    await step('physics', 'answered');
    await step('actually by friday at 4pm, high priority', 'corrected');
  });

  play('02-several', async ({ step, press, page }) => {
    await step('buy milk by friday, and team meeting on monday at 10 for an hour', 'both');
    await step('dentist on monday at 10:30', 'conflict');
    await press(choice(page, /11:00/).first(), 'chosen');
  });

  play('03-series', async ({ step, press, page }) => {
    await step('standup every weekday at 9:15 for 15 minutes', 'made');
    await step('move the standup to 10', 'asked');
    await press(choice(page, /Only this one/), 'this');
    await step('move the standup to 9:30 from wednesday on', 'following');
    await step('cancel all standups', 'confirm');
    await press(choice(page, /Yes/), 'cancelled');
  });

  play('04-batch', async ({ step, press, page, picture }) => {
    for (const title of ['pay the rent', 'call the bank', 'water the plants', 'wash the car'])
      await step(`add ${title} for tomorrow`);
    await step('move everything due tomorrow to friday', 'confirm');
    await press(choice(page, /Yes/), 'done');
    await undoButton(page).last().click();
    await page.getByText('Taken back', { exact: true }).waitFor();
    await picture('undone');
  });

  play('05-plan', async ({ step, press, page, person }) => {
    for (const [title, minutes] of [
      ['Write the report', 180],
      ['Study physics', 120],
      ['Tidy the desk', 30],
    ] as const)
      await person.rest.call({
        method: 'POST',
        path: '/tasks',
        body: { title, duration_minutes: minutes, priority: minutes > 100 ? 'high' : 'medium' },
        schema: z.unknown(),
      });
    await step('find an hour for the gym next week', 'free-times');
    await press(choice(page, /:/).first(), 'picked');
    await step('plan next week', 'preview');
    await press(choice(page, /^\d?\s*(?:Yes|Put|Keep|Commit)/).first(), 'committed');
  });

  play('06-briefing', async ({ step, person }) => {
    await fillDay(person);
    await step('what does my day look like?', 'day');
    await step('and next week?', 'week');
  });

  play('07-search', async ({ step }) => {
    await step('add call the dentist about the bill');
    await step('add buy a gift for the dentist');
    await step('dentist on tuesday at 3pm');
    await step('find everything about the dentist', 'found');
    await step('complete the second', 'completed');
  });

  play('08-email', async ({ step, press, page, person, picture }) => {
    await person.rest.call({
      method: 'POST',
      path: '/contacts',
      body: { name: 'Ann', address: 'ann@example.com' },
      schema: z.unknown(),
    });
    await step('draft an email to Ann about the rent', 'draft');
    await card(page).getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Subject', exact: true }).fill('The rent for December');
    await picture('edit');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await card(page).getByRole('heading', { name: 'The rent for December' }).waitFor();
    await press(card(page).getByRole('button', { name: 'Send', exact: true }), 'confirm');
    await press(choice(page, /Send it/), 'sending');
    await lastTurn(page).getByRole('button', { name: 'Stop sending' }).click();
    await card(page).getByRole('button', { name: 'Edit' }).waitFor();
    await picture('stopped');
  });

  play('09-reminder', async ({ step, page, person, picture }) => {
    await step('remind me in 20 minutes to take the bread out', 'set');
    await remind(planner.db, person.id, 'Call mum');
    await remind(planner.db, person.id, 'Take out the bins');
    await page.reload();
    const news = page.getByRole('list', { name: 'News' });
    await news.getByText('Call mum').waitFor();
    await picture('due');
    await news.getByRole('button', { name: 'Remind me later: 1 h' }).first().click();
    await expect.poll(() => news.getByRole('listitem').count()).toBe(1);
    await picture('snoozed');
    await news.getByRole('button', { name: 'Done' }).first().click();
    await expect.poll(() => news.count()).toBe(0);
    await picture('done');
  });

  play('10-why', async ({ step }) => {
    await step('finish the report by friday');
    await step('move the report to monday', 'moved');
    await step('why did you move the report?', 'why');
    await step('undo', 'undone');
    await step('redo', 'redone');
  });
});

/** A day with something in every part of it. */
async function fillDay({ rest }: Person): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const at = (time: string): string => `${day}T${time}:00Z`;
  for (const [title, from, to] of [
    ['Standup', '09:00', '09:15'],
    ['Dentist', '11:00', '12:00'],
    ['Call Anna', '11:30', '12:15'],
    ['Team dinner', '22:45', '23:30'],
  ] as const)
    await rest.createEvent({ title, start: at(from), end: at(to) });
  const task = (title: string, due_date: string, priority = 'medium') =>
    rest.call({ method: 'POST', path: '/tasks', body: { title, due_date, priority }, schema: z.unknown() });
  await task('Pay the rent', day, 'high');
  await task('Send the invoice', new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
}
