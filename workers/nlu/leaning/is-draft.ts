import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';

/** Whether an email was made or changed a moment ago, so that "it" is one. */
export function isItADraft({ lastReceipt, now }: Pick<NluInput, 'lastReceipt' | 'now'>): boolean {
  if (!lastReceipt || now.getTime() - Date.parse(lastReceipt.at) >= FRESH_MS) return false;
  const { kind, action } = lastReceipt;
  return kind === undefined ? action === 'draft_email' : kind === 'draft';
}
