import type { Card } from '../../contracts/result.ts';
import { ORDINALS } from '../nlu/time/words.ts';
import { OUTCOME, type Outcome, type Work } from './outcome.ts';
import { quote } from './sentences.ts';

const OPENED =
  /^\s*(?:please )?(?:open|show|view|see|display|read|look at)(?: me)?(?: (?:the|number|no\.?|#))* ?(?<which>[a-z]+|\d+)(?:st|nd|rd|th)?(?: (?:one|result|hit|item|entry|of (?:them|those|these)))?(?: please)?\s*[.!]*$/i;

/** "Open the second": the place of it in the list shown last, counted from 0; null for other words. */
function placeIn(words: string, length: number): number | null {
  const which = OPENED.exec(words)?.groups?.['which']?.toLowerCase();
  if (which === undefined) return null;
  if (which === 'last') return length - 1;
  const place = /^\d+$/.test(which) ? Number(which) : (ORDINALS.get(which) ?? 0);
  return place > 0 ? place - 1 : null;
}

/** Shows one thing of the list shown last, where the words ask for that; null where they do not. */
export async function openShown({ words, context, ports }: Work): Promise<Outcome | null> {
  const place = placeIn(words, context.shown.length);
  if (place === null) return null;
  const meant = context.shown[place];
  if (!meant)
    return say(
      context.shown.length === 0
        ? 'I have not shown a list yet. Look for something first, for example "search for the trip".'
        : 'I have not shown a list with that many things.',
    );
  if (meant.kind === 'turn') return say(`You wrote: ${quote(meant.title)}`);
  const card = await cardOf(meant.kind, meant.id, ports);
  if (!card) return say(`${quote(meant.title)} is gone.`);
  const title = card.kind === 'email' ? sayEmail(card.data.draft) : quote(meant.title);
  return { ...OUTCOME, reply: `Here it is: ${title}`, cards: [card], opened: meant };
}

const say = (reply: string): Outcome => ({ ...OUTCOME, reply });

const sayEmail = ({ subject, body }: Extract<Card, { kind: 'email' }>['data']['draft']): string =>
  `${quote(subject)}\n\n${body}`;

async function cardOf(kind: string, id: string, ports: Work['ports']): Promise<Card | null> {
  switch (kind) {
    case 'task': {
      const task = await ports.tasks.find(id);
      return task && { kind, data: { task, change: 'shown' } };
    }
    case 'event': {
      const event = await ports.events.find(id);
      return event && { kind, data: { event, change: 'shown', beside: [] } };
    }
    case 'draft': {
      const draft = await ports.drafts.find(id);
      return draft && { kind: 'email', data: { draft, change: 'shown' } };
    }
    case 'reminder': {
      const reminder = await ports.reminders.find(id);
      return reminder && { kind, data: { reminder, change: 'shown' } };
    }
    default:
      return null;
  }
}
