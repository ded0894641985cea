import { describe, expect, it } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { recogniseByRules } from '../../workers/nlu/recognise.ts';
import { newDraft, type Draft } from '../../workers/nlu/draft.ts';
import { readDraftEdit, readSending, sendOff } from '../../workers/nlu/email/edits.ts';
import { whichDraft } from '../../workers/nlu/email/which-draft.ts';

const read = (text: string): Draft => newDraft(text, 'Europe/Vienna', new Date('2026-11-18T09:00:00Z'));

describe('what is changed of an email spoken of last', () => {
  const shorter = { edit: { length: 'shorter' } };
  it.each([
    ['make it shorter', shorter],
    ['shorter please', shorter],
    ['keep it short', shorter],
    ["it's too long", shorter],
    ['shorten it', shorter],
    ['cut it down', shorter],
    ['a bit more formal', { tone: 'formal', edit: {} }],
    ['make it sound more professional', { tone: 'formal', edit: {} }],
    ['it is too formal', { tone: 'friendly', edit: {} }],
    ['use a friendlier tone', { tone: 'friendly', edit: {} }],
    ['rewrite it more formally', { tone: 'formal', edit: {} }],
    ['make it more formal and shorter', { tone: 'formal', edit: { length: 'shorter' } }],
    ["add that I'm late", { edit: { add: "I'm late" } }],
    ["tell her I'm looking forward to it", { edit: { add: "I'm looking forward to it" } }],
    ['add "See you on Monday!"', { edit: { add: 'See you on Monday!' } }],
    ['sign it as Mia', { edit: { sign: 'Mia' } }],
    ['my name is Mia', { edit: { sign: 'Mia' } }],
    ['remove the last sentence', { edit: { cut: { place: 'last', unit: 'sentence' } } }],
    ['delete the second paragraph', { edit: { cut: { place: 'second', unit: 'paragraph' } } }],
    ['remove the part about the parking', { edit: { cut: { about: 'the parking' } } }],
    ['replace monday with tuesday', { edit: { replace: { from: 'monday', to: 'tuesday' } } }],
    ['reword it', { edit: { reword: true } }],
    ['rewrite it with AI', { method: 'llm', edit: { reword: true } }],
    ['use a template', { method: 'template', edit: { reword: true } }],
    ['discard it', { edit: { discard: true } }],
    ['throw it away', { edit: { discard: true } }],
    ['add that I am ill and make it shorter', { edit: { add: 'I am ill', length: 'shorter' } }],
  ])('%s', (text, params) => {
    const edit = readDraftEdit(read(text), true);
    expect(edit?.params).toEqual(params);
    expect(slotsOf(edit?.entities ?? []).target).toEqual({ kind: 'draft', reference: 'last' });
    // Said of nothing in particular, it is about an email only where one was spoken of last.
    expect(readDraftEdit(read(text), false)).toBeNull();
  });

  it.each([
    ['change the subject to Rent for November', { subject: 'Rent for November' }, {}],
    ['the subject should be "Heating again"', { subject: 'Heating again' }, {}],
    ['also send it to Bob', { recipient: ['Bob'] }, { to: 'add' }],
    ['cc bob@x.org and Eve', { recipient: ['bob@x.org', 'Eve'] }, { to: 'add' }],
    ['address it to Bob instead', { recipient: ['Bob'] }, { to: 'set' }],
    ["don't send it to Bob", { recipient: ['Bob'] }, { to: 'remove' }],
    ['it should say that I am ill', { body: 'I am ill' }, {}],
  ])('%s', (text, slots, edit) => {
    const found = readDraftEdit(read(text), true);
    expect(slotsOf(found?.entities ?? [])).toMatchObject(slots);
    expect(found?.params.edit).toEqual(edit);
  });

  it.each([
    'add milk',
    'add a task to buy milk',
    'make it 3pm',
    'make it urgent',
    'move it to monday',
    'tell me a joke',
    'remind me to call Ann',
    'mark it as done',
    'ask Bob about the car',
    'change the title to Report',
    'call mom',
    'undo',
    'draft an email to Bob',
    'email Bob that I am late',
    'delete the report',
    'cut the grass',
    'use the car',
    'write to Ann about the party',
  ])('nothing by "%s"', (text) => {
    expect(readDraftEdit(read(text), true)).toBeNull();
  });

  it.each([
    ['make the email to Ann shorter', { kind: 'draft', query: 'to Ann' }],
    ['make the second draft more formal', { kind: 'draft', reference: 'ordinal', ordinal: 2 }],
    ['change the subject of the email to Hello', { kind: 'draft', reference: 'last' }],
    ['add Bob to the rent email', { kind: 'draft', query: 'rent' }],
    ['delete the draft', { kind: 'draft', reference: 'last' }],
  ])('of one that is named, whatever came last: %s', (text, target) => {
    expect(slotsOf(readDraftEdit(read(text), false)?.entities ?? []).target).toEqual(target);
  });

  it('leaves what may be a task', () => {
    expect(readDraftEdit(read('delete the email to Ann'), false)).toBeNull();
  });
});

