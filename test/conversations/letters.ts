import type { Draft } from '../../contracts/entities.ts';
import type { UpgradeOffer } from '../../contracts/result.ts';
import type { UsageStatus } from '../../contracts/usage.ts';
import type { FakeCall } from '../support/fake-llm-answers.ts';
import type { Heard, Talk } from './talk.ts';

/** What the provider writes: the recipient comes back, so that a test sees whose email it is. */
export function letter(call: FakeCall): string {
  const to = /^To: (.*)$/m.exec(promptOf(call))?.[1] ?? 'nobody';
  return `Subject: For ${to}\n\nDear ${to},\n\nthis is what I wanted to say.\n\nKind regards,\n[Your name]`;
}

/** What the user said, as the provider got it. */
export const promptOf = (call: FakeCall | undefined): string =>
  call?.messages.find(({ role }) => role === 'user')?.content ?? '';

const shown = <T>(found: T | undefined, { result }: Heard): T => {
  if (found === undefined) throw new Error(`No such card: ${result.reply}`);
  return found;
};

export const draftOf = (heard: Heard): Draft =>
  shown(heard.result.cards.flatMap((card) => (card.kind === 'email' ? [card.data.draft] : []))[0], heard);
export const usageOf = (heard: Heard): UsageStatus =>
  shown(heard.result.cards.flatMap((card) => (card.kind === 'usage' ? [card.data] : []))[0], heard);
export const offerOf = (heard: Heard): UpgradeOffer =>
  shown(heard.result.cards.flatMap((card) => (card.kind === 'upgrade' ? [card.data] : []))[0], heard);

/** Tokens that the month has taken so far. */
export const tokensUsed = async (me: Talk): Promise<number> =>
  usageOf(await me.say('show my usage')).tokens_used;
