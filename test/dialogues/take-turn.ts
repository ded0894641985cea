import { literally } from '../../core/literally.ts';
import type { Heard, Talk } from '../conversations/talk.ts';
import type { Turn } from './read-dialogues.ts';

/** Says or presses it. */
export function takeTurn(me: Talk, { said }: Turn, before: readonly Heard[]): Promise<Heard> {
  const [, button, label = ''] = /^\[(tap|undo)\]\s*(.*)$/.exec(said) ?? [];
  if (button === undefined) return me.say(said);
  if (button === 'tap') {
    const asked = before.findLast(({ result }) => result.clarification !== null);
    if (!asked) throw new Error('Nothing was asked');
    return me.tap(asked, new RegExp(`^${literally(label)}`, 'i'));
  }
  const changed = before.findLast(({ result }) => result.receipt !== null);
  if (!changed) throw new Error('Nothing was changed');
  return me.undo(changed);
}
