import { beforeAll, describe, expect, it } from 'vitest';
import { DROP_CHOICE } from '../../contracts/clarification.ts';
import { ACTIONS } from '../../contracts/intents.ts';
import { sharedProduct } from '../support/product.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Whichever of these the model of the day is torn about. */
const TORN = [
  'drop the gym',
  'sam at 5',
  'milk or bread',
  'Bob friday',
  'gym stuff tomorrow',
  'check with tom tomorrow',
  'message from Ann',
  'the standup, friday',
  'something with Ann next week',
  'rent friday please',
];

async function torn(): Promise<{ me: Talk; asked: Heard; actions: string[] }> {
  const me = await talk(url);
  for (const text of TORN) {
    const asked = await me.say(text);
    const choices = asked.result.clarification?.choices ?? [];
    const actions = choices.map(({ choice_id: id }) => id).filter((id) => id !== DROP_CHOICE);
    if (actions.length > 1 && actions.every((id) => ACTIONS.has(id))) return { me, asked, actions };
  }
  throw new Error('No sentence was ambiguous: find others');
}

describe('a request with two readings', () => {
  it('is put as choices and changes nothing; a button runs the reading that it names', async () => {
    const { me, asked, actions } = await torn();
    asked.changesNothing();
    expect(asked.question.kind).toBe('choice');
    expect(asked.result.decision).toBe('CLARIFY');
    const label = asked.question.choices[1]?.label ?? '';
    const done = await me.tap(asked, label);
    expect(done.result.action).toBe(actions[1]);
    expect(me.open.map(({ clarification_id: id }) => id)).not.toContain(asked.question.clarification_id);
  });

  it('takes the place of a choice in words, and "no" drops it', async () => {
    const first = await torn();
    expect((await first.me.say('the first one')).result.action).toBe(first.actions[0]);
    const second = await torn();
    (await second.me.say('no')).changesNothing().says(/^All right, I did not do that/);
    expect(second.me.open.map(({ clarification_id: id }) => id)).not.toContain(
      second.asked.question.clarification_id,
    );
  });

  it('is not guessed by words that name none of them', async () => {
    const { me, asked } = await torn();
    (await me.say(';;')).changesNothing().asks({ slot: asked.question.slot, kind: 'choice' });
  });
});
