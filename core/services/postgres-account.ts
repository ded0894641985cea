import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import { ServicesError } from './services-error.ts';

/** How to start a Postgres program: it refuses to run as root, whoever we are. */
export interface PostgresAccount {
  /** Stands before the program and its arguments. */
  readonly prefix: readonly string[];
  /** Who has to own the database files, as this process sees it. */
  readonly uid: number;
  readonly gid: number;
}

interface Account {
  uid: number;
  gid: number;
}

/**
 * An ordinary user runs Postgres as itself. Root runs it in a user namespace where root carries another number,
 * which changes nothing on disk; where namespaces are forbidden, as another user that may still enter root's
 * folders.
 */
export async function choosePostgresAccount(env: NodeJS.ProcessEnv): Promise<PostgresAccount> {
  const own = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  if (own.uid !== 0) return { prefix: [], ...own };
  const account = systemAccount();
  const namespace = ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'];
  if (await starts(namespace, env)) return { prefix: namespace, ...own };
  const otherUser = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  if (await starts(otherUser, env)) return { prefix: otherUser, ...account };
  throw new ServicesError(
    'postgres_missing',
    'Postgres does not run as root, and this machine allows no other way: start PulsePlan as an ordinary user, or set DATABASE_URL.',
  );
}

/** Files made under one kind of account are handed over when the next start uses another. */
export function ensureOwner(dir: string, { uid, gid }: PostgresAccount): void {
  if (uid < 0 || lstatSync(dir).uid === uid) return;
  const hand = (path: string, isDir: boolean) => {
    if (isDir)
      for (const entry of readdirSync(path, { withFileTypes: true }))
        hand(join(path, entry.name), entry.isDirectory());
    chownSync(path, uid, gid);
  };
  hand(dir, true);
}

async function starts([file, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  return file !== undefined && (await runProgram(file, [...args, 'true'], { env, timeoutMs: 10_000 })).ok;
}

/** initdb looks its user up by number, so it has to be one that the machine knows. */
function systemAccount(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
  const chosen =
    accounts.find(({ name }) => name === 'daemon') ??
    accounts.find(({ name }) => name === 'nobody') ??
    accounts[0];
  return chosen ?? { uid: 1, gid: 1 };
}
