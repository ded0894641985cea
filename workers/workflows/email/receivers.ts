import { z } from 'zod';
import type { Contact } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { ContactReader } from '../ports.ts';

/** Somebody an email goes to. Without an address, a name that still has to be looked up. */
export interface Receiver {
  /** Null where an address is all that is known. */
  name: string | null;
  address: string | null;
}

/** Why an email can't go out yet. */
export type Unaddressed = { name: string } & (
  | { kind: 'unknown' }
  /** Looks like an address and is none. */
  | { kind: 'invalid' }
  | { kind: 'several'; contacts: Contact[] }
);

const MATCHES_MAX = 6;
const address = z.email().max(320);
const NAMED =
  /^(?<name>[^<>]*?)\s*<\s*(?<address>[^<>\s]+)\s*>$|^(?<name2>[^@<>()]*?\p{L})[\s,:(]+(?<address2>[^\s@<>()]+@[^\s@<>()]+)\)?$/u;

/** "Ann <ann@example.com>", "Ann ann@example.com", "ann@example.com", "Ann" */
export function readReceiver(text: string): Receiver {
  const said = text.trim().replace(/\s+/g, ' ');
  const named = NAMED.exec(said)?.groups;
  const { name, address: to, name2 = name, address2 = to } = named ?? {};
  if (named) return { name: name2 || null, address: address2 ?? null };
  return isAddressLike(said)
    ? { name: null, address: said.replace(/^mailto:/i, '') }
    : { name: said, address: null };
}

/** As a person reads it. */
export const sayReceiver = ({ name, address: to }: Receiver): string =>
  to === null ? (name ?? '') : name === null ? to : `${name} <${to}>`;

export const isAddress = (text: string): boolean => address.safeParse(text).success;
const isAddressLike = (text: string): boolean => text.includes('@');

/** What a person is called, without "my": it is theirs who says it. */
export const bareName = (name: string): string => name.trim().replace(/^(?:my|our|the)\s+(?=\S)/i, '');

/** "Ann's", "your boss's" */
export function possessive(name: string): string {
  const said = name.replace(/^my\s+/i, 'your ').replace(/^our\s+/i, 'your ');
  return `${said}'s`;
}

const sameName = (one: string, other: string): boolean =>
  bareName(one).toLowerCase() === bareName(other).toLowerCase();

/** Finds addresses for all who have none yet, or says for whom there is none or more than one. */
export async function addressAll(
  contacts: ContactReader,
  receivers: readonly Receiver[],
): Promise<{ receivers: Receiver[] } | { missing: Unaddressed; receivers: readonly Receiver[] }> {
  const found: Receiver[] = [];
  for (const receiver of receivers) {
    const answer = await addressOne(contacts, receiver);
    if ('kind' in answer) return { missing: answer, receivers };
    found.push(answer);
  }
  const unique = new Map(found.map((one) => [one.address?.toLowerCase(), one]));
  return { receivers: [...unique.values()] };
}

async function addressOne(contacts: ContactReader, receiver: Receiver): Promise<Receiver | Unaddressed> {
  const { name, address: to } = receiver;
  if (to !== null) return isAddress(to) ? receiver : { kind: 'invalid', name: to };
  const said = name ?? '';
  const people = await contacts.match(bareName(said), MATCHES_MAX);
  const exact = people.filter((one) => sameName(one.name, said));
  const addressed = (exact.length > 0 ? exact : people).filter((one) => one.address !== null);
  const unique = [...new Map(addressed.map((one) => [one.address?.toLowerCase(), one])).values()];
  const [first] = unique;
  if (!first) return { kind: 'unknown', name: said };
  if (unique.length > 1) return { kind: 'several', name: said, contacts: unique };
  return { name: first.name, address: first.address };
}

/** Addresses that nobody had told before, as contacts. */
export async function learnt(
  contacts: ContactReader,
  receivers: readonly Receiver[],
  { now, newId, reason }: { now: Date; newId(): string; reason: string },
): Promise<EffectWrite[]> {
  const effects: EffectWrite[] = [];
  for (const { name, address: to } of receivers) {
    if (name === null || to === null) continue;
    const known = (await contacts.match(bareName(name), MATCHES_MAX)).filter((one) =>
      sameName(one.name, name),
    );
    // Who has an address keeps it: another one is for this email alone.
    if (known.some((one) => one.address !== null)) continue;
    effects.push(contactEffect(known[0], { name: bareName(name), address: to }, { now, newId, reason }));
  }
  return effects;
}

/** A new contact, or another address of one that there is. */
export function contactEffect(
  known: Contact | undefined,
  { name, address: to }: { name: string; address: string | null },
  { now, newId, reason }: { now: Date; newId(): string; reason: string },
): EffectWrite {
  const at = now.toISOString();
  return known
    ? {
        kind: 'contact',
        op: 'update',
        id: known.id,
        version: known.version,
        fields: { address: to, updated_at: at },
        reason,
      }
    : {
        kind: 'contact',
        op: 'create',
        id: newId(),
        version: null,
        fields: { name, address: to, created_at: at, updated_at: at, deleted_at: null },
        reason,
      };
}
