import type { Clarification } from '../../contracts/clarification.ts';
import type { Draft, Fact } from '../../contracts/entities.ts';
import { sayFact } from '../../contracts/fact-words.ts';
import type { Card } from '../../contracts/result.ts';
import { questionsOf, replyOf, type Turn } from '../client/index.ts';
import { capitalised } from '../parts/capitalised.ts';

const LISTED = /^\d+\. /;
const BULLET = /^• /;
/** How a reply ends that lists only some. */
const MORE = /^… and \d+ more\.$/;
const UNDO_OF_OLDER =
  'It was changed or taken back since then, and taking this back too would lose that. Undo the later change first, or set it right on its card.';

/**
 * The reply as it is shown beside its card. A reply is whole without cards, so it lists what the card shows again; those
 * lines are left out, and while it streams in already, so that nothing appears only to vanish.
 */
export function shownReply(turn: Turn): string {
  const reply = withoutFacts(withoutCards(spokenReply(turn), turn), turn);
  const listing = turn.phase === 'running' && turn.acts.some(({ action }) => action === 'list_tasks');
  const titles = turn.cards.flatMap((card) =>
    card.kind === 'tasks' ? card.data.tasks.map(({ title }) => title) : [],
  );
  const isFound = turn.cards.some(({ kind }) => kind === 'search');
  if (!listing && !isFound && titles.length === 0) return reply;
  const inCard = (line: string): boolean =>
    MORE.test(line) ||
    (LISTED.test(line) &&
      (listing || isFound || titles.some((title) => line.replace(LISTED, '').startsWith(title))));
  return reply
    .split('\n')
    .filter((line) => !inCard(line))
    .join('\n');
}

/** Without the facts that stand in a card, and without what heads nothing but them: the card has a title too. */
function withoutFacts(reply: string, { phase, acts, cards }: Turn): string {
  const facts = cards.flatMap((card): Fact[] => (card.kind === 'facts' ? card.data.facts : []));
  const isComing = phase === 'running' && acts.some(({ params }) => params?.fact?.move === 'list');
  if (!isComing && facts.length === 0) return reply;
  const said = new Set(facts.map((fact) => capitalised(sayFact(fact))));
  const isShown = (line: string): boolean =>
    MORE.test(line) ||
    (BULLET.test(line) &&
      (isComing || [...said].some((words) => line.replace(BULLET, '').startsWith(words))));
  const left = reply.split('\n').filter((line) => !isShown(line));
  return left.length === 1 && left[0]?.endsWith(':') ? '' : left.join('\n');
}

/** Whether what streams in is a letter: it is shown as one, and stays one when its card takes its place. */
export const isLetter = (turn: Turn): boolean =>
  turn.phase === 'running' && turn.acts.some(({ action }) => action === 'draft_email');

/** The question whose choices a card has: they stand there only. Null for a card that has none. */
export function questionIn(card: Card, questions: readonly Clarification[]): Clarification | null {
  if (card.kind !== 'upgrade') return null;
  const free = new Set(card.data.alternatives.map(({ choice_id: id }) => id));
  return questions.find(({ choices }) => choices.some(({ choice_id: id }) => free.has(id))) ?? null;
}

/** Without the letter, and without a refusal and its question, where their card has them. */
function withoutCards(reply: string, turn: Turn): string {
  return turn.cards
    .reduce((left, card) => {
      if (card.kind === 'email') return withoutLetter(left, card.data.draft);
      if (card.kind !== 'upgrade') return left;
      const rest = left.replace(card.data.message, '');
      const held = questionIn(card, questionsOf(turn));
      return held ? rest.replace(held.question, '') : rest;
    }, reply)
    .trim();
}

/** A subject that stands before the letter belongs to it. */
function withoutLetter(reply: string, { body }: Draft): string {
  const text = reply.replaceAll(/\r\n?/g, '\n');
  const start = body === '' ? -1 : text.indexOf(body);
  if (start === -1) return reply;
  const before = text.slice(0, start).replace(/(?:^|\n)[ \t]*subject:[^\n]*\s*$/i, '\n');
  return [before.trim(), text.slice(start + body.length).trim()].filter((part) => part !== '').join('\n\n');
}

/** The reply in full. What became of an undo is best said by how the task stands now. */
export function spokenReply(turn: Turn): string {
  if (isUndoOfOlder(turn)) return UNDO_OF_OLDER;
  const [card, ...others] = turn.cards;
  const isTickUndone =
    turn.result?.undone_receipt_id != null && card?.kind === 'task' && card.data.change === 'reopened';
  return isTickUndone && others.length === 0 ? `“${card.data.task.title}” is open again.` : replyOf(turn);
}

/** Why a turn failed, and what can be done about it. */
export const shownFault = (turn: Turn): string =>
  isUndoOfOlder(turn) ? UNDO_OF_OLDER : (turn.error?.message ?? 'This could not be finished.');

/** Whether a turn was to take back a change that another one was made upon since: trying again would not help. */
export const isUndoOfOlder = ({ command, text, error, result }: Turn): boolean =>
  (result?.error_code ?? error?.code) === 'version_conflict' &&
  (command?.event === 'receipt.undo' || /^undo\.?$/i.test(text.trim()));
