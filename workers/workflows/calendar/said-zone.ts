import { ABBREVIATIONS, REGION_CLOCKS, zoneOfPlace } from '../../nlu/time/zone-names.ts';

/** A time of day, behind which a zone may stand. */
const CLOCK = String.raw`(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?\s?m\.?)?|noon|midday|midnight|o'?clock)`;
const PLACE = new RegExp(
  String.raw`${CLOCK}\s+(?:in\s+)?(?:the\s+)?(?<place>\p{L}[\p{L}.'’-]*(?:\s+\p{L}[\p{L}.'’-]*){0,2}?)\s+(?:(?:standard|daylight(?:\s+savings?)?|summer|local)\s+)?time\b`,
  'giu',
);
const SHORT = new RegExp(String.raw`${CLOCK}\s*\(?(?<short>[a-z]{2,4})\b`, 'gi');

/**
 * The zone in whose clock a time was said, "3pm New York time": an event that is to be then keeps it, and comes by that
 * clock on both sides of a change. Null where it was the speaker's own.
 */
export function zoneSaid(words: string): string | null {
  for (const { groups } of words.matchAll(PLACE)) {
    const place = groups?.['place']?.toLowerCase().replace(/['’]s$/, '') ?? '';
    const zone = REGION_CLOCKS.get(place) ?? zoneOfPlace(place);
    if (zone) return zone;
  }
  for (const { groups } of words.matchAll(SHORT)) {
    // "EST" is the same all year and no place's clock.
    const zone = ABBREVIATIONS.get(groups?.['short']?.toLowerCase() ?? '');
    if (typeof zone === 'string') return zone;
  }
  return null;
}
