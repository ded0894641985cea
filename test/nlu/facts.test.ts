import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { factParts } from '../../workers/nlu/facts/fact-parts.ts';
import { readFact } from '../../workers/nlu/facts/read-fact.ts';
import { NOW, ZONE, parseText } from './understand.ts';

type Fact = Omit<NonNullable<ActParams['fact']>, 'move'>;
type Told = readonly [words: string, subject: string, attribute: string, value: string, more?: Fact];

const CHANGED: Fact = { is_change: true };
const OVER: Fact = { is_over: true };

const TOLD: readonly Told[] = [
  ['my dentist is Dr. Weber', 'me', 'dentist', 'Dr. Weber', { value_kind: 'person' }],
  ['my dentist is dr weber', 'me', 'dentist', 'Dr Weber'],
  ['My new dentist is Dr. Kim', 'me', 'dentist', 'Dr. Kim', CHANGED],
  ['my dentist is Dr. Kim now', 'me', 'dentist', 'Dr. Kim', CHANGED],
  ['my dentist is now Dr. Kim', 'me', 'dentist', 'Dr. Kim', CHANGED],
  ['I have a new dentist, Dr. Kim', 'me', 'dentist', 'Dr. Kim', CHANGED],
  ["I've got a new dentist: Dr. Kim", 'me', 'dentist', 'Dr. Kim', CHANGED],
  ['I changed my dentist to Dr. Kim', 'me', 'dentist', 'Dr. Kim', CHANGED],
  ["I've switched dentists to Dr. Kim", 'me', 'dentist', 'Dr. Kim', CHANGED],
  ['Dr. Weber is not my dentist any more', 'me', 'dentist', 'Dr. Weber', OVER],
  ['Dr. Weber is no longer my dentist', 'me', 'dentist', 'Dr. Weber', OVER],
  ["my dentist isn't Dr. Weber anymore", 'me', 'dentist', 'Dr. Weber', OVER],
  ['our landlord is called Meyer', 'me', 'landlord', 'Meyer', { value_kind: 'person' }],
  ["my landlord's name is Meyer", 'me', 'landlord', 'Meyer'],
  ['the name of my landlord is Meyer', 'me', 'landlord', 'Meyer'],
  ['my boss is Tom', 'me', 'boss', 'Tom'],
  ['my boss is tom', 'me', 'boss', 'Tom'],
  ['Tom is my boss', 'me', 'boss', 'Tom'],
  ['Tom is my new boss', 'me', 'boss', 'Tom', CHANGED],
  ['my sister is Ann', 'me', 'sister', 'Ann'],
  ['my daughter is called Mia', 'me', 'daughter', 'Mia'],
  ['my dog is called Rex', 'me', 'dog', 'Rex'],
  ["my cat's name is Minka", 'me', 'cat', 'Minka'],
  ['my piano teacher is Ms. Lee', 'me', 'piano teacher', 'Ms. Lee'],
  ["Ann's husband is Mark", 'Ann', 'husband', 'Mark'],
  ["my mother's dentist is Dr. Gruber", 'my mother', 'dentist', 'Dr. Gruber'],
  ['Remember that my dentist is Dr. Weber', 'me', 'dentist', 'Dr. Weber'],
  ['btw, my boss is Tom', 'me', 'boss', 'Tom'],
  ['I was born on 3 may 1980', 'me', 'birthday', '3 May 1980', { value_kind: 'date' }],
  ['Ann was born on july 1st', 'Ann', 'birthday', '1 July', { value_kind: 'date' }],
  ["I'm allergic to nuts", 'me', 'allergy', 'nuts', { value_kind: 'text' }],
  ['I am allergic to peanuts and shellfish', 'me', 'allergy', 'peanuts and shellfish'],
  ['Ann is allergic to cats', 'Ann', 'allergy', 'cats'],
  ['I have a peanut allergy', 'me', 'allergy', 'peanuts'],
  ['my son has a nut allergy', 'my son', 'allergy', 'nuts'],
  ["I'm vegetarian", 'me', 'diet', 'vegetarian'],
  ['Ann is vegan', 'Ann', 'diet', 'vegan'],
  ["I don't eat pork", 'me', 'not eaten', 'pork'],
  ["Ann doesn't eat gluten", 'Ann', 'not eaten', 'gluten'],
  ['my gym is on Main Street', 'me', 'gym', 'on Main Street', { value_kind: 'place' }],
  ['my gym is on main street', 'me', 'gym', 'on main street'],
  ['our office is at 12 Oak Road', 'me', 'office', 'at 12 Oak Road'],
  ['my gym is FitX', 'me', 'gym', 'FitX', { value_kind: 'place' }],
  ['my office is now on Kaiserplatz', 'me', 'office', 'on Kaiserplatz', CHANGED],
  ['Ann lives in Graz', 'Ann', 'home', 'in Graz', { value_kind: 'place' }],
  ['I live at 12 Oak Street', 'me', 'home', 'at 12 Oak Street'],
  ['I work at Acme', 'me', 'work', 'at Acme'],
  ['Ann works for Siemens', 'Ann', 'work', 'for Siemens'],
  ['I work from home', 'me', 'work', 'from home'],
  ['until march I work from home', 'me', 'work', 'from home', { until: '2027-03-01T00:00:00-05:00' }],
  ['I work from home until march', 'me', 'work', 'from home', { until: '2027-03-01T00:00:00-05:00' }],
  ['from january my boss is Lea', 'me', 'boss', 'Lea', { from: '2027-01-01T00:00:00-05:00' }],
  ['call me Robin', 'me', 'name', 'Robin', CHANGED],
  ['please call me robin', 'me', 'name', 'Robin'],
  ['my name is Robin', 'me', 'name', 'Robin'],
  ['you can call me Bobby', 'me', 'name', 'Bobby'],
  ['my phone number is 0664 1234567', 'me', 'phone number', '0664 1234567'],
  ["Ann's phone number is +43 664 12", 'Ann', 'phone number', '+43 664 12'],
  ['my licence plate is W-12345X', 'me', 'licence plate', 'W-12345X'],
  ['my shoe size is 42', 'me', 'shoe size', '42'],
  ['our wifi password is tulip77', 'me', 'wifi password', 'tulip77'],
  ['my address is 12 Oak Street', 'me', 'address', '12 Oak Street', { value_kind: 'place' }],
  ["my favourite restaurant is Luigi's", 'me', 'favourite restaurant', "Luigi's"],
  ['my favorite color is blue', 'me', 'favourite color', 'blue'],
  ['Ann likes jazz', 'Ann', 'likes', 'jazz'],
  ['my mother loves orchids', 'my mother', 'likes', 'orchids'],
  ['Ann hates surprises', 'Ann', 'dislikes', 'surprises'],
  ['remember that I like jazz', 'me', 'likes', 'jazz'],
  ['I usually have lunch at 12:30', 'me', 'lunch', 'at 12:30'],
];

