import { createContext, useContext } from 'react';
import type { ErasureReceipt } from '../../contracts/erasure.ts';
import type { Login } from './door.ts';

interface Present {
  login: Login;
  /** Where people sign in at all. */
  signOut(): void;
  /** Goes on as another demo person, a guest of before, or a new guest. */
  become(name?: string): void;
  /**
   * Erases the account, and what this browser keeps of it; the page ends with that.
   *
   * @throws ClientError where it was refused
   */
  erase(send: () => Promise<ErasureReceipt>): Promise<void>;
}

const Context = createContext<Present | null>(null);
export const LoginProvider = Context.Provider;

/** Who is using the page. */
export function useLogin(): Present {
  const present = useContext(Context);
  if (!present) throw new Error('This part stands behind the door only.');
  return present;
}
