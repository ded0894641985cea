import { beforeAll, describe, expect, test } from 'vitest';
import { fact } from '../../contracts/entities.ts';
import { listOf } from '../../contracts/rest.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { talk, talkAfter } from './talk.ts';
import { person } from './with-rest.ts';

const facts = listOf(fact);
let product: SharedProduct;
beforeAll(async () => {
  product = await sharedProduct();
});

const WEBER = 'my dentist is Dr. Weber';
const TOLD = 'You told me on Wednesday 18 November';

describe('what is told', () => {
  test('is kept with the words and the turn, and told back with its day', async () => {
    const { me, call } = await person(product.url);
    const heard = (await me.say(WEBER))
      .understood('set_preference')
      .says('I will remember: your dentist is Dr. Weber.');
    expect(heard.receipt.effects).toMatchObject([{ kind: 'fact', op: 'create', title: 'your dentist' }]);
    const { items } = facts.parse(await call('GET', '/memory'));
    expect(items).toMatchObject([
      { subject: 'me', attribute: 'dentist', value: 'Dr. Weber', said: WEBER, turn_id: heard.turn.id },
    ]);
    (await me.say('who is my dentist?')).says(`Your dentist is Dr. Weber. ${TOLD}.`).changesNothing();
    (await me.say(WEBER)).says(/^I know that already: your dentist is Dr\. Weber\./).changesNothing();
  });

  test('is told in one message as several things', async () => {
    const me = await talk(product.url);
    (await me.say('my boss is Tom and my gym is on Main Street')).says(
      'I will remember: your boss is Tom.\nI will remember: your gym is on Main Street.',
    );
    (await me.say('where is my gym?')).says('Your gym is on Main Street.');
  });

  test('is not known to somebody else, and is known in another conversation', async () => {
    const me = await talkAfter(product.url, WEBER);
    const other = await talk(product.url);
    (await other.say('who is my dentist?'))
      .refused('not_found')
      .says('You have not told me of your dentist.');
    (await (await me.elsewhere()).say('who is my dentist?')).says('Dr. Weber');
  });

  test('holds as long as was said', async () => {
    const me = await talkAfter(product.url, 'I work at Acme');
    (await me.say('until march I work from home')).says('you work from home until Sunday 28 February 2027.');
    (await me.say('where do I work?')).says(/^You work from home until/);
    (await me.say('where do I work?', '2027-03-02T10:00:00+01:00')).says(/^You work at Acme\./);
  });

  test('of which there may be many is kept side by side', async () => {
    const me = await talkAfter(product.url, "I'm allergic to nuts", "I'm allergic to cats");
    (await me.say('what am I allergic to?')).says(/nuts[^]*cats|cats[^]*nuts/);
  });

  test('beside a birthday goes into the calendar as well, and is taken back with it', async () => {
    const me = await talk(product.url);
    const heard = await me.say("my mother's birthday is on may 3rd");
    heard.didEvent('created', { title: "mother's birthday", all_day: true });
    expect(heard.receipt.effects.map(({ kind }) => kind)).toEqual(['event', 'fact']);
    (await me.say("when is my mother's birthday?"))
      .says(/Monday 3 May 2027/)
      .says('as you told me on Wednesday');
    await me.say("cancel my mother's birthday");
    (await me.say("when is my mother's birthday?")).says(
      `Your mother's birthday is on 3 May (Monday, in 166 days). ${TOLD}.`,
    );
    const other = await talkAfter(product.url, "my mother's birthday is on may 3rd");
    await other.say('undo');
    (await other.say('what do you know about my mother?')).refused('not_found');
  });
});