describe('what is told of somebody', () => {
  test.each(
    TOLD.map(([words, subject, attribute, value, more = {}]) => ({ words, subject, attribute, value, more })),
  )('$words', async ({ words, subject, attribute, value, more }) => {
    const { act } = await parseText(words);
    expect(act.action).toBe('set_preference');
    expect(act.entities).toEqual([]);
    expect(act.params?.fact).toMatchObject({ move: 'save', subject, attribute, value, ...more });
    if (!('is_change' in more) && attribute !== 'name') expect(act.params?.fact?.is_change).toBeUndefined();
  });

  test('several things of one message are told one by one, each by its words', async () => {
    const words = 'my dentist is Dr. Weber, my gym is on Main Street and I am allergic to nuts';
    const draft = newDraft(words, ZONE, new Date(NOW));
    expect(factParts(draft).map(({ fact, start, end }) => [fact.attribute, words.slice(start, end)])).toEqual(
      [
        ['dentist', 'my dentist is Dr. Weber'],
        ['gym', 'my gym is on Main Street'],
        ['allergy', 'I am allergic to nuts'],
      ],
    );
  });

  test.each([
    ["my mother's birthday is on may 3rd", 'my mother', 'birthday', '3 May'],
    ["Ben's birthday is on the 2nd of december", 'Ben', 'birthday', '2 December'],
    ['my birthday is on may 3rd', 'me', 'birthday', '3 May'],
    ['our anniversary is on june 12', 'me', 'anniversary', '12 June'],
  ])('%s: a fact beside the event', async (words, subject, attribute, value) => {
    const { act } = await parseText(words);
    expect(act.action).toBe('create_event');
    expect(act.params?.fact).toEqual({ move: 'save', subject, attribute, value, value_kind: 'date' });
  });
});

