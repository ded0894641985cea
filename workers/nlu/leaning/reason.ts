const ORDER = String.raw`[^,;:]*\b(?:move|push|shift|postpone|put|make|change|reschedule|set|bring|delay|cancel)\b[^,;:]*?`;
const WHO = String.raw`(?:i|we|he|she|it|they|there|(?:the|my|our|his|her|their)\s+[\p{L}'’-]+(?:\s+[\p{L}'’-]+)?)`;
/** What is so, not what is to be done: "i need to buy milk" is a request of its own. */
const IS_SO = String.raw`(?:'m|'s|'re|\s+(?:am|is|are|was|were|isn't|aren't|wasn't|can't|cannot|can\s+not|won't|don't|doesn't|didn't|couldn't|got|feel|feels|have\s+(?:no|another|a|an|the|too)|has\s+(?:no|another|a|an|the|too)|had|broke|need\s+more))`;
const REASON = new RegExp(
  String.raw`^(?<order>${ORDER})(?:\s*[,;–-]+\s*(?:because\s+|since\s+|as\s+|cause\s+)?|\s+(?:because|since|cause|cuz|bc)\s+)${WHO}${IS_SO}(?![\p{L}'])[^,;]*$`,
  'iu',
);

/** "Push it to friday, the printer is late": the order without what it is given for. */
export function withoutReason(text: string): string {
  const order = text.length <= LONGEST ? REASON.exec(text)?.groups?.['order'] : undefined;
  return order === undefined || /\b(?:because|since)\b/i.test(order) ? text : order;
}

const LONGEST = 200;