describe('what contradicts', () => {
  const choices = [/^Replace$/, /^Keep both$/, /^Leave it$/];

  test('is asked about', async () => {
    const me = await talkAfter(product.url, WEBER);
    const asked = await me.say('my dentist is Dr. Kim');
    asked.asks({
      slot: 'preference',
      kind: 'choice',
      words:
        /^You told me on Wednesday 18 November that your dentist is Dr\. Weber\. Is it Dr\. Kim now, or are there both\?$/,
      choices,
    });
    const replaced = (await me.tap(asked, 'Replace')).says('Your dentist is Dr. Kim now. It was Dr. Weber.');
    expect(replaced.receipt.effects.map(({ op }) => op)).toEqual(['create', 'update']);
    (await me.say('who is my dentist?')).says(/^Your dentist is Dr\. Kim\./);
    const [kim] = (await me.client.rest.memory()).items;
    expect(kim).toMatchObject({ said: 'my dentist is Dr. Kim', turn_id: asked.turn.id });
    (await me.say('undo')).says('Undone: Changed your dentist.');
    (await me.say('who is my dentist?')).says(/^Your dentist is Dr\. Weber\./);
  });

  test.each([
    ['yes', 'Dr. Kim'],
    ["it's Dr. Kim now", 'Dr. Kim'],
    ['the new one', 'Dr. Kim'],
    ['replace it', 'Dr. Kim'],
    ['no', 'Dr. Weber'],
    ['still Dr. Weber', 'Dr. Weber'],
    ['leave it', 'Dr. Weber'],
    ['never mind', 'Dr. Weber'],
  ])('"%s" settles it', async (words, left) => {
    const me = await talkAfter(product.url, WEBER, 'my dentist is Dr. Kim', words);
    const heard = (await me.say('who is my dentist?')).says(`Your dentist is ${left}.`);
    expect(heard.result.reply).not.toMatch('Still open');
  });

  test('"both" keeps both', async () => {
    const me = await talkAfter(product.url, WEBER, 'my dentist is Dr. Kim', 'keep both');
    (await me.say('who is my dentist?')).says(/Dr\. Kim[^]*Dr\. Weber|Dr\. Weber[^]*Dr\. Kim/);
  });

  test('is not asked about where the words say that it has changed', async () => {
    for (const words of [
      'my dentist is Dr. Kim now',
      'my new dentist is Dr. Kim',
      'I changed my dentist to Dr. Kim',
    ]) {
      const me = await talkAfter(product.url, WEBER);
      (await me.say(words)).says('Your dentist is Dr. Kim now. It was Dr. Weber.');
    }
  });

  test('leaves what was before as history', async () => {
    const { me, call } = await person(product.url);
    await me.sayAll(WEBER, 'my dentist is Dr. Kim now');
    expect(facts.parse(await call('GET', '/memory')).items).toHaveLength(1);
    const all = facts.parse(await call('GET', '/memory?past=true')).items;
    expect(all.map(({ value, valid_until: until }) => [value, until === null])).toEqual([
      ['Dr. Kim', true],
      ['Dr. Weber', false],
    ]);
    (await me.say('Dr. Kim is not my dentist any more')).says('Dr. Kim is not your dentist any more.');
    (await me.say('who is my dentist?')).says(
      /^I don't know your dentist now\. Your dentist was Dr\. (?:Kim|Weber)/,
    );
  });

  test('has no answer any more once it was told', async () => {
    const me = await talkAfter(product.url, WEBER, 'my dentist is Dr. Kim', 'my dentist is Dr. Kim now');
    expect(me.open).toEqual([]);
  });
});

