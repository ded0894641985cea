/**
 * `npm run film`: plays ten scenarios on the chat page in a browser, in light, dark and on a phone, and puts a picture of
 * every step into coverage/screenshots/film. Each step is looked at by axe, and for whatever sticks out of the page.
 */
import { startVitest } from 'vitest/node';
import { ensureChromium } from './chromium.mjs';

await ensureChromium();
const vitest = await startVitest('test', [], {
  run: true,
  watch: false,
  include: ['test/browser/*.film.ts'],
});
await vitest.close();
