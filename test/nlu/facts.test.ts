import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { factParts } from '../../workers/nlu/facts/fact-parts.ts';
import { readFact } from '../../workers/nlu/facts/read-fact.ts';
import type { NluInput } from '../../workers/nlu/nlu-input.ts';
import { NOW, ZONE, parseText, understand } from './understand.ts';

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
  ['I live in Aarhus', 'me', 'home', 'in Aarhus', { value_kind: 'place' }],
  ['my grandma lives at Rosenstr. 9 in Linz', 'my grandma', 'home', 'at Rosenstr. 9 in Linz'],
  ["Felix's number is 0664 998877", 'Felix', 'phone number', '0664 998877'],
  ['my tutor is Dr. Hansen, by the way', 'me', 'tutor', 'Dr. Hansen'],
  ['our cat is Minka', 'me', 'cat', 'Minka', { value_kind: 'person' }],
  ['my name is Katharina but call me Kathi', 'me', 'name', 'Kathi'],
  ['my garage code is 2580', 'me', 'garage code', '2580'],
  ['the wifi password is tulip77', 'me', 'wifi password', 'tulip77'],
  ['I love dumplings', 'me', 'likes', 'dumplings'],
  ['I hate olives', 'me', 'dislikes', 'olives'],
  ["I don't drink milk", 'me', 'not drunk', 'milk'],
  ["Felix doesn't drink alcohol", 'Felix', 'not drunk', 'alcohol'],
  ["I don't eat pork any more", 'me', 'not eaten', 'pork'],
  ['I work from home on thursdays', 'me', 'home office', 'on Thursdays'],
  ['remember that the ladder is behind the shed', 'me', 'ladder', 'behind the shed'],
  ["I'm not allergic to celery any more", 'me', 'allergy', 'celery', OVER],
  ['I am no longer vegetarian', 'me', 'diet', 'vegetarian', OVER],
  ['I eat fish again', 'me', 'not eaten', 'fish', OVER],
  ["I don't live in Aarhus any more", 'me', 'home', 'in Aarhus', OVER],
  ["my gym isn't Titan any more", 'me', 'gym', 'Titan', OVER],
  ['no wait, my vet is Dr. Osei', 'me', 'vet', 'Dr. Osei', CHANGED],
  ["that's wrong, my vet is Dr. Osei", 'me', 'vet', 'Dr. Osei', CHANGED],
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

  test('somebody who was named is spoken of by "he", and a place is told beside who it is', () => {
    const told = (words: string) =>
      factParts(newDraft(words, ZONE, new Date(NOW))).map(({ fact }) => [
        fact.subject,
        fact.attribute,
        fact.value,
      ]);
    expect(told('my brother is called Felix and he lives in Odense')).toEqual([
      ['me', 'brother', 'Felix'],
      ['my brother', 'home', 'in Odense'],
    ]);
    expect(told('our barber is Figaro on Elm Street')).toEqual([
      ['me', 'barber', 'Figaro'],
      ['my barber', 'address', 'on Elm Street'],
    ]);
  });

  test.each([
    ["my mother's birthday is on may 3rd", 'my mother', 'birthday', '3 May'],
    ["Ben's birthday is on the 2nd of december", 'Ben', 'birthday', '2 December'],
    ['my birthday is on may 3rd', 'me', 'birthday', '3 May'],
    ["dad's birthday is on june 1st", 'my dad', 'birthday', '1 June'],
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
    ['who is Dr. Weber?', { move: 'list', subject: 'Dr. Weber' }],
    ['what is Rosa to me?', { move: 'list', subject: 'Rosa' }],
    ['tell me everything you know', { move: 'list', subject: 'me' }],
    ["what's the wifi password?", { move: 'find', subject: 'me', attribute: 'wifi password' }],
    ["what's Felix's number", { move: 'find', subject: 'Felix', attribute: 'phone number' }],
    ['what time do I usually eat?', { move: 'find', subject: 'me', attribute: 'meals' }],
    ['when do I usually have dinner', { move: 'find', subject: 'me', attribute: 'dinner' }],
    ['who was my dentist before?', { move: 'find', subject: 'me', attribute: 'dentist', is_over: true }],
    ['what was my old address', { move: 'find', subject: 'me', attribute: 'address', is_over: true }],
    ['delete my physio from your memory', { move: 'forget', subject: 'me', attribute: 'physio' }],
    ["don't remember my physio", { move: 'forget', subject: 'me', attribute: 'physio' }],
    ['forget about the gym', { move: 'forget', subject: 'me', attribute: 'gym' }],
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
  'I work from home on wednesday',
  'I work from home tomorrow',
  'I work half days',
  'that works for me',
  'Tuesday works for Ann',
  'I like it',
  'I like the first one',
  'Ann likes the idea',
  'Ann loves it',
  'I live in hope',
  'I live in a small village near Turin',
  'I love how this works',
  'I love you',
  'I love friday evenings',
  'I hate this',
  'I hate mondays',
  'I hate to ask but remind me to call Ann',
  'I drink coffee at 3',
  'I eat lunch again at 1',
  "I don't like it any more",
  'I no longer work on Saturdays',
  "I don't have a dentist appointment any more",
  'no wait, my dentist is on friday at 3',
  'no, my boss is angry',
  'my dog is sick',
  'my car is red',
  'remember that the meeting is in room 5',
  'remember that the report is on my desk',
  'my number one priority is the report',
  'my boss is Tom and I have a meeting with him at 5',
  'my hairdresser is at 5 on Kantstrasse',
  'where is my parcel',
  'what was my last meeting',
  'who was at the meeting before',
  'forget about the gym on friday',
  'everything you know about the project',
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
  ['tuesday is my day off', ['tuesday']],
  ['I work every weekday except thursday', ['monday', 'tuesday', 'wednesday', 'friday']],
  ['I do work fridays after all', ['friday']],
])('work days: %s', async (words, days) => {
  const { act, values } = await parseText(words);
  expect(act.action).toBe('set_preference');
  expect(values.preference).toEqual({ key: 'working_days', value: { days } });
});

