import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { draftOf, letter, promptOf, tokensUsed } from './letters.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
let llm: FakeLlm;
beforeAll(async () => {
  llm = await startFakeLlm();
  ({ url } = await startProduct({ env: { OPENAI_BASE_URL: llm.url } }));
  return () => llm.close();
});
beforeEach(() => {
  llm.calls.length = 0;
  llm.behave({ always: answers.text({ text: letter }) });
});

/** Somebody with a draft to Ann from a template. */
async function withTemplate(): Promise<Talk> {
  const me = await talk(url);
  await me.say('draft an email to Ann about the rent with a template');
  return me;
}
const bodyAfter = async (me: Talk, words: string): Promise<string> => draftOf(await me.say(words)).body;

describe('words for how an email is to sound', () => {
  it.each(['make it more formal', 'more formal please', 'a bit shorter', 'make the email to Ann friendlier'])(
    'are said of it while something else is asked, which stays asked: "%s"',
    async (words) => {
      const me = await withTemplate();
      const before = draftOf(await me.say('show my drafts')).body;
      (await me.say('add study')).asks({ slot: 'title' });
      const changed = (await me.say(words)).says(/What do you want to study\?$/);
      expect(draftOf(changed).body).not.toBe(before);
      (await me.say('physics')).did('created', { title: 'study physics' });
    },
  );

  it('are an answer where there is no email, or what is asked may be short', async () => {
    const me = await talk(url);
    (await me.sayAll('add study', 'more formal logic')).did('created', { title: 'study more formal logic' });
    const other = await withTemplate();
    await other.say('add a meeting with Kim tomorrow');
    (await other.say('make it longer')).changesNothing();
  });
});

