import { readFileSync } from 'node:fs';
import { beforeAll, it } from 'vitest';
import { startProduct } from '../support/product.ts';
import { talk } from './talk.ts';
let url: string;
beforeAll(async () => { ({ url } = await startProduct()); });
it('tries', { timeout: 250_000 }, async () => {
  for (const block of readFileSync('/tmp/try.txt', 'utf8').split('\n---\n')) {
    const me = await talk(url);
    console.log('=================');
    for (const line of block.split('\n').filter(Boolean)) {
      try {
      const h = await me.say(line);
      console.log(`> ${line}\n   [${h.result.status} ${h.result.acts.map((a) => a.action).join(',')}] ${h.result.reply.replace(/\n/g, '\n   ')}${h.result.clarification ? `\n   {${h.result.clarification.choices.map((c) => c.label).join(' | ')}}` : ''}`);
      } catch (e) { console.log(`> ${line}  THREW ${String(e)}`); }
    }
  }
});