const LAST = {
  vet: { subject: 'me', attribute: 'vet', value: 'Dr. Osei', value_kind: 'person' },
  size: { subject: 'me', attribute: 'hat size', value: '57', value_kind: 'text' },
  gym: { subject: 'me', attribute: 'gym', value: 'on Elm Street', value_kind: 'place' },
  allergy: { subject: 'me', attribute: 'allergy', value: 'celery', value_kind: 'text' },
  birthday: { subject: 'Henrik', attribute: 'birthday', value: '9 February', value_kind: 'date' },
  ladder: { subject: 'me', attribute: 'ladder', value: 'behind the shed', value_kind: 'text' },
} as const;
const EVENT = {
  action: 'create_event' as const,
  slots: { title: 'workshop with Priya', participants: ['Priya'], start: '2026-11-24T09:00:00-05:00' },
  kind: 'event',
  title: 'workshop with Priya',
  at: NOW,
};

describe('what is said of the fact that was told last', () => {
  test.each<[keyof typeof LAST, string, string | undefined]>([
    ['vet', 'no, Dr. Owusu', 'Dr. Owusu'],
    ['vet', 'not Osei, Dr. Owusu', 'Dr. Owusu'],
    ['vet', "it's not Osei, it's Owusu", 'Owusu'],
    ['vet', 'oops I meant Owusu', 'Owusu'],
    ['vet', 'make it Dr. Owusu', 'Dr. Owusu'],
    ['vet', "that's wrong, my vet is Dr. Owusu", 'Dr. Owusu'],
    ['vet', "that's not true", undefined],
    ['vet', "no it isn't", undefined],
    ['size', 'no, 58', '58'],
    ['size', 'sorry, 58', '58'],
    ['gym', 'I meant Titan', 'Titan'],
    ['gym', 'actually on Oak Road', 'on Oak Road'],
    ['allergy', 'no, lupins', 'lupins'],
    ['birthday', "actually it's 10 february", '10 February'],
    ['ladder', 'no, under the stairs', 'under the stairs'],
  ])('%s: %s', async (last, words, value) => {
    const { acts } = await understand(words, { lastFact: { ...LAST[last], at: NOW }, lastReceipt: EVENT });
    const { subject, attribute, value: was } = LAST[last];
    expect(acts.map(({ action, params }) => [action, params?.fact])).toMatchObject([
      ['set_preference', { move: 'save', subject, attribute, was }],
    ]);
    expect(acts[0]?.params?.fact?.value).toBe(value);
  });

  test.each<[keyof typeof LAST, string]>([
    ['vet', 'no, at 10'],
    ['vet', 'make it friday'],
    ['vet', 'no, with Ben and Ann'],
    ['vet', 'move it to Main Street'],
    ['size', 'actually 4pm'],
    ['size', 'make it tomorrow'],
    ['gym', 'no, with Ben'],
    ['allergy', 'no, never mind'],
    ['allergy', 'make it urgent'],
    ['allergy', 'no problem'],
    ['allergy', 'wrong list, groceries'],
    ['birthday', 'no, friday'],
    ['ladder', 'actually buy a ladder'],
    ['ladder', 'thanks'],
  ])('%s: "%s" is about something else', async (last, words) => {
    const { acts } = await understand(words, { lastFact: { ...LAST[last], at: NOW }, lastReceipt: EVENT });
    expect(acts.map(({ params }) => params?.fact)).toEqual(acts.map(() => undefined));
  });

  test('"delete that" means it, and after a while nothing does', async () => {
    const at = new Date(Date.parse(NOW) - 30 * 60_000).toISOString();
    const said = async (lastFact: NluInput['lastFact']) =>
      (await understand('delete that', { lastFact })).acts[0]?.params?.fact;
    expect(await said({ ...LAST.vet, at: NOW })).toEqual({
      move: 'forget',
      subject: 'me',
      attribute: 'vet',
      value: 'Dr. Osei',
    });
    expect(await said({ ...LAST.vet, at })).toBeUndefined();
  });
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
