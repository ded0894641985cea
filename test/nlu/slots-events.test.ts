import { describe, expect, test } from 'vitest';
import type { Slots } from '../../contracts/slots.ts';
import { forced } from './forced.ts';

describe('a new event', () => {
  test.each<[string, Slots]>([
    [
      'Schedule a quarterly review with Priya and Sven next wednesday from 2 to 3:30pm',
      {
        title: 'quarterly review with Priya and Sven',
        participants: ['Priya', 'Sven'],
        start: '2026-12-02T14:00:00-05:00',
        end: '2026-12-02T15:30:00-05:00',
      },
    ],
    [
      'dinner with my in-laws on saturday at 7 at Chez Paul',
      {
        title: 'dinner with my in-laws',
        participants: ['my in-laws'],
        start: '2026-11-28T19:00:00-05:00',
        location: 'Chez Paul',
      },
    ],
    [
      'birthday party for Leo on december 12th',
      { title: 'birthday party for Leo', date_range: { start: '2026-12-12', end: '2026-12-13' } },
    ],
    [
      'can you book a 45 minute call with dr patel on thursday at 9:15',
      {
        title: 'call with dr patel',
        participants: ['dr patel'],
        duration_minutes: 45,
        start: '2026-11-26T09:15:00-05:00',
      },
    ],
    [
      'physio thursday 8am room 12',
      { title: 'physio', start: '2026-11-26T08:00:00-05:00', location: 'room 12' },
    ],
    [
      'please add "Swan Lake" to my calendar for friday at 7:30pm',
      { title: 'Swan Lake', start: '2026-11-27T19:30:00-05:00' },
    ],
    [
      'set up a zoom call with the design team on tuesday at 11',
      {
        title: 'zoom call with the design team',
        participants: ['the design team'],
        start: '2026-11-24T11:00:00-05:00',
      },
    ],
    [
      "we're having brunch with Tom, Dick and Harriet on sunday at 11",
      { title: 'brunch', participants: ['Tom', 'Dick', 'Harriet'], start: '2026-11-29T11:00:00-05:00' },
    ],
    [
      'meeting at 12 Main Street tomorrow at 10am',
      { title: 'meeting', location: '12 Main Street', start: '2026-11-24T10:00:00-05:00' },
    ],
    [
      'invite sam and the neighbours to a barbecue on saturday at 4',
      { title: 'barbecue', participants: ['sam', 'the neighbours'], start: '2026-11-28T16:00:00-05:00' },
    ],
    [
      "doctor's appointment next tuesday 4 pm",
      { title: "doctor's appointment", start: '2026-12-01T16:00:00-05:00' },
    ],
    [
      'ok so the sofa comes on friday at 2pm, can you put that in my calendar',
      { title: 'sofa', start: '2026-11-27T14:00:00-05:00' },
    ],
    [
      'all day workshop on the 9th of december in Graz',
      {
        title: 'workshop',
        all_day: true,
        location: 'Graz',
        start: '2026-12-09T00:00:00-05:00',
        date_range: { start: '2026-12-09', end: '2026-12-10' },
      },
    ],
  ])('%s', (text, expected) => {
    expect(forced('create_event', text).values).toEqual(expected);
  });

  test('hours said apart from their day belong to it, and both places say so', () => {
    const { values, entities } = forced('create_event', 'lunch tomorrow with Ana at noon');
    expect(values).toMatchObject({
      title: 'lunch with Ana',
      start: '2026-11-24T12:00:00-05:00',
      participants: ['Ana'],
    });
    expect(entities.filter(({ slot }) => slot === 'start').map(({ text }) => text)).toEqual([
      'tomorrow',
      'noon',
    ]);
  });

  test('everybody is named at their own place, with the whole list', () => {
    const { entities } = forced('create_event', 'meeting with Ana and my sister on friday at 3pm');
    const people = entities.filter(({ slot }) => slot === 'participants');
    expect(people.map(({ text }) => text)).toEqual(['Ana', 'my sister']);
    expect(people.map(({ value }) => value)).toEqual([
      ['Ana', 'my sister'],
      ['Ana', 'my sister'],
    ]);
  });

  test('a day alone is kept and the hour is missing', () => {
    const { values, missing } = forced('create_event', 'lunch with Ana on friday');
    expect(values.date_range).toEqual({ start: '2026-11-27', end: '2026-11-28' });
    expect(missing).toEqual(['start']);
  });
});

