import { replyOf, type Turn } from '../client/index.ts';

const LISTED = /^\d+\. /;

/**
 * The reply as it is shown beside its card. A reply is whole without cards, so it lists what the card shows again; those
 * lines are left out, and while it streams in already, so that nothing appears only to vanish.
 */
export function shownReply(turn: Turn): string {
  const reply = replyOf(turn);
  const listing = turn.phase === 'running' && turn.acts.some(({ action }) => action === 'list_tasks');
  const titles = turn.cards.flatMap((card) =>
    card.kind === 'tasks' ? card.data.tasks.map(({ title }) => title) : [],
  );
  if (!listing && titles.length === 0) return reply;
  const inCard = (line: string): boolean =>
    LISTED.test(line) && (listing || titles.some((title) => line.replace(LISTED, '').startsWith(title)));
  return reply
    .split('\n')
    .filter((line) => !inCard(line))
    .join('\n');
}
