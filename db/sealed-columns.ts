import { isSealed, type SecretBox } from '../core/secret-box.ts';

/** Every column that holds credentials, by table. A row is known by its `id`, which stays what it is while it is kept. */
export const SEALED_COLUMNS = {
  push_subscriptions: ['endpoint', 'p256dh', 'auth'],
  push_keys: ['private_key'],
} as const;

/** How the columns of one row are sealed and opened. */
export interface RowSeal<C extends string> {
  /** @throws SecretError where there is no key */
  seal(column: C, plain: string): string;
  /** One that is not sealed yet is taken as it is. @throws SecretError when its key is missing, or it does not open here */
  open(column: C, stored: string): string;
}

export function rowSeal<T extends keyof typeof SEALED_COLUMNS>(
  secrets: SecretBox,
  table: T,
  row: string,
): RowSeal<(typeof SEALED_COLUMNS)[T][number]> {
  return {
    seal: (column, plain) => secrets.seal(plain, { table, column, row }),
    open: (column, stored) => (isSealed(stored) ? secrets.open(stored, { table, column, row }) : stored),
  };
}
