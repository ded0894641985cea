import type { Clarification } from '../../contracts/clarification.ts';
import type { Draft } from '../../contracts/entities.ts';
import type { Card, UpgradeOffer } from '../../contracts/result.ts';
import type { UsageStatus } from '../../contracts/usage.ts';
import { formatDate, formatTokens, sayReset, sayTokens, toLocal } from '../../web/client/index.ts';
import { bold, dim, line } from './paper.ts';
import { planLines } from './plan-cards.ts';
import { taskLine } from './task-line.ts';

/** A reply that has all of what its card shows, the tasks or the letter, says it all. */
export function isTold(card: Card, reply: string): boolean {
  if (card.kind === 'tasks') return card.data.tasks.every((task) => reply.includes(task.title));
  if (card.kind !== 'email') return false;
  const { draft, change } = card.data;
  if (change === 'shown' && isListed(draft, reply)) return draft.recipients.every((to) => reply.includes(to));
  return (change === 'created' || change === 'shown') && reply.includes(draft.body);
}

/** A list of drafts names them; their letters would bury it. */
const isListed = ({ subject, body }: Draft, reply: string): boolean =>
  subject !== '' && reply.includes(subject) && !reply.includes(body);

/** A card as lines of text; what stands in the reply already is left out. */
export function cardLines(card: Card, reply: string): string[] {
  switch (card.kind) {
    case 'task':
      return [`${taskLine(card.data.task)}${changed(card.data.change)}`];
    case 'tasks':
      return tasksLines(card.data);
    case 'email':
      if (card.data.change === 'shown' && isListed(card.data.draft, reply))
        return [`${bold(card.data.draft.subject)}  ${toLine(card.data.draft)}`];
      return letterLines(card.data.draft, card.data.change);
    case 'usage':
      return [usageLine(card.data)];
    case 'upgrade':
      return upgradeLines(card.data, reply);
    default:
      return planLines(card);
  }
}

const changed = (change: string): string => (change === 'shown' ? '' : dim(`  (${change})`));

function tasksLines({ title, tasks, total }: Extract<Card, { kind: 'tasks' }>['data']): string[] {
  const hidden = total - tasks.length;
  return [bold(title), ...tasks.map(taskLine), ...(hidden > 0 ? [dim(`and ${hidden} more`)] : [])];
}

const METHODS = { template: 'from a template', llm: 'written by the language model' } as const;

const toLine = ({ recipients }: Draft): string =>
  `${dim('To')} ${recipients.length === 0 ? dim('nobody so far') : recipients.join(', ')}`;

function letterLines(draft: Draft, change: string): string[] {
  const { subject, body, method, status, send_at: sendAt, sent_at: sentAt } = draft;
  const waits = Math.ceil((Date.parse(sendAt ?? '') - Date.now()) / 1_000);
  const fate = {
    draft: [],
    sending: [bold(waits > 0 ? `goes out in ${waits} s; /undo stops it` : 'going out now')],
    sent: [`sent ${sentAt === null ? '' : formatDate(toLocal(sentAt), new Date())}`.trim()],
  }[status];
  return [
    `${toLine(draft)}${changed(change)}`,
    bold(subject === '' ? 'No subject' : subject),
    ...body.split('\n').map((row) => `${dim('│')} ${row}`),
    dim(METHODS[method]),
    ...fate,
  ];
}

function usageLine({ tokens_used: used, limit, remaining, resets_at: resetsAt }: UsageStatus): string {
  const quota =
    limit === null ? `${sayTokens(used)}, no limit` : `${formatTokens(used)} of ${sayTokens(limit)}`;
  const left = remaining === null ? [] : [`${formatTokens(remaining)} left`];
  return [bold(quota), ...left, sayReset(resetsAt, new Date())].join(dim(' · '));
}

function upgradeLines(offer: UpgradeOffer, reply: string): string[] {
  const { message, tokens_needed: needed, tokens_remaining: left, limit, resets_at: resetsAt } = offer;
  const numbers = [
    ...(needed > 0 ? [`needs ${formatTokens(needed)}`] : []),
    limit === null ? 'no limit' : `${formatTokens(left)} of ${sayTokens(limit)} left`,
    sayReset(resetsAt, new Date()),
  ];
  const free = offer.alternatives.map(({ label }) => label);
  return [
    ...(reply.includes(message) ? [] : [bold(message)]),
    numbers.join(dim(' · ')),
    ...(free.length > 0 ? [`${dim('without tokens:')} ${free.join(', ')}`] : []),
  ];
}

/** The choices of a question, with the numbers that answer it. */
export function printChoices(question: Clarification): void {
  question.choices.forEach((choice, index) => line(`${bold(String(index + 1))}  ${choice.label}`));
}
