import { beforeAll, describe, expect, it } from 'vitest';
import { addEvent, calendar } from '../conversations/calendar-of.ts';
import { talk, type Talk } from '../conversations/talk.ts';
import { startProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

async function withThursday(): Promise<Talk> {
  const me = await talk(url);
  await addEvent(me, 'lunch with Sue', '2026-11-19T12:00', '2026-11-19T13:00');
  await addEvent(me, 'dentist', '2026-11-19T15:00', '2026-11-19T16:00');
  return me;
}

describe('a batch of events that moves', () => {
  it('names what it would overlap in the question and after it, and is not held up', async () => {
    const me = await withThursday();
    await addEvent(me, 'budget review', '2026-11-23T15:30', '2026-11-23T16:30');
    const asked = await me.say('move all my events from tomorrow to monday');
    asked.asks({
      slot: 'target',
      kind: 'confirm',
      words: /Change 2 events\?[^]*"dentist" overlaps "budget review" \(15:30 to 16:30\)\./,
    });
    expect(asked.question.question).not.toMatch(/"lunch with Sue" overlaps/);
    const moved = await me.say('yes');
    moved.says(/Changed 2 events:[^]*"dentist" overlaps "budget review" \(15:30 to 16:30\)\./);
    expect(await calendar(me)).toEqual([
      'lunch with Sue 11-23T12:00–13:00',
      'dentist 11-23T15:00–16:00',
      'budget review 11-23T15:30–16:30',
    ]);
    await me.say('undo');
    expect(await calendar(me)).toEqual([
      'lunch with Sue 11-19T12:00–13:00',
      'dentist 11-19T15:00–16:00',
      'budget review 11-23T15:30–16:30',
    ]);
  });

  it('is not in its own way, and says nothing where all is free', async () => {
    const me = await withThursday();
    await me.say('move all my events from tomorrow to 3 hours later');
    const { result } = await me.say('yes');
    expect(result.reply).not.toMatch(/overlap/);
  });

  it('says where two of it meet', async () => {
    const me = await withThursday();
    await me.say('move all my events from tomorrow to monday at 10am');
    (await me.say('yes')).says(/"lunch with Sue" overlaps "dentist" \(10:00 to 11:00\)\./);
  });

  it('sees what another device has put there since the question', async () => {
    const me = await withThursday();
    (await me.say('move all my events from tomorrow to monday')).asks({ slot: 'target', kind: 'confirm' });
    await addEvent(me, 'fire drill', '2026-11-23T12:30', '2026-11-23T12:45');
    (await me.say('yes')).says(/"lunch with Sue" overlaps "fire drill" \(12:30 to 12:45\)\./);
  });
});
