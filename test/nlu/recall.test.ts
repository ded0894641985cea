import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDraft } from '../../workers/nlu/draft.ts';
import type { NluInput } from '../../workers/nlu/nlu-input.ts';
import { leansBack } from '../../workers/nlu/recall/back-reference.ts';
import { comingTimes } from '../../workers/nlu/recall/coming-times.ts';
import { inPlaceOf } from '../../workers/nlu/recall/in-place-of.ts';
import { lookedFor } from '../../workers/nlu/recall/looked-for.ts';
import { meantEarlier } from '../../workers/nlu/recall/meant.ts';
import { likeliest, type Remembered } from '../../workers/nlu/recall/remembered.ts';
import { sameAgain } from '../../workers/nlu/recall/same-again.ts';

const ZONE = 'Europe/Vienna';
const NOW = new Date('2026-11-25T10:00:00+01:00');
const TURN = '11111111-1111-4111-8111-111111111111';

const remembered = (
  action: Remembered['action'],
  slots: Remembered['slots'],
  at = '2026-11-18T09:00:00.000Z',
): Remembered => ({ turnId: TURN, at, action, slots, similarity: 0.5 });

describe('words that lean on something earlier', () => {
  it.each([
    ['the same for chemistry', 'same'],
    ['and the same for biology please', 'same'],
    ['do the same thing again next week', 'same'],
    ['same again on friday', 'same'],
    ['same as last week', 'same'],
    ['Same with Tom on Monday', 'same'],
    ['schedule the same meeting with Kim', 'same'],
    ['standup as last week', 'like'],
    ['lunch with Ann friday like last time', 'like'],
    ['draft an email to Tom like the one for Ann', 'like'],
    ['a party for Ben like we did for Eva', 'like'],
    ['the usual gym on friday', 'like'],
    ['dinner with Kim at the place we talked about', 'place'],
    ['lunch tomorrow at the same restaurant as last time', 'place'],
    ['coffee at the usual place on friday', 'place'],
    ['dinner at the restaurant where we had lunch', 'place'],
    ['gym tomorrow at the same time as yesterday', 'time'],
    ['supper with Mia, same place as last time', 'place'],
    ['drinks on monday at 6pm same place as the coffee with Noah', 'place'],
    ['lunch on tuesday at the place where I ate with Mia', 'place'],
    ['meet Ida on sunday at 3 where the coffee with Noah was', 'place'],
    ['walk on sunday at 10, same place', 'place'],
    ['lunch on tuesday, same time as the supper with Mia', 'time'],
    ['yoga next friday same time same place', 'place and time'],
    ['supper on thursday, same time and place as last time', 'place and time'],
    ['same reminder as yesterday', 'same'],
    ['the same email for Noah as for Mia', 'same'],
    ['write Finn the same mail as Mia', 'like'],
    ['an email to Pia like the one about the keys', 'like'],
    ['the same lunch as last week', 'like'],
    ["let's do lunch with Mia again", 'like'],
    ['water the plants again tomorrow', 'like'],
  ] as const)('%s', (text, kind) => {
    expect(leansBack(text)?.kind).toBe(kind);
  });

  it.each([
    'lunch with Ann friday at noon',
    'move it to the same day',
    'is it at the same time?',
    'same here',
    'buy milk like oat milk',
    'I like the red one',
    'email Tom that it looks like rain',
    'as usual the printer is broken, call the technician',
    'what did we talk about?',
    'set it to the same time',
    'do I have the same meeting twice?',
    'it is not the same',
    'we talked about the budget',
    'remind me to pay the usual suspects',
    'a task to compare last week with this week',
    'is the meeting at the same place as last time?',
    'draft an email to Tom saying that we meet at the same place as last time',
    'email Tom that it is the same as before',
    'remind me to ask Ann where the dinner was',
    'add "at the same place" to my list',
    'call Ann and Ben at the same time tomorrow',
    'move it to friday, same time',
    'dinner at the hotel where Ann works',
    'meeting at the office of Dr. Weber on monday',
    'remind me to try again tomorrow',
    'find the same place',
  ])('and none that do not: %s', (text) => {
    expect(leansBack(text)).toBeNull();
  });

  it.each([
    ['brunch on sunday at 11, same place as the one with Mia', 'the one with mia'],
    ['drinks same place as the coffee with Noah on monday at 6pm', 'the coffee with noah'],
    ['drinks on monday, same place as the coffee with Noah on friday', 'the coffee with noah on friday'],
    ['tea at the same time as the supper with Mia and Ida', 'the supper with mia and ida'],
    ['the same email for Noah as for Mia', 'for mia'],
    ['lunch at the place where I ate with Ben for an hour', 'with ben'],
    ['gym at the same time as yesterday', ''],
  ])('and what is said of the earlier one: %s', (text, words) => {
    const { earlier } = leansBack(text) ?? { earlier: { start: 0, end: 0 } };
    expect(text.slice(earlier.start, earlier.end).toLowerCase()).toBe(words);
  });

  it('stand within any text', () => {
    const words = fc.constantFrom(
      'the same',
      'for',
      'Ann',
      'as',
      'last week',
      'at the place',
      'we talked about',
      'usual',
      'again',
      'same place',
      'same time as',
      'same mail as',
      'write',
      "let's do lunch",
      'where I ate with',
      'like the one',
      ',',
      '🙂',
      'at 5',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 400 }),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          const found = leansBack(text);
          if (!found) return;
          for (const { start, end } of [...found.spans, found.about, found.earlier]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(start).toBeLessThanOrEqual(end);
          }
        },
      ),
    );
  });
});