describe('what is asked of what was told', () => {
  test.each<[string, Fact & { move: string }]>([
    ['who is my dentist?', { move: 'find', subject: 'me', attribute: 'dentist' }],
    ["who's my boss", { move: 'find', subject: 'me', attribute: 'boss' }],
    ['what is my dentist called?', { move: 'find', subject: 'me', attribute: 'dentist' }],
    ["what's the name of my landlord", { move: 'find', subject: 'me', attribute: 'landlord' }],
    ["who is Ann's husband?", { move: 'find', subject: 'Ann', attribute: 'husband' }],
    ['what am I allergic to?', { move: 'find', subject: 'me', attribute: 'allergy' }],
    ['is Ann vegetarian?', { move: 'find', subject: 'Ann', attribute: 'diet' }],
    ['what is my name?', { move: 'find', subject: 'me', attribute: 'name' }],
    ["what's my wifi password?", { move: 'find', subject: 'me', attribute: 'wifi password' }],
    ['where do I work', { move: 'find', subject: 'me', attribute: 'work' }],
    ['where is my gym?', { move: 'find', subject: 'me', attribute: 'gym' }],
    ['when was Ann born', { move: 'find', subject: 'Ann', attribute: 'birthday' }],
    ['what do you know about me?', { move: 'list', subject: 'me' }],
    ['what do you know about Ann?', { move: 'list', subject: 'Ann' }],
    ['what have I told you about my mother', { move: 'list', subject: 'my mother' }],
    ['tell me everything you know about me', { move: 'list', subject: 'me' }],
    ['show my memory', { move: 'list', subject: 'me' }],
    ['who is Ann?', { move: 'list', subject: 'Ann' }],
    ['forget my dentist', { move: 'forget', subject: 'me', attribute: 'dentist' }],
    ['forget who my dentist is', { move: 'forget', subject: 'me', attribute: 'dentist' }],
    [
      'forget that my dentist is Dr. Weber',
      { move: 'forget', subject: 'me', attribute: 'dentist', value: 'Dr. Weber' },
    ],
    ["forget my mother's birthday", { move: 'forget', subject: 'my mother', attribute: 'birthday' }],
    ['forget everything about Ann', { move: 'forget', subject: 'Ann' }],
    ['forget everything you know about me', { move: 'forget', subject: 'me' }],
    ['delete everything you know about me', { move: 'forget', subject: 'me' }],
  ])('%s', async (words, fact) => {
    const { act } = await parseText(words);
    expect(act.action).toBe('set_preference');
    expect(act.params?.fact).toEqual(fact);
  });

  test.each([
    ["when is my mother's birthday?", 'my mother'],
    ["when's Ann's birthday", 'Ann'],
  ])('%s: of the calendar as well', async (words, subject) => {
    const { act } = await parseText(words);
    expect(act.action).toBe('list_events');
    expect(act.params?.fact).toEqual({ move: 'find', subject, attribute: 'birthday' });
  });
});

