/** "what did we say about", "when did I mention": how it is asked for says nothing of what it is. */
const FRAME =
  /^[\s,.!]*(?:(?:hey|so|and|ok|okay|please|again)[\s,]+)*(?:(?:do|can|could)\s+you\s+(?:remember|recall|find|tell\s+me)\s+)?(?:what|when|where|who|how|which|that|if|whether)?\s*(?:(?:did|have|had|was\s+it)\s+(?:that\s+)?(?:i|we)|(?:i|we)(?:\s+(?:have|had)|['’](?:ve|d))?)\s+(?:just\s+|once\s+|ever\s+|last\s+)?(?:say|said|mention(?:ed)?|talk(?:ed)?|tell|told|speak|spoke|write|wrote|ask(?:ed)?|note[d]?|discuss(?:ed)?)(?:\s+(?:you|down|to\s+you|anything|something))?(?:\s+(?:about|of|on|regarding|for))?\s+(?=\S)/i;

/** The words of a search without those that only say that it is one. */
export const lookedFor = (query: string): string => query.replace(FRAME, '').replace(/[\s?!.]+$/, '');
