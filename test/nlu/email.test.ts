import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import { parseText, understand } from './understand.ts';

type EmailRow = [text: string, slots: Slots, params?: ActParams];

const ROWS: EmailRow[] = [
  ['draft email to professor #7', { recipient: ['professor #7'] }],
  ['Draft an e-mail to Professor #7!', { recipient: ['Professor #7'] }],
  ['drfat an emial to Bob abuot the rent', { recipient: ['Bob'], subject: 'the rent' }],
  ['draft email to prof #7 🙏', { recipient: ['prof #7'] }],
  ['draft an email to #7', { recipient: ['#7'] }],
  ['draft an email to professor #7 and professor #8', { recipient: ['professor #7', 'professor #8'] }],
  [
    'email to prof. Lang and dr. Who about the exam',
    { recipient: ['prof. Lang', 'dr. Who'], subject: 'the exam' },
  ],
  ['draft another email', {}, { another: true }],
  ['write another email pls', {}, { another: true }],
  ['another one', {}, { another: true }],
  ['one more email', {}, { another: true }],
  ['draft another one to Bob', { recipient: ['Bob'] }, { another: true }],
  ['draft one more email to Bob about rent', { recipient: ['Bob'], subject: 'rent' }, { another: true }],
  [
    'write an email to my landlord about the broken heater',
    { recipient: ['my landlord'], subject: 'the broken heater' },
  ],
  ['write an email about the heater to my landlord', { recipient: ['my landlord'], subject: 'the heater' }],
  ['write an email to Ann about the trip to Rome', { recipient: ['Ann'], subject: 'the trip to Rome' }],
  [
    "compose a mail to Ann and Bob saying we're running late",
    { recipient: ['Ann', 'Bob'], body: "we're running late" },
  ],
  ['email Sarah that the meeting moved to 3pm', { recipient: ['Sarah'], body: 'the meeting moved to 3pm' }],
  ['EMAIL SARAH THAT I AM LATE', { recipient: ['SARAH'], body: 'I AM LATE' }],
  [
    'can you draft a thank you note to Mrs. Chen for the flowers',
    { recipient: ['Mrs. Chen'], subject: 'the flowers', email_type: 'thank_you' },
  ],
  [
    'I need to email HR about parental leave',
    { recipient: ['HR'], subject: 'parental leave', email_type: 'leave_request' },
  ],
  ['shoot Tom a quick email re: invoice 442', { recipient: ['Tom'], subject: 'invoice 442' }],
  ['email bob re the invoice', { recipient: ['bob'], subject: 'the invoice' }],
  ['draft email professor #7', { recipient: ['professor #7'] }],
  ['can u write an email 2 my boss', { recipient: ['my boss'] }],
  ['plz email my landlord: sink is leaking', { recipient: ['my landlord'], body: 'sink is leaking' }],
  ['make an email for Bob about the lawn', { recipient: ['Bob'], subject: 'the lawn' }],
  ['draft an apology', { email_type: 'apology' }],
  ['draft a reply', {}],
  ['reply to Ann', { recipient: ['Ann'] }],
  ["reply to Bob's email saying yes", { recipient: ['Bob'], body: 'yes' }],
  ['reply to the email from Bob', { recipient: ['Bob'] }],
  ['respond to Ann saying we accept', { recipient: ['Ann'], body: 'we accept' }],
  ['draft an email', {}],
  ['I want to write an email', {}],
  ['new email', {}],
  ['write an email about the heater', { subject: 'the heater' }],
  [
    'draft an email to the dean with the subject "Late essay" saying that I need two more days',
    { recipient: ['the dean'], subject: 'Late essay', body: 'I need two more days' },
  ],
  ['draft email to ann@example.org, subject: Lunch', { recipient: ['ann@example.org'], subject: 'Lunch' }],
  ['EMAIL ann@example.org: running late', { recipient: ['ann@example.org'], body: 'running late' }],
  ['email Ann "see you at 5"', { recipient: ['Ann'], body: 'see you at 5' }],
  ['draft email: hello world', { body: 'hello world' }],
  ['draft an email to "Ann Lee" about lunch', { recipient: ['Ann Lee'], subject: 'lunch' }],
  [
    'send an email to Ann, Bob and Carl about the party 🎉',
    { recipient: ['Ann', 'Bob', 'Carl'], subject: 'the party 🎉' },
  ],
  ['email Ann to say thanks', { recipient: ['Ann'], body: 'thanks', email_type: 'thank_you' }],
  [
    'write an email to thank Ann for the gift',
    { recipient: ['Ann'], body: 'thank Ann for the gift', email_type: 'thank_you' },
  ],
  [
    "can you email my boss saying I'm sick today?",
    { recipient: ['my boss'], body: "I'm sick today", email_type: 'leave_request' },
  ],
  [
    "email my professor because i'm sick",
    { recipient: ['my professor'], body: "because i'm sick", email_type: 'leave_request' },
  ],
  ["Draft an email to Ann. Tell her I'm running late.", { recipient: ['Ann'], body: "I'm running late" }],
  ['draft an email to Ann\nHi Ann, see you at 5', { recipient: ['Ann'], body: 'Hi Ann, see you at 5' }],
  [
    'i need an email to my landlord, the heating is broken',
    { recipient: ['my landlord'], body: 'the heating is broken' },
  ],
  [
    'yo write my boss an email that im gonna be late lol',
    { recipient: ['my boss'], body: 'im gonna be late lol' },
  ],
  ['email ann and ask her to call me back', { recipient: ['ann'], body: 'ask her to call me back' }],
  [
    'email Tom asking for the slides by friday',
    { recipient: ['Tom'], body: 'asking for the slides by friday', email_type: 'request' },
  ],
  [
    'write an email asking my boss for time off next week',
    { recipient: ['my boss'], body: 'asking my boss for time off next week', email_type: 'leave_request' },
  ],
  [
    'draft an email inviting Ann and Tom to dinner on friday',
    { recipient: ['Ann', 'Tom'], body: 'inviting Ann and Tom to dinner on friday', email_type: 'invitation' },
  ],
  [
    'draft email to bob reminding him of the deadline',
    { recipient: ['bob'], body: 'reminding him of the deadline', email_type: 'reminder' },
  ],
  [
    'write an email to Sam to follow up on the offer',
    { recipient: ['Sam'], body: 'follow up on the offer', email_type: 'follow_up' },
  ],
  [
    'send Ann an email about a meeting with Bob next week',
    { recipient: ['Ann'], subject: 'a meeting with Bob next week', email_type: 'meeting_request' },
  ],
  [
    'write an apology to my boss for being late',
    { recipient: ['my boss'], subject: 'being late', email_type: 'apology' },
  ],
  [
    'draft an invitation to Ann and Tom for the party',
    { recipient: ['Ann', 'Tom'], subject: 'the party', email_type: 'invitation' },
  ],
  ['draft a status update for my manager', { recipient: ['my manager'], email_type: 'status_update' }],
  ['draft an introduction to Bob', { recipient: ['Bob'], email_type: 'introduction' }],
  ['draft a decline email to the recruiter', { recipient: ['the recruiter'], email_type: 'decline' }],
  ['follow-up email to the recruiter', { recipient: ['the recruiter'], email_type: 'follow_up' }],
  ['draft a general email to the team', { recipient: ['the team'], email_type: 'general' }],
  ['draft an email for my boss about the budget', { recipient: ['my boss'], subject: 'the budget' }],
  [
    'write me an email for the plumber about the sink please',
    { recipient: ['the plumber'], subject: 'the sink' },
  ],
  ['help me with an email to my teacher about my grade', { recipient: ['my teacher'], subject: 'my grade' }],
  [
    'email everyone in the office about the fire drill',
    { recipient: ['everyone in the office'], subject: 'the fire drill' },
  ],
  [
    'write an email to the team mailing list saying we ship today',
    { recipient: ['the team mailing list'], body: 'we ship today' },
  ],
  ['draft an email to Ann and buy milk', { recipient: ['Ann'] }],
  ['write an email to Ann about the concert at 8pm', { recipient: ['Ann'], subject: 'the concert at 8pm' }],
  [
    'draft an email in german to Frau Maier about the flat',
    { recipient: ['Frau Maier'], subject: 'the flat' },
  ],
  ['draft an email to April about the rent', { recipient: ['April'], subject: 'the rent' }],
  [
    'let the AI write an email to Ann about the trip',
    { recipient: ['Ann'], subject: 'the trip' },
    { method: 'llm' },
  ],
  ['have the assistant write an email to Bob', { recipient: ['Bob'] }, { method: 'llm' }],
  ['with AI, draft an email to Ann', { recipient: ['Ann'] }, { method: 'llm' }],
  ['draft an email to professor #7 using AI', { recipient: ['professor #7'] }, { method: 'llm' }],
  [
    'draft an email to Ann about the trip, use ai',
    { recipient: ['Ann'], subject: 'the trip' },
    { method: 'llm' },
  ],
  ['template email to Ann', { recipient: ['Ann'] }, { method: 'template' }],
  ['draft an email to Ann with a template', { recipient: ['Ann'] }, { method: 'template' }],
  [
    'use a template to email Ann about the trip',
    { recipient: ['Ann'], subject: 'the trip' },
    { method: 'template' },
  ],
  ['email ann that we should use a template', { recipient: ['ann'], body: 'we should use a template' }],
  [
    'use ai to write an email to Ann asking her to use a template',
    { recipient: ['Ann'], body: 'asking her to use a template' },
    { method: 'llm' },
  ],
  ['a friendly note to Bob', { recipient: ['Bob'] }, { tone: 'friendly' }],
  [
    'please compose a short, friendly email to my neighbours about the party on saturday',
    { recipient: ['my neighbours'], subject: 'the party on saturday' },
    { tone: 'friendly' },
  ],
  [
    'write a formal email to Professor Lang asking for an extension',
    { recipient: ['Professor Lang'], body: 'asking for an extension', email_type: 'request' },
    { tone: 'formal' },
  ],
  ['draft an email to professor #7 in a formal tone', { recipient: ['professor #7'] }, { tone: 'formal' }],
];

