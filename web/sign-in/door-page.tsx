import { LogIn, RotateCw, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import { becomeDemoPerson } from '../app/demo-login.ts';
import type { Door, DoorState, Login } from '../app/door.ts';
import type { OidcLogin } from '../app/oidc-login.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { DoorFrame } from './door-frame.tsx';
import { sayInstant } from './say-instant.ts';

type Closed = Exclude<DoorState, { kind: 'in' }>;

/** What stands in place of the page for whoever is not in: how to get in, or why nobody can and what helps. */
export function DoorPage({ door, state }: { door: Door; state: Closed }) {
  if (state.kind === 'opening')
    return (
      <DoorFrame busy>
        <p className="door-soft">Opening</p>
      </DoorFrame>
    );
  if (state.kind === 'unreachable') return <Unreachable onRetry={() => door.open()} />;
  if (state.kind === 'erased') return <Erased door={door} login={state.login} receipt={state.receipt} />;
  const { login, problem } = state;
  if (login === null) return <NotSetUp onRetry={() => door.open()} />;
  if (login.kind === 'oidc') return <SignIn login={login} problem={problem} door={door} />;
  return (
    <DoorFrame title="This demo person is gone">
      {/* Nobody signs in to a demo, and nothing went wrong. */}
      {problem !== null && <p>{problem.replace(/ Sign in again\b.*$/, '')}</p>}
      <button type="button" className="button primary" onClick={() => becomeDemoPerson()}>
        <UserRound size={17} aria-hidden /> Go on as a new guest
      </button>
    </DoorFrame>
  );
}

function Erased({ door, login, receipt }: { door: Door; login: Login; receipt: ErasureReceipt }) {
  const gone = receipt.stores.reduce((sum, { deleted }) => sum + deleted, 0);
  const address = `/erasures/${receipt.erasure_id}`;
  return (
    <DoorFrame title={receipt.state === 'done' ? 'Your account is erased' : 'Your account is being erased'}>
      <p>
        {receipt.state === 'done'
          ? `${gone.toLocaleString('en')} entries were deleted, in every store.`
          : 'It goes on by itself, whatever happens to this page.'}{' '}
        Files of the stores are to be clean by {sayInstant(receipt.files_clean_by)}.
      </p>
      <p className="door-soft">
        <a href={address}>The receipt</a> names nobody, and says when they are clean. Keep its address to look
        again: <CopyButton text={`${window.location.origin}${address}`} label="Copy its address" />
      </p>
      {login.kind === 'oidc' ? (
        <button type="button" className="button primary" onClick={() => void door.signIn(login)}>
          <LogIn size={17} aria-hidden /> Begin a new account
        </button>
      ) : (
        <button type="button" className="button primary" onClick={() => becomeDemoPerson()}>
          <UserRound size={17} aria-hidden /> Go on as a new guest
        </button>
      )}
    </DoorFrame>
  );
}

function SignIn({ login, problem, door }: { login: OidcLogin; problem: string | null; door: Door }) {
  const [leaving, setLeaving] = useState(false);
  const signIn = (): void => {
    setLeaving(true);
    void door.signIn(login).finally(() => setLeaving(false));
  };
  return (
    <DoorFrame title="Sign in to PulsePlan" problem={problem}>
      <p>Say what you want in your own words. PulsePlan puts it in order, and can take every step back.</p>
      <button type="button" className="button primary" disabled={leaving} onClick={signIn}>
        <LogIn size={17} aria-hidden /> {leaving ? 'One moment' : 'Sign in'}
      </button>
      <p className="door-soft">You sign in at {login.host} and come back here.</p>
    </DoorFrame>
  );
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  return (
    <DoorFrame title="PulsePlan does not answer">
      <p>This page tries again by itself. What you were writing is kept.</p>
      <button type="button" className="button" onClick={onRetry}>
        <RotateCw size={16} aria-hidden /> Try now
      </button>
    </DoorFrame>
  );
}

function NotSetUp({ onRetry }: { onRetry: () => void }) {
  return (
    <DoorFrame title="Signing in is not set up here">
      <p>
        PulsePlan is running, but it does not know yet how people sign in. If somebody else runs it for you,
        please tell them.
      </p>
      <h2>If you run it, set one of these and start it again</h2>
      <dl>
        <dt>
          <code>OIDC_ISSUER</code> and <code>OIDC_CLIENT_ID</code>
        </dt>
        <dd>
          People sign in at your identity provider. Register <code>{window.location.origin}/</code> there as
          the address to come back to.
        </dd>
        <dt>
          <code>PULSEPLAN_DEMO=1</code>
        </dt>
        <dd>Anybody gets in without a password, to try it out. Not for real data.</dd>
      </dl>
      <p>
        Programs with a token of their own can use <a href="/docs">the API</a> already.
      </p>
      <button type="button" className="button" onClick={onRetry}>
        <RotateCw size={16} aria-hidden /> Look again
      </button>
    </DoorFrame>
  );
}
