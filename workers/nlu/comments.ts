const IT = String.raw`(?:(?:that|it|this|which)(?:'s|s|'d be|\s+is|\s+was|\s+would\s+be|\s+will\s+be)?\s+)`;
const BY = String.raw`(?:still|just|really|way|much|far|a\s+(?:little\s+)?bit|a\s+little|a\s+tad|bit|quite|rather|pretty|very|kinda|kind\s+of|somewhat|a\s+lot|probably|i\s+think)`;
const HOW = String.raw`(?:early|late|soon|long|short|much|little|tight|close|far(?:\s+(?:away|off|out))?|often|seldom)`;
const ALSO = String.raw`(?:\s+(?:for\s+(?:me|us|that|it|this|him|her|them)|in\s+the\s+(?:morning|evening|day|afternoon)|at\s+night|though|tbh|after\s+all|i\s+(?:think|guess)|actually))*`;
const NOT = String.raw`(?:doesn't|doesnt|does\s+not|don't|won't|wont|will\s+not|isn't\s+going\s+to|can't|cant|cannot)`;

const SAID = [
  String.raw`${IT}?(?:${BY}\s+)*too\s+(?:damn\s+)?${HOW}${ALSO}`,
  String.raw`(?:${IT}(?:${BY}\s+)+|(?:${BY}\s+)+)(?:early|late|soon|tight)${ALSO}`,
  String.raw`(?:(?:that|it|this|then)\s+)?${NOT}\s+(?:really\s+)?(?:work|fit|suit\s+me|be\s+possible)(?:\s+(?:out|then|so\s+well|for\s+(?:me|us)))*${ALSO}`,
  String.raw`(?:i|we)\s+${NOT}\s+(?:(?:make|do|manage)\s+(?:it|that)(?:\s+(?:then|that\s+(?:early|late)|so\s+(?:early|late)))?|then|(?:that|so)\s+(?:early|late)|(?:at\s+)?that\s+(?:time|day))${ALSO}`,
  String.raw`not\s+(?:that|so|this)\s+(?:early|late|soon|long)${ALSO}`,
].join('|');
/**
 * What somebody says of a value before they name a better one: "that's too early", "a bit late", "that doesn't work for me",
 * "i can't then". A pattern without an end.
 */
export const COMMENT = String.raw`(?:${SAID})(?!\s+(?:for|to|in|that)\s)`;
