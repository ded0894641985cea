import { describe, expect, test } from 'vitest';
import { plainText } from '../../workers/nlu/plain-text.ts';
import { parseText } from './understand.ts';

describe('letters in another dress', () => {
  test.each([
    ['ｂｕｙ ｍｉｌｋ ｔｏｍｏｒｒｏｗ', 'buy milk', '2026-11-24'],
    ['𝐛𝐮𝐲 𝐦𝐢𝐥𝐤 𝐭𝐨𝐦𝐨𝐫𝐫𝐨𝐰', 'buy milk', '2026-11-24'],
    ['𝒷𝓊𝓎 𝓂𝒾𝓁𝓀 𝓉ℴ𝓂ℴ𝓇𝓇ℴ𝓌', 'buy milk', '2026-11-24'],
    ['ﬁle the taxes tomorrow', 'file the taxes', '2026-11-24'],
    ['buy ② melons in ③ days', 'buy 2 melons', '2026-11-26'],
    ['buy milk in 3️⃣ days', 'buy milk', '2026-11-26'],
  ])('%s', async (text, title, due) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('create_task');
    expect(values).toEqual({ title, due_date: due });
    for (const { start, end, text: said } of act.entities) expect(text.slice(start, end)).toBe(said);
  });

  test.each(['½ cup', '20 m²', 'Nike™', '№ 5', '5 °C', 'İstanbul', 'Straße'])('%s stays', (text) => {
    expect(plainText(text).text).toBe(text);
  });
});

describe('what is not seen', () => {
  test.each([
    ['add buy\u200b milk\u200b tomorrow', 'buy milk'],
    ['add \u202ebuy milk\u202c tomorrow', 'buy milk'],
    ['add \u2066buy mi\u00adlk\u2069 tomorrow', 'buy milk'],
    ['\uFEFFadd buy milk tomor\u200drow', 'buy milk'],
    ['add buy \u0007milk tomorrow', 'buy milk'],
  ])('%j', async (text, title) => {
    const { values } = await parseText(text);
    expect(values).toEqual({ title, due_date: '2026-11-24' });
  });

  test.each(['cake for 👨‍👩‍👧', '❤️‍🔥 dance', 'می‌خواهم', '🏳️‍🌈 flag'])('joins what belongs together: %s', (text) => {
    expect(plainText(text).text).toBe(text);
  });
});
