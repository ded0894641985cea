import type { Draft } from '../../../contracts/entities.ts';
import type { Step, Work } from '../outcome.ts';
import { resolveItems, whichOne, type Findable } from '../references.ts';
import { quote, sayDate } from '../sentences.ts';

type Status = Draft['status'];

/** The emails that words can mean, those of a state before others. */
export function draftsOf(work: Work, usual: Status): Findable<Draft> {
  const { drafts: reader } = work.ports;
  const newest = async (status?: readonly Status[]): Promise<Draft | null> =>
    (await reader.list({ status }, 1)).drafts[0] ?? null;
  return {
    kind: 'draft',
    noun: 'email',
    find: (id) => reader.find(id),
    last: async () => (await newest([usual])) ?? (await newest()),
    match: async (words, limit) => {
      const { drafts, grade } = await reader.match(words, limit);
      if (drafts.length > 0) return { items: drafts, grade };
      const inText = await reader.list({ text: words }, limit);
      return { items: inText.drafts, grade: 'start' };
    },
    select: async (limit) => {
      const { drafts, total } = await reader.list({ status: [usual] }, limit);
      return { items: drafts, total };
    },
    narrowed: false,
    usual: ({ status }) => status === usual,
    offered: async (limit) => (await reader.list({ status: [usual] }, limit)).drafts,
    labels: (drafts) => labelsOf(drafts, work),
    idOf: ({ id }) => id,
    careful: false,
    none: 'You have no drafts. Say "draft an email to …".',
  };
}

/** "The rent" to Ann; with its day where two are alike, and counted where that does not tell them apart either. */
function labelsOf(drafts: readonly Draft[], { timezone, reference }: Work): string[] {
  const plain = drafts.map(titleLine);
  const dated = drafts.map(({ created_at }, index) => {
    const label = plain[index] ?? '';
    return plain.indexOf(label) === plain.lastIndexOf(label)
      ? label
      : `${label}, ${sayDate(created_at.slice(0, 10), timezone, reference)}`;
  });
  return dated.map((label, index) =>
    dated.indexOf(label) === dated.lastIndexOf(label)
      ? label
      : `${label} (${dated.slice(0, index + 1).filter((other) => other === label).length})`,
  );
}

/** "The rent" to Ann and Bob */
export const titleLine = ({ subject, recipients }: Draft): string =>
  recipients.length > 0 ? `${quote(subject)} to ${recipients.join(', ')}` : quote(subject);

/**
 * The email that an act means, or what to say instead. "It" is the one spoken of last, else the newest: whatever is done
 * to it is shown, and asked about where it can't be taken back.
 */
export async function resolveDraft(
  work: Work,
  verb: string,
  usual: Status = 'draft',
): Promise<{ draft: Draft } | { step: Step }> {
  const things = draftsOf(work, usual);
  const { target } = work.slots;
  const recent = work.context.last_receipt;
  const pointsBack = !target || (target.reference === 'last' && recent !== null && recent.kind !== 'draft');
  if (pointsBack) {
    const spoken = recent?.kind === 'draft' ? await things.find(recent.item_id) : null;
    const item = spoken ?? (await things.last());
    if (item) return { draft: item };
  }
  const found = await resolveItems(work, things, verb);
  if ('step' in found) return found;
  const [first] = found.items;
  if (!first || found.items.length > 1)
    return { step: whichOne(things, `Which one do you want to ${verb}?`, found.items) };
  return { draft: first };
}