test.each([
  'I have a dentist appointment friday at 3',
  'my report is due friday',
  'the meeting is at 5',
  'my dentist is on friday at 3',
  'my boss is angry',
  'my boss is on holiday',
  'my doctor is away',
  'my mother is coming on friday',
  'my sister is visiting next week',
  'my landlord is selling the house',
  'my neighbour is having a party on saturday',
  'my wife is Canadian',
  'call me back',
  'call me at 5',
  'call me tomorrow',
  'call me a taxi',
  'call me when you are done',
  'call me maybe',
  'my gym is closed on sunday',
  'my office is a mess',
  'my office is in a mess',
  'my school is on holiday',
  'my phone is broken',
  'my phone number is wrong',
  'my address is wrong',
  'my address has changed',
  'Ann is coming to dinner on friday',
  'Ann is at the door',
  'Ann is late',
  'Tom is sick',
  'remind me that my boss is away on friday',
  'who is coming to dinner',
  'who is the president',
  'what do you know about the meeting',
  'what do you know',
  'what is my plan',
  'what is my next appointment',
  "what's my day like",
  'where is my meeting tomorrow',
  'when is my dentist appointment',
  "I don't eat lunch at my desk on fridays",
  "I don't eat before 9",
  'I work from 9 to 5',
  'I work from home on wednesdays',
  'I work half days',
  'that works for me',
  'Tuesday works for Ann',
  'I like it',
  'I like the first one',
  'Ann likes the idea',
  'Ann loves it',
  'I live in Utrecht',
  'forget the milk',
  'forget about the dentist task',
  'forget my dentist appointment',
  'forget it',
  'forget that',
  "don't forget my dentist appointment",
  'forget what i said',
  'forget everything',
  "my mother's birthday party is on friday",
  "buy a present for my mother's birthday",
  'is my dentist Dr. Weber?',
  'my favourite restaurant is closed',
  'my favourite time is friday at 5',
  'I usually run on sundays',
  'email Ann that my boss is Tom',
  'my name is on the list',
  'Hello my name is james.',
  'Ann is ann@example.org',
  'the dentist is closed, move it to friday',
])('no fact: %s', async (words) => {
  const { act } = await parseText(words);
  expect(act.params?.fact).toBeUndefined();
  expect(factParts(newDraft(words, ZONE, new Date(NOW)))).toEqual([]);
});

test.each([
  ['I never work on fridays', ['friday']],
  ["I don't work on wednesdays", ['wednesday']],
  ['fridays are my day off', ['friday']],
  ["I'm off on fridays", ['friday']],
  ['I work monday to thursday', ['monday', 'tuesday', 'wednesday', 'thursday']],
  ['my working days are monday and tuesday', ['monday', 'tuesday']],
  ['i never work weekends', ['saturday', 'sunday']],
  ['I work on saturdays too', ['saturday']],
])('work days: %s', async (words, days) => {
  const { act, values } = await parseText(words);
  expect(act.action).toBe('set_preference');
  expect(values.preference).toEqual({ key: 'working_days', value: { days } });
});

const PIECES =
  "my our Ann's Ann Tom is not any more no longer now new dentist boss mother birthday gym called named Dr. Weber on in at Main Street call me I I'm allergic to nuts like likes until march from january forget that everything about you know what who where when was born live work , . ; ? ! and 3 may 12:30 İ 😀".split(
    ' ',
  );
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((list) => list.join(' ')),
);

test('any text is read without an exception, and what is told stands in it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const draft = newDraft(text, ZONE, new Date(NOW));
      const whole = { start: 0, end: text.length, fact: readFact(draft, { start: 0, end: text.length }) };
      for (const { start, end, fact } of [...factParts(draft), whole]) {
        expect(text.slice(start, end).length).toBe(end - start);
        if (fact?.move !== 'save' || fact.value_kind === 'date') continue;
        const said = text.slice(start, end).toLowerCase().replace(/\s+/g, ' ');
        for (const word of (fact.value ?? '')
          .toLowerCase()
          .replace(/^nuts$|^peanuts$/, '')
          .split(' '))
          expect(said).toContain(word);
      }
    }),
    { numRuns: 3_000 },
  );
}, 120_000);