describe('what is forgotten', () => {
  test('is what was told or shown last', async () => {
    const me = await talkAfter(product.url, WEBER);
    (await me.say('forget that')).says(/^I forgot your dentist\./);
    (await me.say('who is my dentist?')).refused('not_found');
    (await me.say('undo')).says('Undone: Forgot your dentist.');
    (await me.say('who is my dentist?')).says('Dr. Weber');
    (await me.say('forget that')).says(/^I forgot your dentist\./);
  });

  test('is nothing where something else came between, or by "forget it"', async () => {
    const me = await talkAfter(product.url, WEBER, "what's on friday?");
    (await me.say('forget that')).changesNothing();
    (await me.say('who is my dentist?')).says('Dr. Weber');
    (await me.say('forget it')).changesNothing();
    (await me.say('who is my dentist?')).says('Dr. Weber');
  });

  test('is one thing by its name, with what it was before', async () => {
    const { me, call } = await person(product.url);
    await me.sayAll(WEBER, 'my dentist is Dr. Kim now', 'my boss is Tom');
    (await me.say('forget my dentist')).says(/^I forgot your dentist\./);
    expect(facts.parse(await call('GET', '/memory?past=true')).items.map(({ value }) => value)).toEqual([
      'Tom',
    ]);
    await me.say('undo');
    expect(facts.parse(await call('GET', '/memory?past=true')).items).toHaveLength(3);
    (await me.say('forget that my boss is Tom')).says('I forgot your boss.');
  });

  test('is all about somebody, after a yes where it is much', async () => {
    const me = await talkAfter(product.url, 'my sister is Ann', 'Ann is vegetarian', WEBER);
    (await me.say('what do you know about Ann?')).says(
      /sister is Ann[^]*vegetarian|vegetarian[^]*sister is Ann/,
    );
    (await me.say('forget everything about Ann')).asks({ slot: 'preference', kind: 'confirm' });
    (await me.say('yes')).says('I forgot everything about Ann.');
    (await me.say('what do you know about me?')).says('Dr. Weber');
  });

  test('is everything only after a yes', async () => {
    const me = await talkAfter(product.url, WEBER, 'I never work on fridays');
    (await me.say('forget everything you know about me')).asks({
      slot: 'preference',
      kind: 'confirm',
      words: /That is 1 thing; your settings stay\.$/,
    });
    (await me.say('no')).changesNothing();
    await me.say('forget everything you know about me');
    (await me.say('yes')).says('I forgot everything about you.');
    (await me.say('what do you know about me?')).says(/Monday to Thursday/);
    await me.say('undo');
    (await me.say('what do you know about me?')).says(/Dr\. Weber/);
  });

  test('is the appointment, where no such thing was told', async () => {
    const me = await talkAfter(product.url, 'dentist on friday at 3pm');
    (await me.say('forget my dentist')).didEvent('deleted', { title: 'dentist' });
  });
});

describe('what is known changes what is done, and the reply says why', () => {
  const WHY = 'Your dentist is Dr. Weber, as you told me on Wednesday 18 November.';

  test('who takes part', async () => {
    const words = 'lunch with my dentist friday at noon';
    (await (await talk(product.url)).say(words)).didEvent('created', { participants: ['my dentist'] });
    const me = await talkAfter(product.url, WEBER);
    (await me.say(words))
      .didEvent('created', { title: 'lunch with Dr. Weber', participants: ['Dr. Weber'] })
      .says(WHY);
  });

  test('who an email goes to, whose address is that of the contact', async () => {
    const me = await talkAfter(product.url, WEBER, "Dr. Weber's email is weber@example.org");
    (await me.say('email my dentist about the invoice with a template')).says(/^Subject: /).says(WHY);
    (await me.say('send it')).asks({ slot: 'target', kind: 'confirm', words: /weber@example\.org/ });
  });

  test('but not where the role itself has an address', async () => {
    const me = await talkAfter(product.url, "my dentist's email is praxis@example.org", WEBER);
    const heard = await me.say('email my dentist about the invoice with a template');
    expect(heard.result.reply).not.toMatch(WHY);
  });

  test('whose address is told and asked for by the role', async () => {
    const me = await talkAfter(product.url, WEBER, "my dentist's email is praxis@example.org");
    (await me.say("what's my dentist's email?")).says("Dr. Weber's email address is praxis@example.org.");
    (await me.say('email my dentist about the invoice with a template')).says('Dear Dr. Weber').says(WHY);
    (await me.say('what do you know about Dr. Weber?')).says('praxis@example.org');
  });

  test('the answer to "who is it for?"', async () => {
    const me = await talkAfter(product.url, WEBER, 'draft an email with a template');
    (await me.say('my dentist')).says(/Dear Dr\. Weber|Hello Dr\. Weber/).says(WHY);
  });

  test('whom to call', async () => {
    const me = await talkAfter(product.url, WEBER);
    (await me.say('remind me to call my dentist tomorrow at 9'))
      .reminded('created', { title: 'call my dentist (Dr. Weber)' })
      .says(WHY);
  });

  test('where it is', async () => {
    const words = 'training at the gym friday 5pm';
    (await (await talk(product.url)).say(words)).didEvent('created', { location: 'the gym' });
    const me = await talkAfter(product.url, 'my gym is on Main Street');
    (await me.say(words))
      .didEvent('created', { location: 'Main Street' })
      .says('Your gym is on Main Street, as you told me on Wednesday 18 November.');
  });

  test('who signs', async () => {
    const words = 'email Ann about the rent with a template';
    (await (await talk(product.url)).say(words)).says('[Your name]');
    const me = await talkAfter(product.url, 'call me Robin');
    (await me.say(words)).says(/Kind regards,\nRobin/);
  });

  test('on which days work is planned', async () => {
    const me = await talkAfter(product.url, 'I never work on fridays');
    (await me.say('what do you know about me?')).says('You work from Monday to Thursday');
    const LEFT_OUT = "Friday is left out, since you don't work then.";
    const free = (await me.say('when am I free this week?')).says(LEFT_OUT);
    expect(free.result.reply).not.toMatch('Friday 20');
    const offered = (await me.say('find 3 hours for the slides this week')).says(LEFT_OUT);
    expect(offered.question.choices.map(({ label }) => label).join()).not.toMatch('Friday');
    await me.say('never mind');
    await me.say('add write the report by sunday, 12 hours');
    const plan = (await me.say('plan my week')).says(LEFT_OUT);
    expect(plan.result.reply).not.toMatch(/Friday 20 November, \d/);
    await me.say('no');
    // Who asks for the day itself is offered it.
    (await me.say('find an hour on friday')).says("You don't work on Friday, but you asked for it.");
    await me.say('never mind');
    await me.say('standup on thursday at 9am');
    const moved = (await me.say('find a new time for the standup')).says(LEFT_OUT);
    expect(moved.question.question).not.toMatch('Friday');
    (await me.say('I work on fridays too')).says('You work from Monday to Friday.');
    (await me.say('when am I free this week?')).says('Friday 20 November');
  });
});

