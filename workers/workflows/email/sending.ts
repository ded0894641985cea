import type { Draft } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { SEND_DELAY_MS } from '../policy.ts';
import type { ContactReader } from '../ports.ts';
import { quote } from '../sentences.ts';
import { addressAll, learnt, readReceiver, sayReceiver, type Receiver } from './receivers.ts';

/** A sending as it is planned; until `sendAt` it can be taken back. */
export interface Sending {
  draft: Draft;
  deliveryId: string;
  sendAt: string;
  summary: string;
  effects: EffectWrite[];
}

/** What sending a draft to these people comes to: it waits for its delay, and a delivery with it. */
export async function planSending(
  contacts: ContactReader,
  draft: Draft,
  receivers: readonly Receiver[],
  { now, newId, reason }: { now: Date; newId(): string; reason: string },
): Promise<Sending> {
  const at = now.toISOString();
  const sendAt = new Date(now.getTime() + SEND_DELAY_MS).toISOString();
  const fields = {
    status: 'sending' as const,
    recipients: receivers.map(({ name, address }) => name ?? address ?? ''),
    addresses: receivers.flatMap(({ address }) => address ?? []),
    send_at: sendAt,
    updated_at: at,
  };
  const deliveryId = newId();
  return {
    draft: { ...draft, ...fields, version: draft.version + 1 },
    deliveryId,
    sendAt,
    summary: `Sending ${quote(draft.subject)} to ${sayAll(receivers.map(({ name, address }) => name ?? address ?? ''))}`,
    effects: [
      { kind: 'draft', op: 'update', id: draft.id, version: draft.version, fields, reason },
      {
        kind: 'delivery',
        op: 'create',
        id: deliveryId,
        version: null,
        fields: {
          draft_id: draft.id,
          state: 'planned',
          not_before: sendAt,
          error: null,
          called_at: null,
          attempts: 0,
          created_at: at,
          updated_at: at,
          deleted_at: null,
        },
        reason,
      },
      ...(await learnt(contacts, receivers, { now, newId, reason })),
    ],
  };
}

const NAMES = new Intl.ListFormat('en', { type: 'conjunction' });
/** "Ann, Bob and Eve" */
export const sayAll = (names: readonly string[]): string => NAMES.format(names);

/** Why a draft can't be sent as it stands; null when it can. */
export function sendObstacle({ status, body }: Draft): string | null {
  if (status === 'sending') return 'That email is on its way already. Say "undo" to stop it.';
  if (status === 'sent') return 'That email has been sent already.';
  if (body.trim() === '') return 'There is nothing in that email to send.';
  return null;
}

/**
 * Sends a draft without words, for instance by the button of the page, which confirms it.
 *
 * @throws PulseError `version_conflict` for what was sent already, `validation_error` where an address is missing
 */
export async function planSendingDirectly(
  contacts: ContactReader,
  draft: Draft,
  how: { now: Date; newId(): string; reason: string },
): Promise<Sending> {
  const obstacle = sendObstacle(draft);
  if (obstacle !== null) throw new PulseError('version_conflict', obstacle);
  if (draft.recipients.length === 0)
    throw new PulseError('validation_error', 'That email is for nobody yet. Give it a recipient first.');
  const found = await addressAll(contacts, draft.recipients.map(readReceiver));
  if (!('missing' in found)) return planSending(contacts, draft, found.receivers, how);
  const { kind, name } = found.missing;
  throw new PulseError(
    'validation_error',
    kind === 'several'
      ? `There are several contacts called ${quote(name)}. Put the address in place of the name.`
      : kind === 'invalid'
        ? `The address of ${quote(name)} is no email address.`
        : `There is no email address for ${quote(name)}. Add one to your contacts, or put it in place of the name.`,
  );
}

/** Everybody with the address, as it is confirmed. */
export const sayReceivers = (receivers: readonly Receiver[]): string => sayAll(receivers.map(sayReceiver));
