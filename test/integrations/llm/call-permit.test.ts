import { describe, expect, it } from 'vitest';
import { CallPermit } from '../../../integrations/llm/language-model.ts';
import { answers } from '../../support/fake-llm-answers.ts';
import { bench, permit, REQUEST } from './bench.ts';

describe('a call permit', () => {
  it('is made by nothing but its issue', async () => {
    const { model, llm } = await bench({ always: answers.text() });
    const options = { signal: new AbortController().signal };
    const literal = { callId: 'call', maxOutputTokens: 100, expiresAt: null };
    const dressedUp = Object.create(CallPermit.prototype) as CallPermit;
    const calls = [
      // @ts-expect-error all that is public is not enough
      model.complete(literal, REQUEST, options),
      // @ts-expect-error there is no call without one
      model.complete(undefined, REQUEST, options),
      model.complete(dressedUp, REQUEST, options),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(TypeError);
    expect(llm.calls).toEqual([]);
  });

  it('has a constructor that the compiler lets nobody call', () => {
    // @ts-expect-error private
    expect(new CallPermit('call', 100, null)).toBeInstanceOf(CallPermit);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('is not given for %s tokens', (tokens) => {
    expect(() => permit(tokens)).toThrow('a whole number of tokens');
  });

  it.each([0, -1, 1.5, Number.NaN])('does not make %s a cap on output', async (maxOutputTokens) => {
    const { model, llm } = await bench({ always: answers.text() });
    const { signal } = new AbortController();
    await expect(model.complete(permit(), { ...REQUEST, maxOutputTokens }, { signal })).rejects.toThrow(
      RangeError,
    );
    expect(llm.calls).toEqual([]);
  });
});
