import { describe, expect, test } from 'vitest';
import { newDraft } from '../../workers/nlu/draft.ts';
import { recogniseByRules, RULES } from '../../workers/nlu/recognise.ts';
import { NOW, ZONE } from './clock.ts';
import { RULE_EXAMPLES } from './rule-examples.ts';

const recognised = (text: string) => recogniseByRules(newDraft(text, ZONE, new Date(NOW))).recognition;

/** Names under which a rule reports a wording that weighs more, or less, than its other ones. */
const WEIGHED_APART: ReadonlyMap<string, string> = new Map([
  ['create.add-activity', 'create.add'],
  ['statement.activity', 'statement.verb'],
  ['email.noun', 'email.draft'],
]);
const ACTIONS = new Map(RULES.map(({ name, action }) => [name, action]));
const actionOf = (name: string) => ACTIONS.get(WEIGHED_APART.get(name) ?? name);

describe('every rule', () => {
  test('has sentences that it recognises and look-alikes that it does not', () => {
    const shown = new Map(RULE_EXAMPLES.map(([name, yes, no]) => [name, Math.min(yes.length, no.length)]));
    const names = [...ACTIONS.keys(), ...WEIGHED_APART.keys()];
    expect([...shown.keys()].toSorted()).toEqual(names.toSorted());
    expect(names.filter((name) => (shown.get(name) ?? 0) < 2)).toEqual([]);
  });

  test('has a name of its own', () => {
    expect(ACTIONS.size).toBe(RULES.length);
    expect(new Set(RULE_EXAMPLES.map(([name]) => name)).size).toBe(RULE_EXAMPLES.length);
  });
});

describe.each(RULE_EXAMPLES)('%s', (name, yes, no) => {
  test.each(yes)('recognises "%s"', (text) => {
    expect(recognised(text)).toMatchObject({ rule: name, action: actionOf(name) });
  });
  test.each(no)('does not recognise "%s"', (text) => {
    expect(recognised(text)?.rule).not.toBe(name);
  });
});
