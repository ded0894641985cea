import type { Feature, UsageItem, UsageStatus, UsageSummary } from '../../contracts/usage.ts';
import { dayNumber, todayOf } from './format-value.ts';
import { readingOf, zoneNow } from './zone.ts';

const LOCALE = 'en-GB';

const OPERATION_NAMES: Readonly<Record<string, string>> = {
  email_draft_llm: 'Email drafts',
  schedule_optimization: 'Full plans',
  bulk_task_operations: 'Large batches of tasks',
  advanced_search: 'Search answered in words',
  title_enrichment: 'Better titles',
  conflict_explanation: 'Conflicts explained',
  conversation_context: 'Earlier conversations recalled',
  intent_classification: 'Understanding a message',
  entity_extraction: 'Finding details in a message',
  conversation_turn: 'Free conversation',
  workflow_execution: 'Steps of a request',
};

/** An operation as a person would call it; one that this page does not know keeps its own name, in words. */
export function operationName(operation: string): string {
  const words = OPERATION_NAMES[operation] ?? operation.replaceAll('_', ' ');
  return words.slice(0, 1).toLocaleUpperCase('en') + words.slice(1);
}

/** `10,000` */
export const formatTokens = (tokens: number): string => tokens.toLocaleString('en');
/** `1 token`, `500 tokens` */
export const sayTokens = (tokens: number): string =>
  `${formatTokens(tokens)} ${Math.abs(tokens) === 1 ? 'token' : 'tokens'}`;

/** What one use of a feature takes, as far as that is known: `500 of your monthly tokens`. */
export function sayPrice(costs: UsageSummary['feature_costs'], feature: Feature): string {
  const price = costs?.[feature];
  if (price === 0) return 'no tokens';
  return `${price === undefined ? 'some' : formatTokens(price)} of your monthly tokens`;
}

/** `500 of 10,000`; without a limit the plan says it all. */
export const sayQuota = ({ tokens_used: used, limit }: Pick<UsageStatus, 'tokens_used' | 'limit'>): string =>
  limit === null ? 'Premium' : `${formatTokens(used)} of ${formatTokens(limit)}`;

/** `Tuesday 1 December`, with the time where it is not midnight here. */
export function sayMoment(instant: string, now: Date): string {
  const at = new Date(instant);
  const day = new Intl.DateTimeFormat(LOCALE, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(todayOf(at).slice(0, 4) !== todayOf(now).slice(0, 4) && { year: 'numeric' }),
    timeZone: zoneNow(),
  })
    .format(at)
    .replace(',', '');
  const { time } = readingOf(at);
  return time === '00:00' ? day : `${day}, ${time}`;
}

/** `starts anew on Tuesday 1 December` */
export const sayReset = (resetsAt: string, now: Date): string => `starts anew on ${sayMoment(resetsAt, now)}`;

const REFUND_REASONS: Readonly<Record<string, string>> = {
  turn_failed: 'Given back: the request failed',
  cancelled: 'Given back: you stopped it',
  refused: 'Given back: it was refused',
};

/** Why a line of the history is not an ordinary charge; null where it is one. */
export function sayException({ reason, success, tokens_used: tokens }: UsageItem): string | null {
  if (reason !== null) return REFUND_REASONS[reason] ?? `Given back: ${reason.replaceAll('_', ' ')}`;
  if (tokens < 0) return 'Given back';
  if (success) return null;
  // What failed by itself is not charged.
  return tokens > 0 ? 'You stopped it' : 'It failed';
}

/** What a line of the history cost: `500`, `−500` for a refund, `not charged` for a failure. */
export function sayCharge({ success, tokens_used: tokens }: UsageItem): string {
  if (!success && tokens === 0) return 'not charged';
  return tokens < 0 ? `−${formatTokens(-tokens)}` : formatTokens(tokens);
}

/** `Today, 14:05`, `Sat 21 Nov, 09:30`. */
export function sayTime(instant: string, now: Date): string {
  const at = new Date(instant);
  const age = dayNumber(todayOf(now)) - dayNumber(todayOf(at));
  const day =
    age === 0
      ? 'Today'
      : age === 1
        ? 'Yesterday'
        : at
            .toLocaleDateString(LOCALE, {
              weekday: 'short',
              day: 'numeric',
              month: 'short',
              timeZone: zoneNow(),
            })
            .replace(',', '');
  return `${day}, ${readingOf(at).time}`;
}