describe('a title about something else', () => {
  it.each([
    ['study for my physics exam', 'for', 'chemistry', 'study for my chemistry exam'],
    ['study for my physics exam', 'for', 'the history essay', 'study for the history essay'],
    ['study for my physics exam', 'for', 'my oral exam', 'study for my oral exam'],
    ['study physics', 'for', 'chemistry', 'study chemistry'],
    ['physics homework', 'for', 'maths', 'maths homework'],
    ['finish the physics homework', 'for', 'maths', 'finish the maths homework'],
    ['pay the electricity bill', 'for', 'gas', 'pay the gas bill'],
    ['call mum', 'for', 'dad', 'call dad'],
    ['book the flight to Rome', 'to', 'Oslo', 'book the flight to Oslo'],
    ['buy a present for Eva', 'for', 'Ben', 'buy a present for Ben'],
    ['write the report about sales', 'about', 'marketing', 'write the report about marketing'],
    ['milk', 'for', 'bread', 'bread'],
    ['study physics for the exam', 'for', 'chemistry', 'study chemistry for the exam'],
    ['revise algebra for the test', 'for', 'geometry', 'revise geometry for the test'],
    ['buy milk for the party', 'for', 'bread', 'buy bread for the party'],
    ['study for the exam', 'for', 'chemistry', 'study for the chemistry exam'],
    ['prepare slides for the meeting', 'for', 'finance', 'prepare slides for the finance meeting'],
    ['book a table for the dinner', 'for', 'the party', 'book a table for the party'],
    ['call Ann about the trip', 'for', 'Ben', 'call Ben about the trip'],
    ['buy Eva a present', 'for', 'Noah', 'buy Noah a present'],
    ['call my sister about the tickets', 'for', 'mum', 'call mum about the tickets'],
  ])('"%s", the same %s %s', (title, preposition, words, wanted) => {
    expect(inPlaceOf(title, preposition, words)).toBe(wanted);
  });
});

describe('times of something made again', () => {
  it('are the next ones on the same day of the week', () => {
    const slots = { start: '2026-11-19T12:00:00+01:00', end: '2026-11-19T13:00:00+01:00' };
    expect(comingTimes(slots, { now: NOW, timezone: ZONE })).toEqual({
      start: '2026-11-26T12:00:00+01:00',
      end: '2026-11-26T13:00:00+01:00',
    });
  });

  it('keep their hour over a change of the clocks', () => {
    const before = { start: '2026-10-20T09:00:00+02:00' };
    expect(comingTimes(before, { now: NOW, timezone: ZONE })).toEqual({ start: '2026-12-01T09:00:00+01:00' });
  });

  it('stay where they are still to come, and a deadline that has passed is none', () => {
    const slots = { start: '2026-12-04T12:00:00+01:00', due_date: '2026-11-20' };
    expect(comingTimes(slots, { now: NOW, timezone: ZONE })).toEqual({ start: '2026-12-04T12:00:00+01:00' });
    expect(comingTimes({ due_date: '2026-11-25' }, { now: NOW, timezone: ZONE })).toEqual({
      due_date: '2026-11-25',
    });
  });
});

