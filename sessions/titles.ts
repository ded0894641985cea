import type { Intent } from '../contracts/intents.ts';
import type { SessionTitle } from '../contracts/records.ts';
import type { ActResult, TurnResult } from '../contracts/result.ts';
import { cutText } from '../core/cut-text.ts';

/** As long as a title that is made here gets; a user may write a longer one. */
export const TITLE_MAX = 48;

/** What is said beside the work: no conversation is about it. */
const ASIDE: ReadonlySet<Intent> = new Set<Intent>([
  'greeting',
  'goodbye',
  'thanks',
  'help',
  'out_of_scope',
  'cancel',
  'affirm',
  'deny',
  'undo',
  'repeat',
]);

/** Kinds of things that a conversation is called by; of settings and deliveries nobody knows the name. */
const NAMED: ReadonlySet<string> = new Set(['task', 'event', 'reminder', 'draft', 'contact']);

/** What stands before names that alone would not say what they are of. */
const OF_KIND: Readonly<Partial<Record<string, string>>> = { draft: 'Email: ', reminder: 'Reminder: ' };
const OF_PLAN = 'Plan: ';

/**
 * What a conversation may be called for one of its turns: the things that it made, else those that it changed, else its
 * request in the user's own words.
 *
 * @param text what was said
 */
export function titleOf(text: string, { acts }: Pick<TurnResult, 'acts'>): SessionTitle {
  const deeds = acts.filter(({ intent }) => intent !== 'undo');
  const made = nameOf(deeds, true);
  if (made !== null) return { text: made, rank: 3 };
  const changed = nameOf(deeds, false);
  if (changed !== null) return { text: changed, rank: 2 };
  const asks = acts.some(
    ({ intent, source }) => intent !== null && !ASIDE.has(intent) && source !== 'continuation',
  );
  return { text: shortened(text), rank: asks ? 1 : 0 };
}

function nameOf(acts: readonly ActResult[], isMade: boolean): string | null {
  const names = new Set<string>();
  let before: string | undefined;
  for (const act of acts)
    for (const { kind, op, title } of act.receipt?.effects ?? []) {
      const name = title.replace(/\s+/g, ' ').trim();
      if (!NAMED.has(kind) || name === '' || (op === 'create') !== isMade) continue;
      before ??= act.action === 'plan_schedule' ? OF_PLAN : (OF_KIND[kind] ?? '');
      names.add(name);
    }
  return before === undefined ? null : listed(before, [...names]);
}

/** As many of the names as there is room for, and how many there are besides. */
function listed(before: string, names: readonly string[]): string {
  for (let shown = names.length; shown > 1; shown -= 1) {
    const left = names.length - shown;
    const [most, last] =
      left > 0 ? [names.slice(0, shown), `${left} more`] : [names.slice(0, -1), names.at(-1)];
    const title = `${before}${most.join(', ')} and ${last}`;
    if (title.length <= TITLE_MAX) return title;
  }
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  return `${before}${shortened(names[0] ?? '', TITLE_MAX - before.length - more.length)}${more}`;
}

/** In one line, and cut between words where that is near. */
function shortened(text: string, most = TITLE_MAX): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = cutText(line, most - 1);
  const blank = line[cut.length] === ' ' ? cut.length : cut.lastIndexOf(' ');
  return `${(blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[\s,;:.–-]+$/, '')}…`;
}
