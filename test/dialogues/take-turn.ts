import { literally } from '../../core/literally.ts';
import type { Heard, Talk } from '../conversations/talk.ts';
import type { Turn } from './read-dialogues.ts';

/** In which conversation something is said, and when. */
export interface Place {
  me: Talk;
  now: string;
}

const DAY_MS = 24 * 3_600_000;

/** Where a turn is said: in the same conversation, unless it says otherwise. */
export async function atItsPlace({ me, now }: Place, { daysLater }: Turn): Promise<Place> {
  if (daysLater === undefined) return { me, now };
  return { me: await me.elsewhere(), now: new Date(Date.parse(now) + daysLater * DAY_MS).toISOString() };
}

/** Says or presses it. */
export function takeTurn({ me, now }: Place, { said }: Turn, before: readonly Heard[]): Promise<Heard> {
  const [, button, label = ''] = /^\[(tap|undo)\]\s*(.*)$/.exec(said) ?? [];
  if (button === undefined) return me.say(said, now);
  if (button === 'tap') {
    const asked = before.findLast(({ result }) => result.clarification !== null);
    if (!asked) throw new Error('Nothing was asked');
    return me.tap(asked, new RegExp(`^${literally(label)}`, 'i'));
  }
  const changed = before.findLast(({ result }) => result.receipt !== null);
  if (!changed) throw new Error('Nothing was changed');
  return me.undo(changed);
}
