import type { Fact } from '../../contracts/entities.ts';
import { factName } from '../../contracts/fact-words.ts';
import type { FactPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { ItemStore, readPages } from './item-store.ts';
import type { Messages } from './messages.ts';
import { sayOpenly } from '../memory/secrets.ts';

/** What the user has told and still holds. */
export class FactStore extends ItemStore<Fact, FactPatch> {
  /** What was typed over a fact and is neither kept nor dropped, by its id: it waits where the page is left. */
  readonly drafts = new Map<string, string>();

  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'fact',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'fact' ? news : null),
      nameOf: sayOpenly,
      removal: ['Forgot', 'Not forgotten'],
      page: (page) => rest.memory({ ...page, past: true }),
      patch: (fact, patch) => rest.patchFact(fact.id, fact.version, patch),
      remove: (fact) => rest.deleteFact(fact.id, fact.version),
      preview: (fact, patch) => ({
        ...fact,
        ...(patch.value !== undefined && { value: patch.value }),
        ...(patch.valid_until !== undefined && { valid_until: patch.valid_until }),
      }),
      sayDone: (_patch, fact) => `Changed: ${factName(fact)}`,
    });
  }

  protected async read(): Promise<{ items: readonly Fact[]; lists: (fact: Fact) => boolean }> {
    const { items, whole } = await readPages((page) => this.client.rest.memory(page));
    return { items, lists: () => whole };
  }
}
