import { readEmailRequest } from '../email/request.ts';
import { readEmailSearch } from '../email/search.ts';
import { TASK_NOUN } from './nouns.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

const WRITTEN = String.raw`it|this|that|they|those|(?:(?:the|that|my|this|our)\s+)?(?:e-?mails?|mails?|messages?|letters?|repl(?:y|ies)|drafts?|one)(?:\s+(?:to|for|about)\s+\S+(?:\s+\S+){0,3}?)?`;
const EVER = String.raw`(?:(?:already|ever|really|actually|finally|just)\s+)*`;

/** Requests for the words of an e-mail, and for drafts and e-mails that are there already. */
export const EMAIL_RULES: readonly Rule[] = [
  {
    name: 'email.search',
    action: 'search_email',
    confidence: 0.96,
    pattern:
      /^(?:(?:find|search(?:\s+(?:for|in|through))?|show|look(?:ing)?\s+(?:for|up|at|through)|get|list|check|display|view|see|open|pull up|bring up|go to|read(?=\s+(?:me\s+)?(?:my|the)\s+(?:last|latest|newest|most recent)))\s+(?:me\s+)?|(?:what|which|how many)\s+|(?:do i have|have i got|are there|is there)\s+|where(?:'?s| is| are)\s+)?(?<before>(?:[\p{L}'-]+\s+){0,4}?)(?<noun>e-?mails?|mails?|inbox|drafts?)(?<after>(?=\s*$|\s*[,?.!:"]|\s+(?:to|for|about|regarding|re|concerning|on|with|from|of|containing|mentioning|matching|called|titled|named|saying|that|which|i|we|do|have|are|did|in|folder|again|left|there|so|yet|since|before|after|between|today|yesterday|this|last|written|saved|addressed|sent|now|tomorrow|by|next|until|at)\b).*)$/dsu,
    read: (draft, recognition, groups) => {
      const entities = readEmailSearch(draft, groups);
      return entities && !TASK_NOUN.test(draft.folded) ? { ...recognition, implied: entities } : null;
    },
  },
  {
    name: 'email.was-sent',
    action: 'search_email',
    confidence: 0.96,
    sure: /^/,
    // Asks how it stands with one that was written; "send it" is an order.
    pattern: new RegExp(
      String.raw`^(?:so\s+)?(?:(?:when\s+)?(?:did|has|have|is|was|were|are)\s+(?:${WRITTEN})\s+${EVER}(?:go(?:ne)?\s+(?:out|off|through)|(?:been\s+|get\s+|got\s+)?(?:sent|delivered)|get\s+through|gone|left|on\s+(?:its|the)\s+way|out)|(?:did|have|had)\s+(?:you|we|i)\s+${EVER}(?:send|sent|mail|mailed|deliver|delivered)\s+(?:${WRITTEN}))(?:\s+(?:off|out|yet|already|now|then|ok|okay|or\s+not))*$`,
      'dsu',
    ),
    // "is it out" may be asked of anything.
    read: (draft, recognition) =>
      /^(?:so\s+)?\S+\s+(?:it|this|that|they)\s+(?:(?:already|ever|really|actually|finally)\s+)*(?:out|left)\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? null
        : { ...recognition, implied: [] },
  },
  {
    name: 'email.send',
    action: 'send_email',
    confidence: 0.95,
    pattern:
      /^send\s+(?<body>(?:the|that|this|my|it)\s*(?:draft|e-?mail|mail|message|reply)?(?:\s+(?:now|off|to\s+.+))?)$/ds,
    read: (draft, recognition) =>
      /\b(?:draft|e-?mail|mail)\b/.test(foldedSlice(draft, recognition.body)) ? recognition : null,
  },
  {
    name: 'email.draft',
    action: 'draft_email',
    confidence: 0.97,
    pattern:
      /mail|emial|eamil|emal|note|message|letter|line|write|writing|reply|respond|answer|thank|apology|follow|invit|request|update|introduction|resignation|refusal|complaint|another|more|draft/,
    sure: /^(?:draft|write|compose)\s+(?:me\s+)?(?:an?\s+|another\s+)?(?:(?:formal|friendly|short|quick|polite|new|brief|nice|neutral)\s+){0,2}e-?mail\s+(?:to|for|about|asking|saying|that|telling)\s|^(?:e-?mail|mail|write to)\s.*\s(?:asking|saying|telling)\s/,
    read: (draft, recognition) => {
      const request = readEmailRequest(draft);
      if (!request) return null;
      const { entities, params, confidence } = request;
      return {
        ...recognition,
        confidence,
        // A noun alone may name a thing as well as ask for it.
        rule: confidence < 0.97 ? 'email.noun' : recognition.rule,
        implied: entities,
        ...(Object.keys(params).length > 0 && { params }),
      };
    },
  },
];
