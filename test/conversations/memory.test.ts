import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { startProduct } from '../support/product.ts';
import { NOW, talk, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await startProduct());
});

const LATER = new Date(Date.parse(NOW) + 3 * 24 * 3_600_000).toISOString();

/** Says it until it was remembered; what is said is kept some moments after its answer. */
async function onceRemembered(me: Talk, text: string, wanted: RegExp): Promise<Heard> {
  let heard: Heard | undefined;
  await eventually('it is remembered', async () => {
    heard = await me.say(text, LATER);
    return wanted.test(heard.result.reply);
  });
  if (!heard) throw new Error('Nothing was heard');
  return heard;
}

describe('a search in other words', () => {
  it('finds what was made, and what it was said with', async () => {
    const me = await talk(url);
    await me.say('the dripping tap in the bathroom needs a plumber');
    await me.say('buy a birthday present for my mother');
    const later = await me.elsewhere();
    const found = await onceRemembered(later, 'what did I say about the leaking faucet?', /dripping tap/);
    found.says(/Nothing has those words\. This may be what you mean:/);
    const card = found.result.cards.find(({ kind }) => kind === 'search');
    expect(card?.data).toMatchObject({
      total: 1,
      hits: [{ kind: 'task', title: expect.stringMatching(/tap/) }],
    });
    // What was found can be acted on by its place.
    await later.say('mark the first one as done', LATER);
    expect((await me.tasks()).filter(({ status }) => status === 'done')).toHaveLength(1);
  });

  it('says so where nothing is like it', async () => {
    const me = await talk(url);
    await me.say('add a task to water the plants');
    const heard = await me.say('what did I say about skiing in the alps?');
    heard.says(/I found nothing/);
  });

  it("never finds another person's", async () => {
    const [me, other] = [await talk(url), await talk(url)];
    await other.say('the dripping tap in the bathroom needs a plumber');
    await me.say('the squeaking hinge of the kitchen door needs oil');
    await onceRemembered(me, 'what did I say about the noisy kitchen hinges?', /squeaking hinge/);
    const heard = await me.say('what did I say about the leaking faucet?', LATER);
    expect(heard.result.reply).not.toMatch(/dripping tap/);
  });
});
