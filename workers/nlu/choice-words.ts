/** What people say before they name one of several things. */
const LEAD = new RegExp(
  `^(?:(?:${[
    String.raw`yes|yeah|yep|yup|ok|okay|sure|great|good|perfect|fine|nice|cool|lovely|alright|all right|right|please|well|so|then|just|maybe|oh|h+m+|i know|thanks`,
    String.raw`(?:that|it|sounds|looks|works)(?: sounds| looks)? (?:good|great|fine|perfect)`,
    String.raw`(?:i|we)(?:'d|'ll| would| will| can)?(?: like| prefer)? (?:mean|meant|want|like|prefer|choose|take|pick|go with|have|say|book)(?: to (?:take|have|book|go with|pick|choose))?`,
    String.raw`make it|it's|number|let's|let us|go (?:with|for)|the option|option`,
    String.raw`take|book|schedule|reserve|use|choose|pick|say|do`,
  ].join('|')})\\s+)+`,
);
const TAIL =
  /\s+(?:please|thanks|thank you|then|i think|i guess|it is|if possible|for me|suits me(?: best)?|will do|(?:works?|fits?|is|are|would be|sounds|looks|seems)(?: (?:for me|best|better|fine|well|good|great|perfect|perfectly|ok|okay|nice|most|ideal))*)$/;

/** The words that name one of several things: "perfect, let's take the last one" → "the last one". */
export function choiceWords(plain: string): string {
  let said = plain.replace(LEAD, '');
  for (let turn = 0; turn < 3; turn += 1) said = said.replace(TAIL, '');
  return said;
}
