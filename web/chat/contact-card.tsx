import { AtSign, UserRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { Card } from '../../contracts/result.ts';
import { itemAsItIs } from '../app/item-store.ts';
import { useStore } from '../app/store.ts';
import { CHANGES } from './changes.ts';
import { useChatActions } from './chat-actions.ts';
import { useWanted } from './use-wanted.ts';

/** Somebody whom emails go to, with the address they go to. */
export function ContactCard({ data }: { data: Extract<Card, { kind: 'contact' }>['data'] }) {
  const { contacts } = useChatActions();
  useWanted(contacts, [data.contact.id]);
  const state = useStore(contacts);
  const { item: contact, gone: isGone } = itemAsItIs(state, data.contact);
  const gone = isGone || (data.change === 'deleted' && !state.items.has(contact.id));
  const [address, setAddress] = useState<string | null>(null);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const typed = address?.trim() ?? '';
    if (typed !== '' && typed !== contact.address) void contacts.patch(contact, { address: typed });
    setAddress(null);
  };
  const tag = gone ? CHANGES.deleted : CHANGES[data.change];
  return (
    <section
      className={`card card-column contact-card ${gone ? 'gone' : ''}`}
      aria-label={`Contact: ${contact.name}`}
    >
      <header className="event-head">
        <div className="reminder-line">
          <UserRound size={16} aria-hidden />
          <p className="reminder-title">{contact.name}</p>
        </div>
        {tag !== null && <span className="card-tag">{tag}</span>}
      </header>
      {address === null ? (
        <p className="contact-address">
          <AtSign size={14} aria-hidden />
          <span>{contact.address ?? 'No address so far'}</span>
          {!gone && (
            <button type="button" className="link quiet" onClick={() => setAddress(contact.address ?? '')}>
              {contact.address === null ? 'Add one' : 'Change'}
            </button>
          )}
        </p>
      ) : (
        <form className="contact-form" onSubmit={keep}>
          <input
            type="email"
            required
            autoFocus
            maxLength={320}
            aria-label={`Address of ${contact.name}`}
            value={address}
            onChange={({ target }) => setAddress(target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              setAddress(null);
            }}
          />
          <button type="submit" className="button small">
            Keep
          </button>
        </form>
      )}
    </section>
  );
}