describe('a change of an event', () => {
  test.each<[string, Slots]>([
    [
      'move my dentist appointment from monday to tuesday at 4pm',
      {
        target: { kind: 'event', query: 'dentist appointment' },
        start: '2026-11-24T16:00:00-05:00',
        date_range: { start: '2026-11-30', end: '2026-12-01' },
      },
    ],
    [
      "push tomorrow's standup to 11",
      {
        target: { kind: 'event', query: 'standup' },
        start: '2026-11-24T11:00:00-05:00',
        date_range: { start: '2026-11-24', end: '2026-11-25' },
      },
    ],
    [
      'can you add Marie to the budget meeting',
      { target: { kind: 'event', query: 'budget meeting' }, participants: ['Marie'] },
    ],
    [
      'change the location of the team dinner to Da Mario',
      { target: { kind: 'event', query: 'team dinner' }, location: 'Da Mario' },
    ],
    [
      'rename lunch with Bob to lunch with Robert',
      { target: { kind: 'event', query: 'lunch with Bob' }, title: 'lunch with Robert' },
    ],
    ['make the review 30 minutes', { target: { kind: 'event', query: 'review' }, duration_minutes: 30 }],
    [
      'the concert is at the Apollo now',
      { target: { kind: 'event', query: 'concert' }, location: 'the Apollo' },
    ],
    [
      'would you mind moving the call with HR to next thursday at 10am?',
      {
        target: { kind: 'event', query: 'call with HR' },
        participants: ['HR'],
        start: '2026-12-03T10:00:00-05:00',
      },
    ],
  ])('%s', (text, expected) => {
    expect(forced('update_event', text).values).toEqual(expected);
  });

  test('where it is now is told apart from where it is to be', () => {
    expect(forced('update_event', 'move the offsite from monday to wednesday').params).toEqual({
      was: { start: '2026-11-30', end: '2026-12-01' },
    });
    expect(forced('update_event', 'move the offsite from monday to wednesday').values.date_range).toEqual({
      start: '2026-11-25',
      end: '2026-11-26',
    });
  });

  test('who is taken off is told apart from who is added', () => {
    expect(forced('update_event', 'take Kim off the planning call').params).toEqual({ uninvite: ['Kim'] });
  });

  test.each<[string, Slots]>([
    [
      'cancel my meeting with the lawyer',
      { target: { kind: 'event', query: 'meeting with the lawyer' }, participants: ['the lawyer'] },
    ],
    [
      "please delete tomorrow's yoga class from my calendar",
      {
        target: { kind: 'event', query: 'yoga class' },
        date_range: { start: '2026-11-24', end: '2026-11-25' },
      },
    ],
    [
      'clear my calendar for thursday',
      { target: { kind: 'event', reference: 'all' }, date_range: { start: '2026-11-26', end: '2026-11-27' } },
    ],
    [
      'clear friday',
      { target: { kind: 'event', reference: 'all' }, date_range: { start: '2026-11-27', end: '2026-11-28' } },
    ],
    ["I can't make it to the book club, remove it", { target: { kind: 'event', query: 'book club' } }],
    ["coffee isn't happening, take it out", { target: { kind: 'event', query: 'coffee' } }],
  ])('%s', (text, expected) => {
    expect(forced('cancel_event', text).values).toEqual(expected);
  });

  test.each<[string, Slots]>([
    [
      'find another time for lunch with Ana',
      { target: { kind: 'event', query: 'lunch with Ana' }, participants: ['Ana'] },
    ],
    [
      "I can't do yoga on friday, find me another slot",
      { target: { kind: 'event', query: 'yoga' }, date_range: { start: '2026-11-27', end: '2026-11-28' } },
    ],
    ['the dentist needs to be rescheduled', { target: { kind: 'event', query: 'dentist' } }],
  ])('%s', (text, expected) => {
    expect(forced('reschedule', text).values).toEqual(expected);
  });
});