describe('which of several is meant', () => {
  const place = { now: NOW, timezone: ZONE };
  const lunch = remembered(
    'create_event',
    { title: 'lunch', start: '2026-11-19T12:00:00+01:00' },
    '2026-11-10T09:00:00Z',
  );
  const milk = remembered('create_task', { title: 'buy milk' }, '2026-11-24T09:00:00Z');

  it('is the newest where nothing else is said', () => {
    expect(likeliest([lunch, milk], 'the same', place)[0]).toBe(milk);
  });
  it('is what took place then', () => {
    expect(likeliest([lunch, milk], 'same as last week', place)[0]).toBe(lunch);
    expect(likeliest([lunch, milk], 'same as yesterday', place)[0]).toBe(milk);
    expect(likeliest([lunch, milk], 'like last thursday', place)[0]).toBe(lunch);
  });
  it('is what the words name, and nothing else', () => {
    const mia = remembered('create_event', { title: 'supper with Mia', participants: ['Mia'] });
    const noah = remembered('create_event', { title: 'coffee with Noah', participants: ['Noah'] });
    const meant = (earlier: string, request = '', isHabit = false) =>
      meantEarlier([mia, noah], { earlier, leaning: '', request, isHabit }, place);
    expect(meant('the one with mia')).toBe(mia);
    expect(meant('the coffee with noah')).toBe(noah);
    expect(meant('the coffee with mia')).toBeNull();
    expect(meant('with quentin')).toBeNull();
    expect(meant('', 'tea with noah', true)).toBe(noah);
    expect(meant('', 'tea with otto', true)).toBeNull();
    expect(meant('', 'supper with otto')).toBe(mia);
  });
  it('is of the time that is said, of the same meal', () => {
    const supper = remembered('create_event', { title: 'supper', start: '2026-11-24T20:00:00+01:00' });
    const lunch24 = remembered('create_event', { title: 'lunch', start: '2026-11-24T12:15:00+01:00' });
    const meant = (all: Remembered[], request: string, leaning = 'same time as yesterday') =>
      meantEarlier(all, { earlier: '', leaning, request, isHabit: false, isTime: true }, place);
    expect(meant([supper, lunch24], 'lunch with carl')).toBe(lunch24);
    expect(meant([supper], 'lunch with carl')).toBeNull();
    expect(meant([supper], 'yoga')).toBe(supper);
    expect(meant([supper], 'supper', 'same time as last month')).toBeNull();
  });
  it('is nothing that only looked or changed', () => {
    const look = remembered('list_tasks', {});
    expect(likeliest([look], 'the same', place)).toEqual([]);
  });
});

describe('the same once more', () => {
  const say = (text: string, one: Remembered | null) => {
    const input: NluInput = {
      text,
      timezone: ZONE,
      now: NOW,
      questions: [],
      answering: null,
      lastReceipt: null,
      remembered: one ? [one] : [],
    };
    const [act] = sameAgain(newDraft(text, ZONE, NOW), input) ?? [];
    return (
      act && {
        action: act.action,
        ...Object.fromEntries(act.entities.map(({ slot, value }) => [slot, value])),
        params: act.params,
      }
    );
  };
  const exam = remembered('create_task', {
    title: 'study for my physics exam',
    due_date: '2026-11-27',
    priority: 'high',
  });

  it('has what is said, and the rest from before', () => {
    expect(say('the same for chemistry', exam)).toMatchObject({
      action: 'create_task',
      title: 'study for my chemistry exam',
      due_date: '2026-11-27',
      priority: 'high',
      params: { recalled: { turn_id: TURN, title: 'study for my physics exam' } },
    });
    expect(say('the same for chemistry on monday', exam)).toMatchObject({ due_date: '2026-11-30' });
    expect(say('the same for chemistry, but urgent', exam)).toMatchObject({ priority: 'urgent' });
  });

  it('meets somebody else at the same hour', () => {
    const lunch = remembered('create_event', {
      title: 'lunch with Ann',
      start: '2026-11-20T12:00:00+01:00',
      end: '2026-11-20T13:30:00+01:00',
      participants: ['Ann'],
      location: "Luigi's",
    });
    expect(say('the same with Tom on monday', lunch)).toMatchObject({
      title: 'lunch with Tom',
      participants: ['Tom'],
      start: '2026-11-30T12:00:00+01:00',
      end: '2026-11-30T13:30:00+01:00',
      location: "Luigi's",
    });
    expect(say('same again next week', lunch)).toMatchObject({ start: '2026-12-04T12:00:00+01:00' });
    expect(say('same again at 2pm', lunch)).toMatchObject({ start: '2026-11-27T14:00:00+01:00' });
  });

  it('is of the kind that is named, and of what was made', () => {
    const thought = remembered('create_task', { title: "I'm thinking about a boat" });
    expect(say('same reminder as before', exam)).toMatchObject({ action: 'out_of_scope' });
    expect(say('same task for chemistry', exam)).toMatchObject({ title: 'study for my chemistry exam' });
    expect(say('the same for a caravan', thought)).toMatchObject({ action: 'out_of_scope' });
  });

  it('writes to somebody else', () => {
    const letter = remembered('draft_email', { recipient: ['Ann'], body: 'the report is late' });
    expect(say('the same for Tom', letter)).toMatchObject({ recipient: ['Tom'], body: 'the report is late' });
  });

  it('is said to be unknown where nothing is remembered', () => {
    expect(say('the same for chemistry', null)).toMatchObject({
      action: 'out_of_scope',
      params: { unremembered: true },
    });
  });
});

describe('what a search is for', () => {
  it.each([
    ['what did we say about the leaking faucet?', 'the leaking faucet'],
    ['did I say about skiing', 'skiing'],
    ['when did I mention the gift for mum', 'the gift for mum'],
    ['do you remember what I told you about the boiler', 'the boiler'],
    ['the fish tank', 'the fish tank'],
    ['say about it', 'say about it'],
  ])('%s', (query, wanted) => {
    expect(lookedFor(query)).toBe(wanted);
  });
});