describe('a draft from a template', () => {
  it('changes its tone and its length, and keeps what it says', async () => {
    const me = await withTemplate();
    await me.say("add that I'm late with it");
    expect(await bodyAfter(me, 'make it more formal')).toMatch(
      /^Dear Ann,\n\nI am writing to you regarding the rent\.\n\nI'm late with it\.\n\n[^\n]+\n\nYours sincerely,\n\[Your name\]$/,
    );
    expect(await bodyAfter(me, 'shorter')).toBe(
      "Dear Ann,\n\nI am writing to you regarding the rent.\n\nI'm late with it.\n\nYours sincerely,\n[Your name]",
    );
    (await me.say('even shorter')).says('It is as short as its template gets.').changesNothing();
    expect(await bodyAfter(me, 'a bit friendlier')).toMatch(
      /^Hi Ann,\n\nI hope[\s\S]*I'm late with it\.\n\nBest,/,
    );
    (await me.say('friendlier')).says('It is friendly already.').changesNothing();
    expect(llm.calls).toHaveLength(0);
    expect(await tokensUsed(me)).toBe(0);
  });

  it('says more, and says it to its reader', async () => {
    const me = await withTemplate();
    const told: readonly [string, string][] = [
      ["add that I'm late", "I'm late."],
      ['also say that I will bring cake', 'I will bring cake.'],
      ["tell her I'm looking forward to it", "I'm looking forward to it."],
      ['ask her if she can come on monday', 'I would like to ask whether you can come on Monday.'],
      ['add a sentence about the hotel', 'I would also like to mention the hotel.'],
      ['thank her for her help', 'Thank you for your help.'],
      ['mention the parking', 'I would also like to mention the parking.'],
      ['add "See you soon!"', 'See you soon!'],
      ['add a line saying thanks for everything', 'Thanks for everything.'],
      ['add my number 0664 123 to the email', 'My number 0664 123.'],
    ];
    for (const [words, sentence] of told) {
      const body = await bodyAfter(me, words);
      expect(body.split('\n\n'), words).toContain(sentence);
    }
  });

  it('has another subject, other readers and a name at its end', async () => {
    const me = await withTemplate();
    expect(draftOf(await me.say('change the subject to Rent for November')).subject).toBe(
      'Rent for November',
    );
    expect(draftOf(await me.say('also send it to Bob'))).toMatchObject({
      recipients: ['Ann', 'Bob'],
      subject: 'Rent for November',
      body: expect.stringMatching(/^Hello Ann and Bob,/) as unknown,
    });
    expect(draftOf(await me.say('remove Ann from the email')).recipients).toEqual(['Bob']);
    expect(draftOf(await me.say('cc eve@example.com')).recipients).toEqual(['Bob', 'eve@example.com']);
    expect(draftOf(await me.say('address it to Tim instead')).recipients).toEqual(['Tim']);
    expect(draftOf(await me.say('no, to Ann')).recipients).toEqual(['Ann']);
    expect(await bodyAfter(me, 'sign it as mia')).toMatch(/Kind regards,\nMia$/);
    expect(draftOf(await me.say('actually, about the heating')).body).toMatch(/about the heating/);
    expect(await bodyAfter(me, 'it should say that the heating is broken')).toMatch(
      /\n\nThe heating is broken\./i,
    );
  });

  it('loses a sentence or gets other words where they stand', async () => {
    const me = await withTemplate();
    await me.sayAll('add that I can come on monday', 'add that the parking is free');
    expect(await bodyAfter(me, 'remove the part about the parking')).not.toMatch(/parking/);
    expect(await bodyAfter(me, 'replace monday with tuesday')).toMatch(/I can come on tuesday\./i);
    (await me.say('replace cake with bread')).says('"cake" does not stand in it.').changesNothing();
    (await me.say('remove the last sentence')).says(/^Took out "Please let me know/);
    // Its template knows nothing of that; the text is changed where it stands.
    expect(await bodyAfter(me, 'more formal')).toMatch(/^Dear Ann,\n\n[\s\S]*tuesday\.\n\nYours sincerely,/i);
  });

  it('takes several changes in one breath, and each is taken back', async () => {
    const me = await withTemplate();
    const before = (await me.client.rest.drafts()).items[0];
    const heard = await me.say('make it shorter and more formal, and sign it as Mia');
    heard.says(/^Signed it as Mia, made it shorter, made it formal\./);
    expect(draftOf(heard)).toMatchObject({ tone: 'formal', body: expect.stringMatching(/Mia$/) as unknown });
    await me.say('undo');
    const after = (await me.client.rest.drafts()).items[0];
    expect(after).toEqual({ ...before, version: 3, updated_at: after?.updated_at });
    expect(await bodyAfter(me, 'make it longer')).toMatch(/If there is anything you would like to know/);
  });

  it('is deleted, and comes back', async () => {
    const me = await withTemplate();
    (await me.say('delete it')).says('Deleted the draft "The rent".');
    expect((await me.client.rest.drafts()).items).toEqual([]);
    await me.say('undo');
    expect((await me.client.rest.drafts()).items).toHaveLength(1);
    await me.say('create a task to buy milk');
    (await me.say('delete the draft')).says('Deleted the draft "The rent".');
    expect(await me.titles()).toEqual(['buy milk']);
  });

  it('is found by name when something else was said since', async () => {
    const me = await withTemplate();
    await me.sayAll('draft an email to Bob about the party with a template', 'create a task to call Ann');
    expect(draftOf(await me.say('make the email to Ann shorter')).subject).toBe('The rent');
    expect(draftOf(await me.say('change the subject of the party email to Saturday')).subject).toBe(
      'Saturday',
    );
    await me.say('create a task to buy milk');
    (await me.say('make it urgent')).did('updated', { title: 'buy milk', priority: 'urgent' });
    (await me.say('add bread')).did('created', { title: 'bread' });
  });

  it('that was changed over REST is no template any more', async () => {
    const me = await withTemplate();
    const id = draftOf(await me.say('shorter')).id;
    const body = 'Hi Ann,\n\nI pay on monday.\n\nBest,\nMia';
    await me.client.rest.call({
      path: `/drafts/${id}`,
      method: 'PATCH',
      body: { body },
      schema: (await import('../../contracts/requests.ts')).effectsResponse,
    });
    expect(await bodyAfter(me, 'make it more formal')).toBe(
      'Dear Ann,\n\nI pay on monday.\n\nYours sincerely,\nMia',
    );
  });
});

describe('a draft by the language model', () => {
  it('is changed for nothing where no other words are needed', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann');
    expect(llm.calls).toHaveLength(1);
    expect(await bodyAfter(me, 'add that I am late')).toBe(
      'Dear Ann,\n\nthis is what I wanted to say.\n\nI am late.\n\nKind regards,\n[Your name]',
    );
    expect(await bodyAfter(me, 'sign it as Mia')).toMatch(/Kind regards,\nMia$/);
    expect(draftOf(await me.say('subject: Hello'))).toMatchObject({ subject: 'Hello', method: 'llm' });
    expect(llm.calls).toHaveLength(1);
    expect(await tokensUsed(me)).toBe(500);
  });

  it('is worded anew by it, with its price, and is data to it', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann');
    const heard = await me.say('make it shorter');
    heard.says(/^Subject: For Ann\n\n[\s\S]*Kept as a draft\. This took 500 tokens\.$/);
    expect(heard.result.usage.tokens_used).toBe(500);
    expect(promptOf(llm.calls[1])).toMatch(/^The email as it is: Subject: For Ann$/m);
    expect(promptOf(llm.calls[1])).toMatch(/The change that is wanted[^\n]*: make it shorter$/m);
    expect(await tokensUsed(me)).toBe(1_000);
  });

  it('is refused without tokens, and done plainly where that is taken', async () => {
    const me = await talk(url);
    for (let n = 1; n <= 20; n += 1) await me.say('draft an email to Ann');
    const refused = await me.say('make it more formal');
    refused.refused('quota_exceeded');
    const heard = await me.tap(refused, 'Use a template');
    expect(draftOf(heard)).toMatchObject({ method: 'template', tone: 'formal' });
    expect(heard.result.usage.tokens_used).toBe(0);
    expect(llm.calls).toHaveLength(20);
  }, 60_000);

  it('words a template where that is asked for', async () => {
    const me = await withTemplate();
    const heard = await me.say('rewrite it with AI');
    expect(draftOf(heard)).toMatchObject({ method: 'llm', subject: 'For Ann' });
    expect(await tokensUsed(me)).toBe(500);
    expect(draftOf(await me.say('use a template'))).toMatchObject({
      method: 'template',
      subject: 'The rent',
    });
  });

  it('is left as it is, plainly changed and uncharged where it fails', async () => {
    const me = await talk(url);
    await me.say('draft an email to Ann');
    llm.behave({ always: answers.refuse(500) });
    const heard = await me.say('make it more formal');
    heard.says(/^The language model can't be reached right now/);
    expect(draftOf(heard).tone).toBe('formal');
    expect(await tokensUsed(me)).toBe(500);
  });
});