describe('what was told last', () => {
  test('is corrected in place, with no history, and can be taken back', async () => {
    const { me, call } = await person(product.url);
    await me.say('call the plumber tomorrow at 9');
    await me.say('my boss is Tom');
    const heard = (await me.say('no, Tim'))
      .understood('set_preference')
      .says('Corrected: your boss is Tim. I had Tom.');
    expect(heard.receipt.effects).toMatchObject([{ kind: 'fact', op: 'update', title: 'your boss' }]);
    const all = async () => facts.parse(await call('GET', '/memory?past=true')).items;
    expect(await all()).toMatchObject([
      { value: 'Tim', said: 'no, Tim', turn_id: heard.turn.id, version: 2 },
    ]);
    (await me.say('who was my boss before?')).says('I know of none before').changesNothing();
    await me.undo(heard);
    expect(await all()).toMatchObject([{ value: 'Tom', said: 'my boss is Tom' }]);
  });

  test('is not what a correction means once something else was done', async () => {
    const me = await talkAfter(product.url, 'my boss is Tom', 'lunch with Ann friday at noon');
    (await me.say('no, Tim')).understood('update_event');
    (await me.say('who is my boss?')).says('Your boss is Tom.');
  });

  test('of several, the one that is wrong is corrected, and what is left of a list stays', async () => {
    const me = await talkAfter(product.url, "I'm allergic to nuts, eggs and milk", "I'm allergic to cats");
    (await me.say('no, dogs')).says('Corrected: you are allergic to dogs.');
    (await me.say("I'm not allergic to eggs any more")).says('nuts and milk');
    (await me.say('what am I allergic to?')).says(/dogs[^]*nuts and milk|nuts and milk[^]*dogs/);
  });
});

describe('a day of every year', () => {
  test('is moved in the calendar and in memory with one receipt, and back', async () => {
    const { me, call } = await person(product.url);
    await me.say("Eva's birthday is on 5 may");
    const moved = (await me.say('actually it is 6 may')).understood('update_event').says('6 May in mind');
    expect(moved.receipt.effects.map(({ kind, op }) => `${kind} ${op}`).toSorted()).toEqual([
      'event update',
      'fact update',
    ]);
    const value = async () => facts.parse(await call('GET', '/memory')).items.map((one) => one.value);
    expect(await value()).toEqual(['6 May']);
    await me.undo(moved);
    expect(await value()).toEqual(['5 May']);
    (await me.say("when is Eva's birthday?")).says('Wednesday 5 May 2027');
  });

  test('with its year is a fact alone, and keeps the year when its day is corrected', async () => {
    const me = await talk(product.url);
    (await me.say("Eva's birthday is on 5 may 1980")).understood('set_preference').says('5 May 1980');
    (await me.say('no, 6 may')).says('6 May 1980');
  });
});
