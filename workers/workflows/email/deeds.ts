import { ASKING_DEEDS } from './asking-deeds.ts';
import { ANSWER, GLAD, SUITS, type Deed } from './deed.ts';

const CLAUSE = String.raw`(?=(?:i|we|it|this|the|my|our|you|he|she|they|there|his|her|their|your)\b)`;

/** The first that fits counts. */
export const DEEDS: readonly Deed[] = [
  ...ASKING_DEEDS,
  {
    said: '(?:thank(?:ing)?(?: WHO)?|say(?:ing)? (?:thanks|thank you)(?: to WHO)?) (?:so much |very much )?for (?<x>.+)',
    type: 'thank_you',
    words: null,
    subject: 'Thank you for {s}',
  },
  {
    said: '(?:apologi[sz](?:e|ing)|say(?:ing)? sorry)(?: to WHO)? (?:for|about) (?<x>.+)',
    type: 'apology',
    words: [
      'I am sorry for {x}.',
      'Please accept my sincere apologies for {x}.',
      'I am really sorry for {x}!',
    ],
    subject: 'Apologies for {s}',
  },
  {
    said: `(?:(?:apologi[sz](?:e|ing)|say(?:ing)? sorry)(?: to WHO)?|sorry) (?:that |because |${CLAUSE})(?<x>.+)`,
    type: 'apology',
    words: ['I am sorry that {x}.', 'I sincerely regret that {x}.', 'I am really sorry that {x}!'],
    subject: null,
    close: ['I hope that you understand.', 'I hope for your understanding.', 'I hope that you understand!'],
  },
  {
    said: 'invit(?:e|ing)(?: WHO)?(?<n>(?: and (?:his|her|their|your) [a-z]+)?)(?: over)? (?<x>(?:to|for) .+)',
    type: 'invitation',
    words: [
      'I would like to invite you{n} {x}.',
      'It is my pleasure to invite you{n} {x}.',
      'I would love to invite you{n} {x}!',
    ],
    subject: 'Invitation {s}',
  },
  {
    said: '(?:declin(?:e|ing)|turn(?:ing)? down|reject(?:ing)?) (?<x>.+)',
    type: 'decline',
    words: null,
    subject: 'Declining {s}',
    gap: true,
  },
  {
    said: 'accept(?:ing)? (?<x>.+)',
    type: 'general',
    words: ['I am happy to accept {x}.', 'I am pleased to accept {x}.', "I'd love to accept {x}!"],
    subject: 'Accepting {s}',
    close: GLAD,
  },
  {
    said: String.raw`(?:tell(?:ing)?|inform(?:ing)?|notify(?:ing)?|let(?:ting)?) (?:WHO )(?:know )?(?:about|of) (?<x>.+)`,
    type: 'general',
    words: [
      'I would like to let you know about {x}.',
      'I would like to inform you about {x}.',
      'I wanted to tell you about {x}.',
    ],
    subject: '{n}',
  },
  {
    said: `(?:(?:tell(?:ing)?|inform(?:ing)?|notify(?:ing)?) WHO|let(?:ting)? WHO know|say(?:ing)?(?: to WHO)?) (?:that |${CLAUSE})(?<x>.+)`,
    type: 'general',
    words: ['{x}.', '{x}.', '{x}.'],
    subject: null,
  },
  {
    said: 'remind(?:ing)? WHO to (?<x>.+)',
    type: 'reminder',
    words: [
      'Please remember to {x}.',
      'May I kindly remind you to {x}.',
      'Just a little nudge: please remember to {x}.',
    ],
    subject: 'Reminder to {s}',
  },
  {
    said: `remind(?:ing)? WHO (?:that |${CLAUSE})(?<x>.+)`,
    type: 'reminder',
    words: [
      'This is a short reminder that {x}.',
      'May I kindly remind you that {x}.',
      'Just a little nudge: {x}.',
    ],
    subject: null,
  },
  {
    said: 'remind(?:ing)? WHO (?:about|of) (?<x>.+)',
    type: 'reminder',
    words: null,
    subject: 'Reminder about {s}',
  },
  {
    said: '(?:cancel(?:l?ing)?|call(?:ing)? off) (?<x>.+)',
    type: 'cancellation',
    words: null,
    subject: 'Cancellation of {s}',
  },
  {
    said: String.raw`(?:postpon(?:e|ing)|put(?:ting)? off) (?<x>.+)`,
    type: 'general',
    words: [
      'I need to postpone {x}.',
      'I regret that I have to postpone {x}.',
      'Sorry, I have to postpone {x}.',
    ],
    subject: 'Postponing {s}',
    close: SUITS,
  },
  {
    said: String.raw`(?:reschedul(?:e|ing)|mov(?:e|ing)) (?<x>.+)`,
    type: 'general',
    words: ['I would like to reschedule {x}.', 'I would like to reschedule {x}.', 'Could we reschedule {x}?'],
    subject: 'Rescheduling {s}',
    close: ANSWER,
  },
  {
    said: 'complain(?:ing)?(?: to WHO)? about (?<x>.+)',
    type: 'complaint',
    words: [
      'I would like to complain about {x}.',
      'I am writing to complain about {x}.',
      'I am sorry to say that I am not happy about {x}.',
    ],
    subject: 'Complaint about {s}',
  },
  {
    said: 'complain(?:ing)?(?: to WHO)? that (?<x>.+)',
    type: 'complaint',
    words: [
      'I would like to complain that {x}.',
      'I am writing to complain that {x}.',
      'I am sorry to say that {x}.',
    ],
    subject: null,
  },
  {
    said: 'congratulat(?:e|ing)(?: WHO)? (?:on|for) (?<x>.+)',
    type: 'congratulation',
    words: null,
    subject: 'Congratulations on {s}',
  },
  {
    said: 'wish(?:ing)? WHO (?<x>.+)',
    type: 'congratulation',
    words: ['I wish you {x}.', 'I wish you {x}.', 'I wish you {x}!'],
    subject: '{n}',
    close: ['I hope that all is well with you.', 'I hope that you are well.', 'Talk to you soon!'],
  },
  {
    said: '(?:resign(?:ing)?|quit(?:ting)?)(?<x>(?: .+)?)',
    type: 'resignation',
    words: [
      'I am writing to let you know that I resign{x}.',
      'Please accept this as formal notice that I resign{x}.',
      'This is not easy to write, but I have decided to resign{x}.',
    ],
    subject: 'Resignation{s}',
    gap: true,
  },
  {
    said: 'follow(?:ing)?[ -]up(?: with WHO)? (?:on|about) (?<x>.+)',
    type: 'follow_up',
    words: null,
    subject: 'Following up on {s}',
  },
  {
    said: 'check(?:ing)?(?: in)?(?: with WHO)? on (?<x>.+)',
    type: 'follow_up',
    words: null,
    subject: 'Following up on {s}',
  },
  {
    said: 'introduc(?:e|ing) (?:myself|me)(?: to WHO)?',
    type: 'introduction',
    words: null,
    subject: null,
    gap: true,
  },
  {
    said: 'introduc(?:e|ing) (?<x>.+?)(?: to WHO)?',
    type: 'general',
    words: [
      'I would like to introduce {x} to you.',
      'Please allow me to introduce {x} to you.',
      'Let me introduce {x} to you!',
    ],
    subject: 'Introducing {s}',
  },
  {
    said: 'updat(?:e|ing) WHO (?:on|about) (?<x>.+)',
    type: 'status_update',
    words: null,
    subject: 'Update on {s}',
    gap: true,
  },
  {
    said: 'apply(?:ing)? for (?<x>.+)',
    type: 'general',
    words: [
      'I would like to apply for {x}.',
      'I am writing to apply for {x}.',
      'I would love to apply for {x}.',
    ],
    subject: 'Application for {s}',
    close: GLAD,
  },
  {
    said: 'confirm(?:ing)? that (?<x>.+)',
    type: 'general',
    words: ['I would like to confirm that {x}.', 'I hereby confirm that {x}.', 'Just to confirm: {x}.'],
    subject: 'A confirmation',
  },
  {
    said: 'confirm(?:ing)? (?<x>.+)',
    type: 'general',
    words: [
      'I would like to confirm {x}.',
      'I am writing to confirm {x}.',
      'I would just like to confirm {x}.',
    ],
    subject: 'Confirmation of {s}',
  },
  {
    said: 'welcom(?:e|ing) WHO(?<x>(?: .+)?)',
    type: 'general',
    words: ['I would like to welcome you{x}.', 'It is my pleasure to welcome you{x}.', 'A warm welcome{x}!'],
    subject: 'Welcome{s}',
  },
  {
    said: 'warn(?:ing)? WHO (?<x>(?:about|of|that) .+)',
    type: 'general',
    words: ['I would like to warn you {x}.', 'I would like to warn you {x}.', 'I wanted to warn you {x}.'],
    subject: 'A warning',
  },
  {
    said: '(?:discuss(?:ing)?|talk(?:ing)? about)(?<x> .+?)(?: with WHO)?',
    type: 'general',
    words: [
      'I would like to discuss{x} with you.',
      'I would like to discuss{x} with you.',
      'Could we talk about{x}?',
    ],
    subject: '{n}',
    close: ANSWER,
  },
];