it.each([
  ['it', { reference: 'last' }],
  ['the draft', { reference: 'last' }],
  ['the latest email', { reference: 'last' }],
  ['the third one', { reference: 'ordinal', ordinal: 3 }],
  ['the email to my landlord', { query: 'to my landlord' }],
  ['that mail about the rent', { query: 'the rent' }],
  ['the party invitation email', { query: 'party invitation' }],
])('"%s" is an email', (text, target) => {
  expect(whichDraft(text)).toEqual({ kind: 'draft', ...target });
});

it.each([
  ['send it', undefined],
  ['ok send it now please', undefined],
  ['go ahead and send it', undefined],
  ['send it to Ann and Bob', ['Ann', 'Bob']],
  ['send that to ann@x.org', ['ann@x.org']],
])('"%s" sends', (text, recipient) => {
  expect(slotsOf(readSending(read(text)) ?? [])).toEqual({
    target: { kind: 'draft', reference: 'last' },
    ...(recipient && { recipient }),
  });
});

it.each([
  ["email Ann that I'm late and send it", "email Ann that I'm late"],
  ['make it shorter, then send it off', 'make it shorter'],
  ['draft an email to Ann. Send it now', 'draft an email to Ann'],
])('"%s" is two things', (text, before) => {
  const off = sendOff(read(text));
  expect(off && text.slice(off.before.start, off.before.end)).toBe(before);
});

describe('people', () => {
  it.each([
    ["Ann's email is ann@example.com", 'save', 'Ann', 'ann@example.com'],
    ["my landlord's email address is lord@example.com.", 'save', 'my landlord', 'lord@example.com'],
    ["change Ann's email to ann@new.org", 'save', 'Ann', 'ann@new.org'],
    ['the email of Ann Lee is ann.lee@x.org', 'save', 'Ann Lee', 'ann.lee@x.org'],
    ['add Bob bob@x.org to my contacts', 'save', 'Bob', 'bob@x.org'],
    ['add Bob (bob@x.org) to contacts', 'save', 'Bob', 'bob@x.org'],
    ['save bob@x.org as Bob', 'save', 'Bob', 'bob@x.org'],
    ['new contact: Bob Miller, bob@x.org', 'save', 'Bob Miller', 'bob@x.org'],
    ['Bob is bob@x.org', 'save', 'Bob', 'bob@x.org'],
    ['add Bob to my contacts', 'save', 'Bob', undefined],
    ["what is Ann's address?", 'find', 'Ann', undefined],
    ["what's Ann's email", 'find', 'Ann', undefined],
    ['do you have an email address for Bob?', 'find', 'Bob', undefined],
    ['show my contacts', 'list', undefined, undefined],
    ['who is in my address book?', 'list', undefined, undefined],
    ['delete Ann from my contacts', 'forget', 'Ann', undefined],
    ["forget Ann's address", 'forget', 'Ann', undefined],
  ])('%s', (text, move, name, address) => {
    expect(recogniseByRules(read(text)).recognition?.params?.contact).toEqual({
      move,
      ...(name && { name }),
      ...(address && { address }),
    });
  });

  it.each([
    'email ann@x.org about the rent',
    'send the report to ann@x.org',
    'add lunch with Ann to my calendar',
    'what is the address of the meeting',
    "what is Ann's birthday",
    'add bread to my shopping list',
    'remove Bob from the meeting',
    'show my tasks',
    'draft an email to bob@x.org',
    "find Ann's emails",
  ])('not by "%s"', (text) => {
    expect(recogniseByRules(read(text)).recognition?.params?.contact).toBeUndefined();
  });
});
