import { useEffect, useState } from 'react';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import { PulseClient, unsubscribePush, zoneNow, type ClientErrorCode } from '../client/index.ts';
import { DoorPage } from '../sign-in/door-page.tsx';
import { ActiveSession } from './active-session.ts';
import { App } from './app.tsx';
import type { Door, Login } from './door.ts';
import { becomeDemoPerson } from './demo-login.ts';
import { LoginProvider } from './login-context.ts';
import { Place, PlaceProvider } from './place.ts';
import { useStore } from './store.ts';
import { openStores, type Stores } from './stores.ts';
import { useConversationPart } from './use-conversation.ts';
import { WaitingTurns } from './waiting-turns.ts';

/** What a person can only mend by signing in anew. */
const NEEDS_SIGN_IN: readonly ClientErrorCode[] = [
  'authentication_error',
  'token_expired',
  'account_erased',
  'signed_out',
];

/** Who leaves does not wait longer than that for a push service that does not answer. */
const LEAVING_MS = 2_000;
const patience = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The door, or the page behind it. */
export function Root({ door, url }: { door: Door; url: string }) {
  const state = useStore(door);
  if (state.kind !== 'in') return <DoorPage door={door} state={state} />;
  return <SignedIn key={state.login.kind} door={door} login={state.login} url={url} />;
}

function SignedIn({ door, login, url }: { door: Door; login: Login; url: string }) {
  const [{ client, active, place, stores }] = useState(() => openPage(door, login, url));
  useEffect(
    () => () => {
      active.close();
      place.close();
      client.close();
    },
    [active, place, client],
  );
  const { session } = useStore(active);
  const refusal = useConversationPart(session, ({ link, linkError }) =>
    link === 'refused' && linkError && NEEDS_SIGN_IN.includes(linkError.code) ? linkError.message : null,
  );
  // Its connection is cut before the answer to the erasure comes, which says more.
  const [erasing, setErasing] = useState(false);
  useEffect(() => {
    if (refusal !== null && !erasing) door.refused(refusal);
  }, [door, refusal, erasing]);
  // What this browser is told is the business of whoever is in, and of nobody after them.
  const leave = (then: () => void): void =>
    void Promise.race([unsubscribePush(client.rest).catch(() => undefined), patience(LEAVING_MS)]).then(then);
  const present = {
    login,
    signOut: () => leave(() => void (login.kind === 'oidc' && door.signOut(login))),
    become: (name?: string) => leave(() => becomeDemoPerson(name)),
    erase: async (send: () => Promise<ErasureReceipt>) => {
      setErasing(true);
      try {
        door.erased(login, await send());
        void unsubscribePush(client.rest).catch(() => undefined);
      } finally {
        setErasing(false);
      }
    },
  };
  return (
    <LoginProvider value={present}>
      <PlaceProvider value={place}>
        <App client={client} stores={stores} active={active} />
      </PlaceProvider>
    </LoginProvider>
  );
}

interface Page {
  client: PulseClient;
  active: ActiveSession;
  place: Place;
  stores: Stores;
}

function openPage(door: Door, login: Login, url: string): Page {
  const outbox = new WaitingTurns(login.person);
  const client = new PulseClient({
    url,
    outbox,
    getToken: (reason) => door.token(login, reason),
    timezone: zoneNow,
  });
  // Without a conversation in the address, the one whose words still wait is what the person comes back for.
  const active = new ActiveSession(client, outbox.waiting().at(-1)?.session_id ?? undefined);
  client.sendWaiting();
  return { client, active, place: new Place(), stores: openStores(client) };
}
