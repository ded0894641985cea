import { ANSWER, PLEASE, type Deed } from './deed.ts';

const LEAVE = String.raw`(?:(?:an?|some|my|the|one|two|three|four|five|\d+|few|half)\s+)*(?:(?:days?|weeks?|time|morning|afternoon|(?:mon|tues|wednes|thurs|fri)day)\s+off\b|(?:(?:parental|maternity|paternity|annual|sick|medical|unpaid|paid|family)\s+)?leave\b|leave of absence\b|vacation\b|holidays?\b|sick day\b)`;
const ASK_FOR = String.raw`(?:ask(?:ing)? (?:WHO )?for|request(?:ing)?)`;
const ARRANGE = String.raw`(?:${ASK_FOR}|schedul(?:e|ing)|arrang(?:e|ing)|set(?:ting)? up|propos(?:e|ing)|suggest(?:ing)?|book(?:ing)?|mak(?:e|ing)|organi[sz](?:e|ing))`;
const TALK = String.raw`(?:(?!the )[\p{L}-]+ ){0,2}(?:meeting|call|appointment|lunch|coffee|dinner|chat|interview|viewing|visit)`;
const ASK = String.raw`(?:ask(?:ing)?(?: WHO)?|check(?:ing)?(?: with WHO)?|find(?:ing)? out|see(?:ing)?|enquir(?:e|ing)|inquir(?:e|ing)|wonder(?:ing)?)`;

/** Deeds that ask the reader for something: a meeting, time off, help, an answer. */
export const ASKING_DEEDS: readonly Deed[] = [
  {
    said: String.raw`(?:${ARRANGE} (?:an?|another) meeting|ask(?:ing)? (?:WHO )?to meet(?: up)?|meet(?:ing)?(?: up)?)(?: with WHO| WHO)?(?! (?:with|me|us)\b)(?<x>(?: .+)?)`,
    type: 'meeting_request',
    words: [
      'I would like to meet with you{x}.',
      'I would like to request a meeting with you{x}.',
      'Could we meet{x}?',
    ],
    subject: 'Meeting{s}',
  },
  {
    said: String.raw`${ARRANGE} (?<n>(?:an?|another) ${TALK})(?: with WHO)?(?! with\b)(?<x>(?: .+)?)`,
    type: 'meeting_request',
    words: [
      'I would like to arrange {n} with you{x}.',
      'I would like to request {n} with you{x}.',
      'Could we have {n}{x}?',
    ],
    subject: '{n}{s}',
  },
  {
    said: String.raw`(?:${ASK_FOR}|tak(?:e|ing)) (?<x>${LEAVE}.*)`,
    type: 'leave_request',
    words: ['I would like to ask for {x}.', 'I would like to request {x}.', 'I would like to take {x}.'],
    subject: '{n}',
  },
  {
    said: `${ASK_FOR} (?<x>.+)`,
    type: 'request',
    words: ['I would like to ask you for {x}.', 'I would like to request {x}.', 'Could I ask you for {x}?'],
    subject: 'Request for {s}',
  },
  {
    said: 'ask(?:ing)? WHO (?:not to|to not) (?<x>.+)',
    type: 'request',
    words: [
      'I would like to ask you not to {x}.',
      'I would be grateful if you did not {x}.',
      'Could you please not {x}?',
    ],
    subject: 'A request',
    close: PLEASE,
  },
  {
    said: 'ask(?:ing)? WHO to (?:please )?(?<x>.+)',
    type: 'request',
    words: [
      'I would like to ask you to {x}.',
      'I would be grateful if you could {x}.',
      'Could you please {x}?',
    ],
    subject: 'Request to {s}',
    close: PLEASE,
  },
  {
    said: 'ask(?:ing)? to (?<x>.+)',
    type: 'request',
    words: [
      'I would like to ask whether I could {x}.',
      'I would like to ask whether I could {x}.',
      'Could I {x}?',
    ],
    subject: 'Request to {s}',
    close: PLEASE,
  },
  {
    said: `(?:${ASK} )?(?:if|whether) (?<x>.+)`,
    type: 'request',
    words: [
      'I would like to ask whether {x}.',
      'I would be grateful if you could let me know whether {x}.',
      'I wanted to ask whether {x}.',
    ],
    subject: 'A question',
    close: ANSWER,
  },
  {
    said: `${ASK} (?<x>(?:what|when|where|who|why|how|which)\\b.+)`,
    type: 'request',
    words: [
      'I would like to ask {x}.',
      'I would be grateful if you could let me know {x}.',
      'I wanted to ask {x}.',
    ],
    subject: 'A question',
    close: ANSWER,
  },
  {
    said: `${ASK} about (?<x>.+)`,
    type: 'request',
    words: [
      'I would like to ask about {x}.',
      'I am writing to enquire about {x}.',
      'I wanted to ask about {x}.',
    ],
    subject: 'Question about {s}',
    close: ANSWER,
  },
];
