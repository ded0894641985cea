import type { Draft } from '../../../contracts/entities.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { count, quote } from '../sentences.ts';

const SHOWN_MAX = 10;

/** Looks through the drafts that are kept: the only emails here. One that was looked for is shown whole. */
export async function searchEmail({ slots, ports, words }: Work): Promise<Step> {
  const filter = { recipient: slots.recipient?.join(' '), text: slots.query };
  const isNarrowed = Object.values(filter).some((value) => value !== undefined && value !== '');
  const { drafts, total } = await ports.drafts.list(filter, SHOWN_MAX);
  const isAboutDrafts = /\bdrafts?\b/i.test(words);
  return done({
    reply: [
      isAboutDrafts ? null : "I can't look into a mailbox yet, only through the drafts that are kept here.",
      replyOf(drafts, total, isNarrowed),
    ]
      .filter((line) => line !== null)
      .join('\n'),
    cards: drafts.map((draft) => ({ kind: 'email', data: { draft, change: 'shown' } })),
    executionResult: { total, draft_ids: drafts.map(({ id }) => id) },
    shown: drafts.map(({ id, subject }) => ({ kind: 'draft', id, title: subject })),
  });
}

function replyOf(drafts: readonly Draft[], total: number, isNarrowed: boolean): string {
  const [first] = drafts;
  if (!first)
    return isNarrowed ? 'No drafts match that.' : 'You have no drafts yet. Say "draft an email to …".';
  if (total === 1 && isNarrowed) return `${titleLine(first)}:\n\nSubject: ${first.subject}\n\n${first.body}`;
  const more = total > drafts.length ? [`… and ${total - drafts.length} more.`] : [];
  return [
    `You have ${count(total, 'draft')}${isNarrowed ? ' like that' : ''}:`,
    ...drafts.map((draft, index) => `${index + 1}. ${titleLine(draft)}`),
    ...more,
  ].join('\n');
}

const titleLine = ({ subject, recipients }: Draft): string =>
  recipients.length > 0 ? `${quote(subject)} to ${recipients.join(', ')}` : quote(subject);
