import type { Contact } from '../../contracts/entities.ts';
import type { ContactPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { ItemStore } from './item-store.ts';
import type { Messages } from './messages.ts';

/** People who are on screen, as they are now. */
export class ContactStore extends ItemStore<Contact, ContactPatch> {
  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'contact',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'contact' ? news : null),
      nameOf: ({ name }) => name,
      page: (page) => rest.contacts(page),
      patch: (contact, patch) => rest.patchContact(contact.id, contact.version, patch),
      remove: (contact) => rest.deleteContact(contact.id, contact.version),
      preview: (contact, patch) => ({ ...contact, ...patch }),
      sayDone: (_patch, { name }) => `Changed: ${name}`,
    });
  }

  protected read(): Promise<{ items: readonly Contact[]; lists: (contact: Contact) => boolean }> {
    return Promise.resolve({ items: [], lists: () => false });
  }
}
