import type { Draft } from '../../contracts/entities.ts';
import type { DraftPatch } from '../../contracts/requests.ts';
import type { PulseClient } from '../client/index.ts';
import { ItemStore } from './item-store.ts';
import { describe, type Messages } from './messages.ts';

/** An email waits for some seconds; what ordered it is among the latest changes. */
const LOOKED_AT = 50;

/** The user's emails that are on screen, as they are now: read when one is shown first, then kept true by news. */
export class DraftStore extends ItemStore<Draft, DraftPatch> {
  readonly #messages: Messages;

  constructor(client: PulseClient, messages: Messages) {
    const { rest } = client;
    super(client, messages, {
      kind: 'draft',
      newsOf: (news) => (news.type === 'entity.changed' && news.kind === 'draft' ? news : null),
      nameOf: ({ subject }) => subject,
      page: (page) => rest.drafts(page),
      patch: (draft, patch) => rest.patchDraft(draft.id, draft.version, patch),
      remove: (draft) => rest.deleteDraft(draft.id, draft.version),
      preview: (draft, patch) => ({ ...draft, ...patch }),
      sayDone: (patch, { subject: before }) => {
        const subject = patch.subject ?? before;
        return `Changed: ${subject === '' ? 'the email' : subject}`;
      },
    });
    this.#messages = messages;
  }

  /** Keeps an email from being sent, while it waits: what ordered that is taken back. */
  async stop({ id }: Draft): Promise<void> {
    try {
      const { items } = await this.client.rest.receipts({ limit: LOOKED_AT });
      const ordered = items.find(
        ({ undone, changes }) =>
          !undone && changes.some((change) => change.id === id && change.after?.['status'] === 'sending'),
      );
      if (ordered) await this.#messages.undo(ordered.receipt_id);
      else this.#messages.say('It can’t be stopped any more.');
    } catch (error) {
      this.#messages.say(describe(error));
    }
  }

  protected read(): Promise<{ items: readonly Draft[]; lists: (draft: Draft) => boolean }> {
    return Promise.resolve({ items: [], lists: () => false });
  }
}
