import { DateTime } from 'luxon';
import type { Draft } from '../../../contracts/entities.ts';
import { done, type Step, type Work } from '../outcome.ts';
import type { DraftFilter } from '../ports.ts';
import { count, sayDate } from '../sentences.ts';
import { lookUpContacts } from './contacts.ts';
import { titleLine } from './find.ts';

const SHOWN_MAX = 10;
const SENT =
  /\b(?:sent|(?:i|we) (?:have )?(?:e-?mailed|mailed)|did (?:i|we) (?:send|e-?mail|mail)|outbox|outgoing)\b/i;
const UNSENT = /\b(?:drafts?|unsent|not (?:been )?sent|(?:haven't|have not) (?:been )?sent)\b/i;

/**
 * Looks through the emails that are kept here, drafts and sent ones: by recipient, words, days and whether they were
 * sent. One that was looked for is shown whole. Asked for somebody's address, it is looked up.
 */
export async function searchEmail(work: Work): Promise<Step> {
  if (work.params?.contact) return lookUpContacts(work, work.params.contact);
  const { slots, ports, words } = work;
  const status = statusIn(words);
  const filter: DraftFilter = {
    recipient: slots.recipient?.join(' '),
    text: slots.query,
    ...(status && { status }),
    ...within(work),
  };
  const isNarrowed = [filter.recipient, filter.text, filter.from, filter.to].some(
    (value) => value !== undefined && value !== '',
  );
  const ofIt = IT.test(words);
  // "Show me the draft" is the one that was written last.
  const wantsOne = !isNarrowed && (ofIt || ONE.test(words));
  const { drafts, total } = await ports.drafts.list(filter, wantsOne ? 1 : SHOWN_MAX);
  // What was written to somebody can only be one's own.
  const isMailbox = status === undefined && !ofIt && !(filter.recipient && /\bto\b/i.test(words));
  return done({
    reply: [
      isMailbox ? "I can't look into a mailbox yet, only through the emails that you wrote here." : null,
      replyOf(work, drafts, { total, isNarrowed, wantsOne, noun: nounOf(status) }),
    ]
      .filter((line) => line !== null)
      .join('\n'),
    cards: drafts.map((draft) => ({ kind: 'email', data: { draft, change: 'shown' } })),
    executionResult: { total, draft_ids: drafts.map(({ id }) => id) },
    shown: drafts.map(({ id, subject }) => ({ kind: 'draft', id, title: subject })),
  });
}

const ONE = /\b(?:the|my|that|this)\s+(?:last\s+|latest\s+)?(?:draft|e-?mail|mail|letter)\b(?!s)/i;
/** "Read it out to me" */
const IT = /\b(?:read|show|display)\s+(?:me\s+)?(?:it|that)\b(?!\s+\p{L}*(?:draft|mail|letter))/iu;

type Statuses = readonly Draft['status'][];
const ON_THEIR_WAY: Statuses = ['sent', 'sending'];
const KEPT: Statuses = ['draft'];

/** Which emails the words are about; undefined for all. */
function statusIn(words: string): Statuses | undefined {
  if (UNSENT.test(words)) return KEPT;
  return SENT.test(words) || /\b(?:i|we) (?:did )?(?:send|sent)\b/i.test(words) ? ON_THEIR_WAY : undefined;
}

const nounOf = (status: Statuses | undefined): string =>
  status === undefined ? 'email' : status === KEPT ? 'draft' : 'sent email';

function within({ slots, timezone }: Work): Pick<DraftFilter, 'from' | 'to'> {
  const at = (value: string | undefined): Date | undefined =>
    value === undefined ? undefined : DateTime.fromISO(value, { zone: timezone }).toJSDate();
  const { start, end } = slots.date_range ?? {};
  return { from: at(start), to: at(end) };
}

function replyOf(
  work: Work,
  drafts: readonly Draft[],
  {
    total,
    isNarrowed,
    wantsOne,
    noun,
  }: { total: number; isNarrowed: boolean; wantsOne: boolean; noun: string },
): string {
  const [first] = drafts;
  if (!first)
    return isNarrowed
      ? `No ${noun}s match that.`
      : noun === 'sent email'
        ? 'You have sent no emails yet.'
        : `You have no ${noun}s yet. Say "draft an email to …".`;
  if (wantsOne || (total === 1 && isNarrowed)) {
    const others =
      wantsOne && total > 1 ? `\n\nYou have ${count(total - 1, 'more draft')}: say "show my drafts".` : '';
    return `${titleLine(first)}${stateOf(work, first)}:\n\nSubject: ${first.subject}\n\n${first.body}${others}`;
  }
  const more = total > drafts.length ? [`… and ${total - drafts.length} more.`] : [];
  return [
    `You have ${count(total, noun)}${isNarrowed ? ' like that' : ''}:`,
    ...drafts.map((draft, index) => `${index + 1}. ${titleLine(draft)}${stateOf(work, draft)}`),
    ...more,
  ].join('\n');
}

/** ", sent Monday 16 November at 10:15" */
function stateOf({ timezone, reference }: Work, { status, sent_at: at }: Draft): string {
  if (status === 'draft') return '';
  const sent = at && DateTime.fromISO(at).setZone(timezone).toISO();
  return status === 'sent' && sent ? `, sent ${sayDate(sent, timezone, reference)}` : ', on its way';
}
