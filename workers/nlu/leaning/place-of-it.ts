import type { Act } from '../../../contracts/nlu.ts';
import { entityAt, type Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { trimRange, type Range } from '../text.ts';
import { actOn, groupAt, spokenEvent } from './act-on.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|and|also|please|pls|then|great|thanks|(?:can|could)\s+you|let's)[\s,]+)*`;
const PLACE = String.raw`(?:address|location|place|venue|meeting\s+point|room)`;
const OF_IT = String.raw`(?:\s+(?:to|for|of|on)\s+(?:it|that|this)(?!\p{L}))?`;
const END = String.raw`(?:[\s,]+(?:please|pls|instead|now|thanks))*[\s.!]*$`;
/** "Add the address: Lindengasse 12", "location: studio 4" */
const TOLD = String.raw`(?:(?:add|put|set|enter|write|give|use|with)\s+(?:in\s+)?(?:it\s+)?)?(?:(?:the|an?|its|this|as)\s+)?(?:new\s+)?${PLACE}${OF_IT}\s*[:=]\s*(?<place>\S.*?)`;
/** "Change the place to the studio", "set its location to studio 4" */
const CHANGED = String.raw`(?:change|set|update|switch|move|make|edit)\s+(?:the|its)\s+${PLACE}${OF_IT}\s+(?:to|into|as)\s+(?<place2>\S.*?)`;
/** "Add Lindengasse 12 as the address" */
const AS = String.raw`(?:add|put|set|enter|use)\s+(?:down\s+)?(?<place3>\S.{0,60}?)\s+as\s+(?:the|its|an?)\s+(?:new\s+)?${PLACE}${OF_IT}`;
/** "The address is Lindengasse 12", "the room is 204", "the place is the studio" */
const IS = String.raw`(?:the|its)\s+(?:new\s+)?${PLACE}\s+(?:is|will\s+be|should\s+be)\s+(?<place4>(?:the|our|my)\s+\S.*?|(?=[^?]*\d)\S.*?)`;
const WHERE = [TOLD, CHANGED, AS, IS].map((words) => new RegExp(`${LEAD}${words}${END}`, 'dsu'));
const LONGEST = 80;

/** Where the event is that was made or changed last, said by the word for it. */
export function placeOfIt(draft: Draft, input: NluInput): Act[] | null {
  const at = isItAnEvent(input) ? placeSaid(draft) : null;
  if (!at || at.end - at.start > LONGEST || timesIn(draft, at).some(({ hasClock }) => hasClock)) return null;
  const words = draft.text.slice(at.start, at.end);
  const place = /^\d+\p{L}?$/u.test(words) ? `room ${words}` : words;
  return [
    actOn(draft, 'update_event', [spokenEvent(draft), entityAt(draft, 'location', at, place, 'as said')]),
  ];
}

function placeSaid(draft: Draft): Range | null {
  for (const pattern of WHERE) {
    const match = pattern.exec(draft.folded);
    if (!match) continue;
    const names = ['place', 'place2', 'place3', 'place4'];
    const at = names.map((name) => groupAt(match, name)).find((found) => found !== null);
    return at ? trimRange(draft.folded, at, ',.!') : null;
  }
  return null;
}
