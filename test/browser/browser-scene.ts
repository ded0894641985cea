import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';

const SCREENSHOTS = join(import.meta.dirname, '../../coverage/screenshots');

export const line = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const lastTurn = (page: Page): Locator => page.getByRole('article').last();
export const undoButton = (page: Page): Locator => page.getByRole('button', { name: /^Undo: / });

export async function say(page: Page, text: string): Promise<void> {
  await line(page).fill(text);
  await line(page).press('Enter');
}

export const shot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });

/** One Chromium; what goes wrong on any of its pages is noted and fails the test at its end. */
export class BrowserScene {
  readonly #browser: Browser;
  readonly #faults: { text: string; url: string }[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(): Promise<BrowserScene> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    return new BrowserScene(await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS }));
  }

  /** A browser of its own: its own storage, and every fault on the page noted. */
  async newContext(options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
    const fresh = await this.#browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
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
    await this.#browser.close();
  }
}
