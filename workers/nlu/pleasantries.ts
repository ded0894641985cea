import type { Act, Understanding } from '../../contracts/nlu.ts';

const isPleasant = ({ action }: Act): boolean => action === 'greeting' || action === 'thanks';

/** "Hi! Could you …" is a way to begin: only who greets or thanks and asks for nothing gets an answer to that. */
export function withoutPleasantries(understood: Understanding): Understanding {
  const asking = understood.acts.filter((act) => !isPleasant(act));
  return asking.some(({ action }) => action !== 'goodbye') ? { ...understood, acts: asking } : understood;
}
