import { describe, expect, test } from 'vitest';
import { foldText } from '../../workers/nlu/text.ts';
import { parseText } from './understand.ts';

describe('slips of fast thumbs', () => {
  test.each([
    ['remidn me tomorrow at 4pm to pick up the kids', 'set_reminder', 'pick up the kids'],
    ['reminde me to call Ann at 5', 'set_reminder', 'call Ann'],
    ['remnd me to take the bins out at 7', 'set_reminder', 'take the bins out'],
    ['Remid me to take the bins out', 'set_reminder', 'take the bins out'],
    ['please rmind me at 7 to take the bins out', 'set_reminder', 'take the bins out'],
    ['reminf me to take the bins out', 'set_reminder', 'take the bins out'],
    ['reemind me to take the bins out', 'set_reminder', 'take the bins out'],
  ])('%s', async (text, action, title) => {
    const { act, values } = await parseText(text);
    expect([act.action, values.title]).toEqual([action, title]);
  });

  test.each(['acutally at 5', 'shcedule a call', 'reminde me', 'tomrorow'])(
    '%s keeps its length, so that spans stay right',
    (text) => expect(foldText(text)).toHaveLength(text.length),
  );
});

describe('hours that are said without their half of the day', () => {
  test.each([
    ['i start work at 8', { start: '08:00' }],
    ['quiet hours from 10 to 7', { start: '22:00', end: '07:00' }],
    ['quiet hours from 22:00 to 08:00', { start: '22:00', end: '08:00' }],
    ["don't disturb me between 12 and 2", { start: '12:00', end: '14:00' }],
  ])('%s', async (text, hours) => {
    const { values } = await parseText(text);
    expect(values.preference?.value).toEqual(hours);
  });
});

describe('what is due already is no new date', () => {
  test.each([
    'everything due this week should be high priority',
    'make everything due this week high priority',
  ])('%s', async (text) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('update_task');
    expect(values).toMatchObject({ priority: 'high' });
    expect(values.due_date).toBeUndefined();
    expect(act.params?.where?.date_range).toBeDefined();
  });

  test('a new date stays one', async () => {
    const { act, values } = await parseText('move everything due today to monday');
    expect(values.due_date).toBeDefined();
    expect(act.params?.where?.date_range).toBeDefined();
  });
});
