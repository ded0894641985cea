/** A surrogate that stands alone is no character. */
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** All but tab and line breaks; what a terminal would take as a command is among them. */
// eslint-disable-next-line no-control-regex -- naming control characters is the point
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F]/;

/** What makes a text none that is kept or shown anywhere, in words that follow its name; null where nothing does. */
export function faultOfText(text: string): string | null {
  if (LONE_SURROGATE.test(text)) return 'is not well-formed Unicode (a surrogate stands alone)';
  return CONTROL.test(text) ? 'holds control characters' : null;
}