describe('a request for an email', () => {
  test.each(ROWS)('%s', async (text, slots, params) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe('draft_email');
    expect(values).toEqual(slots);
    expect(act.params).toEqual(params);
    for (const { start, end, text: said } of act.entities) expect(text.slice(start, end)).toBe(said);
    // What is a text of its own is one of the words said, in one piece.
    for (const value of [values.subject, values.body, ...(values.recipient ?? [])])
      if (value !== undefined) expect(text).toContain(value);
  });

  test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'is complete and sure with "professor #%i" as the recipient',
    async (number) => {
      const text = `draft email to professor #${number}`;
      const { acts } = await understand(text);
      expect(acts[0]).toMatchObject({
        action: 'draft_email',
        gate: { verdict: 'pass', missing: [], alternatives: [] },
        entities: [{ slot: 'recipient', value: [`professor #${number}`], start: 15, end: text.length }],
      });
      expect(acts[0]?.confidence).toBeGreaterThanOrEqual(0.95);
    },
  );

  test.each([
    'draft another email',
    'draft an email',
    'write an email about the heater',
    'reply to that email',
  ])('"%s" lacks somebody to write to', async (text) => {
    expect((await understand(text)).acts[0]).toMatchObject({
      action: 'draft_email',
      gate: { verdict: 'incomplete', missing: ['recipient'] },
    });
  });

  test('keeps the whole of a long text', async () => {
    const body = 'we had a lovely time with you '.repeat(300).trim();
    expect((await parseText(`write an email to Ann saying ${body}`)).values.body).toBe(body);
  });
});

