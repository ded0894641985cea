import { ACTIONS } from '../../contracts/intents.ts';
import { newDraft } from './draft.ts';
import { extractFor } from './extract/extract-for.ts';
import { readSlot } from './parse-slot.ts';

/** Messages of one and of several requests, with every kind of time, answers and corrections among them. */
export const WARM_MESSAGES = [
  'add a task to sort the attic by friday at 5pm #home',
  'tomorrow at 5 call Rob and at 6 Ingrid, then remind me every other monday at noon to pay the rent',
  'lunch with Mira on the 3rd at the park, draft a formal email to Ann saying we are late and show my tasks for next week',
  'could we perhaps do something about the attic next month or so',
  'il faut que je rende les livres',
  'no, make it friday at 3',
  'how many tokens do I have left',
];
export const WARM_ZONE = 'America/New_York';

/** What reads slots, for every action; the engine compiles a pattern to machine code when it is used for the second time. */
export function warmSlots(): void {
  const said =
    'move lunch with Ana at the park from monday to tuesday at 3pm for 30 minutes, put it in please';
  for (const { action } of ACTIONS.values()) extractFor(newDraft(said, WARM_ZONE, new Date(0)), action);
  // No grammar of ours knows these wordings, so that chrono-node is warm as well.
  for (const text of ['sometime', 'whenever it suits', 'at dusk'])
    readSlot(newDraft(text, 'Europe/Vienna', new Date(0)), 'when');
}
