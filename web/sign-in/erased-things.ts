import type { ErasureReceipt } from '../../contracts/erasure.ts';

/** Stores by what a person would call what is in them, in the order in which they are told. */
const THINGS: readonly (readonly [name: string, stores: string])[] = [
  [
    'Conversations',
    'conversation_sessions conversation_turns turn_results turn_vectors clarifications unpublished_turns turn_tombstones',
  ],
  ['What was told to be remembered', 'facts'],
  ['Tasks', 'tasks'],
  ['Events', 'events'],
  ['Reminders', 'reminders'],
  ['People', 'contacts'],
  ['Emails', 'drafts deliveries mail_outbox'],
  ['History of changes', 'receipts receipt_effects write_keys'],
  ['Briefings and notices', 'briefing_orders briefings notices push_subscriptions'],
  ['Subscription and plan', 'subscriptions billing_notifications tier_grants tier_audit'],
  [
    'Usage',
    'llm_calls usage_events llm_usage usage_adjustments usage_summary usage_quotas usage_corrections usage_settings',
  ],
  ['Archives of usage', 'usage archives'],
  ['The account and its settings', 'users'],
  ['Working copies', 'redis'],
];
const NAMES = new Map(
  THINGS.flatMap(([name, stores]) =>
    [stores, ...stores.split(' ')].map((store): [string, string] => [store, name]),
  ),
);

export interface ErasedThing {
  name: string;
  deleted: number;
  /** Kept for sums, under a random number. */
  kept: number;
}

/** What was erased, by plain names; a store that has none keeps its own. */
export function erasedThings(stores: ErasureReceipt['stores']): ErasedThing[] {
  const things = new Map<string, ErasedThing>(THINGS.map(([name]) => [name, { name, deleted: 0, kept: 0 }]));
  for (const store of stores) {
    const name = NAMES.get(store.name) ?? store.name.replaceAll('_', ' ');
    const { deleted, kept } = things.get(name) ?? { deleted: 0, kept: 0 };
    things.set(name, { name, deleted: deleted + store.deleted, kept: kept + store.pseudonymised });
  }
  return [...things.values()].filter(({ deleted, kept }) => deleted + kept > 0);
}
