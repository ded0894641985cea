import type { SessionContext } from './context.ts';

type Item = SessionContext['shown'][number];

/** The one thing that the last reply showed, where it named nothing that was changed. */
export function shownSince({
  last_receipt: last,
  shown,
  opened,
  last_reply: reply,
}: Omit<SessionContext, 'v'>): Item | null {
  const only = opened ?? (shown.length > 1 ? undefined : shown[0]);
  if (!only || !reply.includes(only.title)) return null;
  return last && last.item_id !== only.id && reply.includes(`"${last.title}"`) ? null : only;
}

/** What "both", "them" and "the second one" are of: what was made since a list was shown, else that list. */
export const thoseOf = ({ made = [], shown }: SessionContext): readonly Item[] =>
  made.length > 1 ? made : shown;

/** What "it" means of a kind: what was spoken of last, or what the reminder hangs on that was; null where neither is one. */
export function lastOfKind(context: SessionContext, kind: string): Item | null {
  const last = lastSpoken(context);
  const { last_receipt: receipt } = context;
  const about = receipt && last?.id === receipt.item_id ? receipt.about : undefined;
  if (last?.kind === kind || about?.kind !== kind || !receipt) return last;
  return { kind, id: about.id, title: receipt.title };
}

/** What "it" means: what was changed last, or the one thing that was shown since. */
export function lastSpoken(context: SessionContext): Item | null {
  const { last_receipt: last } = context;
  return (
    shownSince(context) ??
    (last && {
      kind: last.kind,
      id: last.item_id,
      title: last.title,
      ...(last.start !== undefined && { start: last.start }),
    })
  );
}

/**
 * What a place in a list means, counted from behind where it is negative: in what was made since a list was shown, else
 * in that list.
 */
export function atPlace(context: SessionContext, place: number): Item | null {
  const { made = [] } = context;
  const those = place === -1 && made.length > 0 ? made : thoseOf(context);
  return those.at(place > 0 ? place - 1 : place) ?? null;
}
