import type { Range } from '../text.ts';

interface Said {
  range: Range;
  words: string;
}

/** Reads that a setting is not to hold any more: its value is null then. */
const nothing =
  (pattern: RegExp) =>
  ({ words, range }: Said): { value: null; span: Range } | null => {
    const match = pattern.exec(words);
    const start = range.start + (match?.index ?? 0);
    return match && { value: null, span: { start, end: start + match[0].length } };
  };

/** "Stop the briefing", "no more quiet hours" */
export const off = nothing(
  /\b(?:stop|end|cancel|disable|remove|delete|drop|no more|no|none|without|never|(?:turn|switch|shut)(?:ed|ing)?\b.{0,40}\boff|(?:don't|dont|do not|stop) (?:want|need|brief|send|give)\w*|off)\b/,
);

/** "Reset my working hours": as they are without a wish. */
export const reset = nothing(/\b(?:reset|back to (?:the )?(?:default|normal|usual)s?|default|standard)\b/);

/** "Forget that I work from 8 to 16": what was said of it holds no more. */
export const forgotten = nothing(
  /^(?:(?:please|just|oh|no|ok|okay)[\s,]+)*(?:forget|remove|delete|drop|clear)\s+(?:(?:about\s+)?that\s+i\b|(?:about\s+)?(?:my|the)\s)/,
);

/** "Turn it off", "don't keep that", "on again": whether it is to be. A question sets nothing. */
export function switched({ words, range }: Said): { value: 'on' | 'off'; span: Range } | null {
  if (/^(?:is|are|do|does)\b/.test(words)) return null;
  const isOff = /\b(?:off|disable|deactivate|don't|dont|do not|never|stop|no longer)\b/.test(words);
  return { value: isOff ? 'off' : 'on', span: range };
}
