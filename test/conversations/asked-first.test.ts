import { beforeAll, expect, it } from 'vitest';
import { action, type Action } from '../../contracts/intents.ts';
import { needsConfirmation } from '../../workers/workflows/policy.ts';
import { sharedProduct } from '../support/product.ts';
import { talkAfter } from './talk.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** What is said for each action that the policy lets nobody have without a question. */
const SAID: Partial<Record<Action, readonly string[]>> = {
  plan_schedule: ['write the report by friday', 'plan my week'],
  reschedule: ['dentist friday at 3pm', 'find a new time for the dentist'],
  send_email: ['draft an email to ann@example.com about the rent using a template', 'send it'],
};
const NEVER_FREELY = action.options.filter((name) => needsConfirmation(name, 1));

it('is told of every such action what to say', () => {
  expect(Object.keys(SAID).sort()).toEqual(NEVER_FREELY.toSorted());
});

it.each(NEVER_FREELY)('%s is asked about before anything is done', async (name) => {
  const said = SAID[name] ?? [];
  const me = await talkAfter(url, ...said.slice(0, -1));
  const before = await me.client.rest.receipts({ limit: 50 });
  const last = await me.say(said.at(-1) ?? '');
  last.understood(name);
  expect(last.result.status).toBe('clarifying');
  expect((await me.client.rest.receipts({ limit: 50 })).items).toHaveLength(before.items.length);
});
