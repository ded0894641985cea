import { join } from 'node:path';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
  type WebSocketRoute,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { z } from 'zod';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ target: z.array(z.unknown()) })),
  }),
);
const SCREENSHOTS = join(import.meta.dirname, '../../coverage/screenshots');

export const line = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const welcome = (page: Page): Locator => page.getByRole('heading', { name: 'What’s on your mind?' });
export const today = (page: Page): Locator => page.getByRole('complementary', { name: 'Today' });
export const lastTurn = (page: Page): Locator => page.getByRole('article').last();
export const undoButton = (page: Page): Locator => page.getByRole('button', { name: /^Undo: / });

export async function say(page: Page, text: string): Promise<void> {
  await line(page).fill(text);
  await line(page).press('Enter');
}

/** A picture to be looked at, with `PULSEPLAN_SCREENSHOTS=1`; to take all of them costs a run half a minute. */
export async function shot(page: Page, name: string): Promise<void> {
  if (process.env['PULSEPLAN_SCREENSHOTS'] !== undefined)
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** @throws where axe finds a serious fault on the page as it is; `state` says which one that is */
export async function checkAccess(page: Page, state: string): Promise<void> {
  await page.evaluate(AXE);
  const found: unknown = await page.evaluate(FAULTS);
  const serious = violations
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect({ state, serious }).toEqual({ state, serious: [] });
}

/** Letters of the very colour behind them are to axe perhaps not meant to be seen; here there are none of these. */
const FAULTS = `axe.run(document).then(({ violations, incomplete }) => [
  ...violations,
  ...incomplete
    .map((one) => ({
      ...one,
      nodes: one.nodes.filter(({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio')),
    }))
    .filter(({ nodes }) => nodes.length > 0),
])`;

/** A state of the page that nothing sticks out of, that everybody can use, and a picture of it. */
export async function checkState(page: Page, state: string): Promise<void> {
  // Some parts follow another width by React, a moment after the browser has laid out the rest.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
      message: `what sticks out of ${state}`,
    })
    .toBe(0);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState === 'finished'),
  );
  await checkAccess(page, state);
  await shot(page, state);
}

/** WebSockets that the test can cut, and keep from coming back. */
export async function breakableLines(context: BrowserContext): Promise<{ cut(): void; mend(): void }> {
  const open = new Set<WebSocketRoute>();
  let isDown = false;
  await context.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isDown) return void socket.close();
    open.add(socket);
    socket.connectToServer();
  });
  return {
    cut: () => {
      isDown = true;
      for (const socket of open) void socket.close();
      open.clear();
    },
    mend: () => void (isDown = false),
  };
}

let launched: Promise<Browser> | undefined;

/** One for all files of the process, with which it ends; what each does stays in contexts of its own. */
const theBrowser = (): Promise<Browser> =>
  (launched ??= chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS }));

/** A file's part of the Chromium; what goes wrong on any of its pages is noted and fails the test at its end. */
export class BrowserScene {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  readonly #faults: { text: string; url: string }[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<BrowserScene> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    return new BrowserScene(await theBrowser());
  }

  /** A browser of its own: its own storage, and every fault on the page noted. */
  async newContext(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const fresh = await this.#browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
    this.#contexts.push(fresh);
    fresh.setDefaultTimeout(15_000);
    fresh.on('weberror', (error) => this.#faults.push({ text: error.error().message, url: '' }));
    fresh.on('console', (message) => {
      if (message.type() === 'error')
        this.#faults.push({ text: message.text(), url: message.location().url });
    });
    return fresh;
  }

  /**
   * @param foreign the start of addresses whose faults are not ours
   * @throws with everything that went wrong since the last look
   */
  checkFaults(foreign?: string): void {
    const faults = this.#faults
      .splice(0)
      .filter(({ url }) => foreign === undefined || !url.startsWith(foreign))
      .map(({ text }) => text);
    if (faults.length > 0) throw new Error(`Faults on the page: ${faults.join('; ')}`);
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** What a file's tests have of their browser; `context` is another one in each test. */
export interface TestBrowser {
  readonly scene: BrowserScene;
  readonly context: BrowserContext;
}

/** A Chromium for the tests of a block and a fresh context for each; a fault on a page fails its test. */
export function useBrowser(options: Parameters<BrowserScene['newContext']>[0] = {}): TestBrowser {
  let scene: BrowserScene | undefined;
  let context: BrowserContext | undefined;
  beforeAll(async () => {
    scene = await BrowserScene.open();
  }, 120_000);
  afterAll(() => scene?.close());
  beforeEach(async () => {
    context = await scene?.newContext(options);
  });
  afterEach(async () => {
    await context?.close();
    scene?.checkFaults();
  });
  return {
    get scene() {
      if (!scene) throw new Error('The browser is not open yet');
      return scene;
    },
    get context() {
      if (!context) throw new Error('A context is open during a test only');
      return context;
    },
  };
}