describe('people', () => {
  it('are told, changed, looked up, forgotten, and undone', async () => {
    const me = await talk(url);
    (await me.say("Ann's email is ann@example.com")).says('Added Ann <ann@example.com> to your contacts.');
    (await me.say("Ann's email is ann@example.com")).says(/^I know that already/).changesNothing();
    (await me.say("what's Ann's address?")).says("Ann's email address is ann@example.com.");
    (await me.say("change Ann's email to ann@new.example")).says(
      "Changed Ann's address to ann@new.example (it was ann@example.com).",
    );
    await me.say('undo');
    (await me.say("what is Ann's email address?")).says(/ann@example\.com/);
    (await me.say('add Bob bob@example.com to my contacts')).says(
      'Added Bob <bob@example.com> to your contacts.',
    );
    (await me.say("my landlord's email is lord@example.com")).says(/^Added landlord <lord@example\.com>/);
    (await me.say('show my contacts')).says(
      'You have 3 contacts:\n• Ann <ann@example.com>\n• Bob <bob@example.com>\n• landlord <lord@example.com>',
    );
    (await me.say('delete Bob from my contacts')).says('Deleted Bob <bob@example.com> from your contacts.');
    (await me.say("what is Bob's address?")).refused('not_found').says(/Say "Bob's email is …" to add it\.$/);
    await me.say('undo');
    (await me.say("what is Bob's address?")).says(/bob@example\.com/);
    await me.say('draft an email to my landlord about the heating with a template');
    (await me.say('send it')).asks({ slot: 'target', kind: 'confirm', words: /<lord@example\.com>/ });
  });

  it('are asked for an address, which may be left out', async () => {
    const me = await talk(url);
    (await me.say('add Tom to my contacts')).asks({
      slot: 'recipient',
      words: /^What is Tom's email address\?$/,
    });
    (await me.say('tom@example')).asks({ slot: 'recipient', words: /is no email address/ });
    (await me.say('tom@example.com')).says('Added Tom <tom@example.com> to your contacts.');
    await me.say('add Eve to my contacts');
    (await me.say('skip')).says('Added Eve to your contacts.');
    await me.say('draft an email to Eve with a template');
    await me.sayAll('send it', 'eve@example.com', 'yes');
    (await me.say("what is Eve's address?")).says(/eve@example\.com/);
  });

  it('of a stranger are nobody’s', async () => {
    const me = await talk(url);
    await me.say("Ann's email is ann@example.com");
    const stranger = await talk(url);
    (await stranger.say('show my contacts')).says(/^You have no contacts yet/);
  });
});
