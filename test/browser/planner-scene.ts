import { afterAll, beforeAll } from 'vitest';
import type { Notice } from '../../contracts/frames.ts';
import { newId } from '../../core/ids.ts';
import { connect, type Db } from '../../db/connect.ts';
import { keepNotice } from '../../db/notices.ts';
import { RestClient, TokenKeeper } from '../../web/client/index.ts';
import { sharedProduct, type SharedProduct } from '../support/product.ts';
import { tokenFor } from '../support/tokens.ts';

/** Somebody with a calendar, whose things are written over REST. */
export interface Person {
  name: string;
  id: string;
  rest: RestClient;
}

export interface Planner {
  readonly product: SharedProduct;
  readonly db: Db;
  /** Another person each time. */
  person(): Promise<Person>;
}

/** Of one name, so that files that share a product don't meet each other's people. */
let count = 0;

/** The product, and people in it. */
export function usePlanner(): Planner {
  let product: SharedProduct | undefined;
  let db: Db | undefined;
  beforeAll(async () => {
    product = await sharedProduct();
    db = connect(product.database.url, { poolMax: 2, name: 'test' });
  }, 120_000);
  afterAll(() => db?.destroy());
  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('The product is not running yet');
    return part;
  };
  return {
    get product() {
      return running(product);
    },
    get db() {
      return running(db);
    },
    async person() {
      const { url } = running(product);
      count += 1;
      const name = `planner-${count}`;
      const { user_id: id } = await new RestClient(url, null).demoLogin({ name });
      return { name, id, rest: new RestClient(url, new TokenKeeper(() => tokenFor(id))) };
    },
  };
}

/** A day from today on, as the tests' zone has it: `2026-11-30`. */
export const dayFrom = (days: number, from = new Date()): string =>
  new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** A reminder that was told, and its notice. */
export async function remind(db: Db, userId: string, title: string): Promise<string> {
  const id = newId();
  const at = new Date();
  await db('users').insert({ id: userId }).onConflict('id').ignore();
  await db('reminders').insert({
    id,
    user_id: userId,
    title,
    remind_at: at,
    timezone: 'UTC',
    status: 'fired',
    fired_at: at,
    version: 1,
    created_at: at,
    updated_at: at,
  });
  const notice: Notice = {
    notice_id: newId(),
    kind: 'reminder_due',
    text: title,
    data: { reminder_id: id },
    created_at: at.toISOString(),
  };
  await keepNotice(db, userId, notice);
  return id;
}