describe('something to do later', () => {
  test.each([
    ['create a task to email Sarah', 'email Sarah'],
    ['email Sarah by friday', 'email Sarah'],
    ['email sarah tomorrow', 'email sarah'],
    ['email Sarah about the budget by friday', 'email Sarah about the budget'],
    ['write an email to Ann by friday', 'write an email to Ann'],
    ['i need to write an email to my landlord by friday', 'write an email to my landlord'],
    ['reply to Ann tomorrow', 'reply to Ann'],
    ['email the team about status every friday', 'email the team about status'],
    ['add write to mom to my list', 'write to mom'],
    ['todo: email Sarah that the meeting moved', 'email Sarah that the meeting moved'],
    ['add a task to draft an email to professor #7', 'draft an email to professor #7'],
    ["don't forget to write an email to Ann", 'write an email to Ann'],
    ['buy mail stamps', 'buy mail stamps'],
    ['add a task to check email', 'check email'],
    ['add a task to email Ann', 'email Ann'],
    ['add a task to write to mom', 'write to mom'],
    ['write a letter to Nina by friday', 'write a letter to Nina'],
    ['add a task to write a reminder to call Bob', 'write a reminder to call Bob'],
    ['draft the report', 'draft the report'],
    ['add a task to draft a contract for Ann', 'draft a contract for Ann'],
    ['add a task to set up email forwarding', 'set up email forwarding'],
    ['add a task to write email tests', 'write email tests'],
    ['add a task to start checking email', 'start checking email'],
    ['add a task to get the mail', 'get the mail'],
    ['add a task to mail the letter to Ann', 'mail the letter to Ann'],
    ['add a task to prepare the slides and email them to Ann', 'prepare the slides and email them to Ann'],
  ])('%s', async (text, title) => {
    const { act, values } = await parseText(text);
    expect([act.action, values.title]).toEqual(['create_task', title]);
  });

  test.each([
    ['remind me to email Bob', 'set_reminder'],
    ['mark email Ann as done', 'complete_task'],
    ['move email Ann to friday', 'update_task'],
    ['rename email Ann to call Ann', 'update_task'],
    ['delete the email to Ann task', 'delete_task'],
    ['send the draft', 'send_email'],
    ['did you draft an email?', 'search_email'],
    ["don't draft an email", 'deny'],
    ["please don't draft an email to Bob", 'deny'],
  ])('"%s" is no draft', async (text, action) => {
    expect((await parseText(text)).act.action).toBe(action);
  });
});
