import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { parseText } from './understand.ts';

type EmailRow = [text: string, slots: Slots, params?: ActParams];

/** How it is to be written, who gets a copy, and wordings of every kind. */
const ROWS: EmailRow[] = [
  [
    'compose a message to Dr. Meier concerning my application with a template',
    { recipient: ['Dr. Meier'], subject: 'my application' },
    { method: 'template' },
  ],
  [
    'write an email to Dr. Meier about my application, with a template, formal',
    { recipient: ['Dr. Meier'], subject: 'my application' },
    { method: 'template', tone: 'formal' },
  ],
  [
    'write a sick note to my teacher, template',
    { recipient: ['my teacher'], email_type: 'leave_request' },
    { method: 'template' },
  ],
  ...[
    ' without using tokens',
    " but don't use AI",
    ', no ai please',
    ', template ok',
    ', free one',
    ' without ai',
    ', no tokens',
    ' from a template',
    ' for free',
    '. No AI.',
  ].map((tail): EmailRow => [
    `draft an email to Bob about tea${tail}`,
    { recipient: ['Bob'], subject: 'tea' },
    { method: 'template' },
  ]),
  ...['free', 'ai-free', 'template'].map((kind): EmailRow => [
    `draft a ${kind} email to Bob about tea`,
    { recipient: ['Bob'], subject: 'tea' },
    { method: 'template' },
  ]),
  ['draft an email to Ann with no AI', { recipient: ['Ann'] }, { method: 'template' }],
  ['draft an email to Bob template', { recipient: ['Bob'] }, { method: 'template' }],
  [
    'with template: email Bob about the party',
    { recipient: ['Bob'], subject: 'the party' },
    { method: 'template' },
  ],
  [
    'draft an email to Bob saying I am late, no ai',
    { recipient: ['Bob'], body: 'I am late' },
    { method: 'template' },
  ],
  ['draft an email to Ann about the free tickets', { recipient: ['Ann'], subject: 'the free tickets' }],
  ['draft an email to Bob about the email template', { recipient: ['Bob'], subject: 'the email template' }],
  ['draft an email saying I am free', { body: 'I am free' }],
  ['draft an email to Prof. Lang, cc Ann', { recipient: ['Prof. Lang', 'Ann'] }],
  ['draft an email to Ann cc Bob about tea', { recipient: ['Ann', 'Bob'], subject: 'tea' }],
  ['schedule a meeting with Sarah by email', { recipient: ['Sarah'], email_type: 'meeting_request' }],
  [
    'schedule a meeting with Sarah by email next week',
    { recipient: ['Sarah'], body: 'next week', email_type: 'meeting_request' },
  ],
  [
    'write to Sarah to schedule a meeting',
    { recipient: ['Sarah'], body: 'schedule a meeting', email_type: 'meeting_request' },
  ],
  [
    'yo shoot bob an email sayin im late, template ok',
    { recipient: ['bob'], body: 'im late' },
    { method: 'template' },
  ],
  ['apologise to my landlord by email', { recipient: ['my landlord'], email_type: 'apology' }],
  ['say thank you to Ann via email', { recipient: ['Ann'], email_type: 'thank_you' }],
  [
    'pls draft mail 2 prof lang re exam, template',
    { recipient: ['prof lang'], subject: 'exam' },
    { method: 'template' },
  ],
  ['can u write 2 my mom an email', { recipient: ['my mom'] }],
  ['draft me something nice for grandma by mail', { recipient: ['grandma'] }],
  ['write a letter to the tax office', { recipient: ['the tax office'] }],
  ['draf an emial to Bob abuot tea', { recipient: ['Bob'], subject: 'tea' }],
];

describe('a wish in a request for an email', () => {
  test.each(ROWS)('%s', async (text, slots, params) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('draft_email');
    expect(values).toEqual(slots);
    expect(act.params).toEqual(params);
    for (const { start, end, text: said } of act.entities) expect(text.slice(start, end)).toBe(said);
  });
});
