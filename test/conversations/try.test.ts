import { beforeAll, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { startProduct, type Product } from '../support/product.ts';
import { person } from './with-rest.ts';
let product: Product;
beforeAll(async () => { product = await startProduct(); });
test('try', async () => {
  const groups = readFileSync('/tmp/try.txt', 'utf8').split('\n---\n');
  const out: string[] = [];
  try {
  for (const group of groups) {
    out.push('=== new person');
    const { me, event } = await person(product.url);
    for (const line of group.split('\n').filter(Boolean)) {
      if (line.startsWith('EVENT ')) {
        const [start, end, ...title] = line.slice(6).split(' ');
        await event(title.join(' '), start!, end!);
        continue;
      }
      const heard: any = await me.say(line).catch((e: unknown) => e);
      const r = heard.result;
      out.push('> ' + line + '\n' + (r ? `[${r.action} ${r.status} ${r.error_code ?? ''}] ${r.reply}${r.clarification ? '\n   ? ' + r.clarification.choices.map((c: any) => c.label).join(' | ') : ''}` : String(heard)));
    }
  }
  } finally { console.log(out.join('\n')); }
}, 200000);
