import { describe, expect, it } from 'vitest';
import { replacedIn } from '../../workers/workflows/email/letter-parts.ts';
import { salutation } from '../../workers/workflows/email/salutation.ts';
import { fillTemplate } from '../../workers/workflows/email/templates.ts';
import { CASES } from './email-cases.ts';

const TONES = ['neutral', 'formal', 'friendly'] as const;
const ALL = CASES.flatMap(([to, type, body]) => TONES.map((tone) => ({ to, type, body, tone })));
/** What was said to the writer, not to the reader, at the beginning of a sentence. */
const IMPERATIVE =
  /(?:^|[.!?] )(?:ask(?! away)|apologi[sz]|(?:invit|declin|schedul|arrang|congratulat)(?:e|ing)|cancel|remind|complain|resign|thank(?:ing)?\b(?! you)|tell|request)/im;

describe('an email from a template', () => {
  it.each(ALL)('to $to, $type, $tone: "$body" is said to its reader', ({ to, type, body, tone }) => {
    const recipients = to.split(',');
    const email = fillTemplate({ recipients, type, body, tone });
    const text = `${email.subject}\n${email.body}`;
    expect(text).not.toMatch(
      /\bto (?:her|him|them) to\b|\[\s*\]|\(\s*\)|[{}]|undefined| {2}|\.\.|[,.] ?[,.]|\n{3}/,
    );
    expect(email.body).not.toMatch(IMPERATIVE);
    expect(email.body).toMatch(/^(?:Dear|Hello|Hi)\b[^\n]*,\n\n/);
    expect(email.body.match(/^(?:Dear|Hello|Hi) [^\n]*,$|^Hello,$/gm)).toHaveLength(1);
    expect(email.body).toMatch(/,\n\[Your name\]$/);
    expect(email.subject).toMatch(/^[\p{Lu}\d]/u);
    expect(email.subject).not.toMatch(/[.!?]$/);
    for (const paragraph of email.body.split('\n\n').slice(1, -1))
      expect(paragraph).toMatch(/^[\p{Lu}[].*[.!?:\]]$/u);
  });

  it.each([
    [
      'Anna',
      'invitation',
      'invite her to my birthday on Saturday',
      'friendly',
      'Invitation to my birthday on Saturday',
      'Hi Anna,\n\nI would love to invite you to my birthday on Saturday!\n\nLet me know if you can make it!\n\nBest,\n[Your name]',
    ],
    [
      'Anna',
      'invitation',
      'invite Anna to dinner on friday',
      'neutral',
      'Invitation to dinner on Friday',
      'Hello Anna,\n\nI would like to invite you to dinner on Friday.\n\nPlease let me know whether you can come.\n\nKind regards,\n[Your name]',
    ],
    [
      'Max',
      'decline',
      'decline his invitation',
      'neutral',
      'Declining your invitation',
      'Hello Max,\n\nThank you for your message. Unfortunately I have to decline your invitation.\n\n[The reason, if you want to give one]\n\nI hope that there will be another opportunity.\n\nKind regards,\n[Your name]',
    ],
    [
      'Max',
      'decline',
      'declining the invitation',
      'formal',
      'Declining the invitation',
      'Dear Max,\n\nThank you for your message. I regret that I must decline the invitation.\n\n[The reason, if you want to give one]\n\nI appreciate your understanding and hope for another opportunity in the future.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'Max',
      'decline',
      'turn down his offer because I have another job',
      'friendly',
      'Declining your offer',
      'Hi Max,\n\nThanks for asking! Sadly I have to say no to your offer because I have another job.\n\nPlease do ask me again!\n\nBest,\n[Your name]',
    ],
    [
      'my boss',
      'leave_request',
      'asking for a day off on Friday',
      'neutral',
      'Day off on Friday',
      'Hello [Name],\n\nI would like to ask for a day off on Friday.\n\nI will hand over open work before I leave. Please let me know whether this is all right.\n\nKind regards,\n[Your name]',
    ],
    [
      'HR',
      'leave_request',
      'ask for parental leave from may',
      'formal',
      'Parental leave from May',
      'Dear Sir or Madam,\n\nI would like to request parental leave from May.\n\nI will ensure that my duties are handed over beforehand. I would be grateful for your approval.\n\nYours faithfully,\n[Your name]',
    ],
    [
      'my boss',
      'apology',
      'apologise for being late',
      'neutral',
      'Apologies for being late',
      'Hello [Name],\n\nI am sorry for being late.\n\nI understand that this was an inconvenience, and I will see to it that it does not happen again.\n\nKind regards,\n[Your name]',
    ],
    [
      'Ann',
      'apology',
      "sorry I can't come",
      'neutral',
      'My apologies',
      "Hello Ann,\n\nI am sorry that I can't come.\n\nI hope that you understand.\n\nKind regards,\n[Your name]",
    ],
    [
      'Professor Lang',
      'request',
      'ask for a recommendation letter',
      'neutral',
      'Request for a recommendation letter',
      'Dear Professor Lang,\n\nI would like to ask you for a recommendation letter.\n\nThank you in advance. Please tell me if you need anything from me for it.\n\nKind regards,\n[Your name]',
    ],
    [
      'ann',
      'general',
      'ask her to call me back',
      'neutral',
      'Request to call me back',
      'Hello Ann,\n\nI would like to ask you to call me back.\n\nThank you in advance.\n\nKind regards,\n[Your name]',
    ],
    [
      'Bob',
      'general',
      'ask Bob if he can come on sunday',
      'friendly',
      'A question',
      'Hi Bob,\n\nI wanted to ask whether you can come on Sunday.\n\nLet me know when you get a chance!\n\nBest,\n[Your name]',
    ],
    [
      'Sarah',
      'meeting_request',
      'schedule a meeting with Sarah next Tuesday at 3pm',
      'neutral',
      'Meeting next Tuesday at 3pm',
      'Hello Sarah,\n\nI would like to meet with you next Tuesday at 3pm.\n\nPlease let me know whether that suits you.\n\nKind regards,\n[Your name]',
    ],
    [
      'Sarah',
      'meeting_request',
      'arrange a meeting with her about the budget',
      'formal',
      'Meeting about the budget',
      'Dear Sarah,\n\nI would like to request a meeting with you about the budget.\n\nI would be grateful if you could let me know which dates would be convenient for you.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'Anna',
      'general',
      'cancel our meeting',
      'neutral',
      'Cancellation of our meeting',
      'Hello Anna,\n\nI need to cancel our meeting.\n\nI am sorry for any inconvenience. Please confirm that you have received this.\n\nKind regards,\n[Your name]',
    ],
    [
      'Anna',
      'meeting_request',
      'cancel a meeting with Anna tomorrow',
      'formal',
      'Cancellation of our meeting tomorrow',
      'Dear Anna,\n\nI am writing to inform you that I have to cancel our meeting tomorrow.\n\nI apologise for any inconvenience and would be grateful if you could confirm the cancellation.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'Ann',
      'thank_you',
      'thank Ann for the gift',
      'neutral',
      'Thank you for the gift',
      'Hello Ann,\n\nThank you very much for the gift.\n\nI appreciate the time and the effort that you put into it.\n\nKind regards,\n[Your name]',
    ],
    [
      'bob',
      'reminder',
      'remind bob to pay the rent',
      'neutral',
      'Reminder to pay the rent',
      'Hello Bob,\n\nPlease remember to pay the rent.\n\nIf it is done already, please disregard this message.\n\nKind regards,\n[Your name]',
    ],
    [
      'bob',
      'reminder',
      'remind him to send me his report by monday',
      'friendly',
      'Reminder to send me your report by Monday',
      'Hi Bob,\n\nJust a little nudge: please remember to send me your report by Monday.\n\nIf you have done it already, never mind me!\n\nBest,\n[Your name]',
    ],
    [
      'the airline',
      'general',
      'complain about my lost luggage',
      'formal',
      'Complaint about my lost luggage',
      'Dear Sir or Madam,\n\nI am writing to complain about my lost luggage.\n\nI would be grateful if you could look into the matter and reply in writing.\n\nYours faithfully,\n[Your name]',
    ],
    [
      'Max',
      'general',
      'congratulate him on his new job',
      'friendly',
      'Congratulations on your new job',
      'Hi Max,\n\nHuge congratulations on your new job!\n\nYou have earned it. We should celebrate soon!\n\nBest,\n[Your name]',
    ],
    [
      'my boss',
      'general',
      'resign from my job',
      'formal',
      'Resignation from my job',
      'Dear [Name],\n\nPlease accept this as formal notice that I resign from my job.\n\n[Your last day]\n\nThank you for the opportunity. I will ensure that my duties are handed over in good order.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'the team',
      'status_update',
      'update them on the project',
      'neutral',
      'Update on the project',
      'Hello team,\n\nHere is a short update on the project.\n\n[What is done, what comes next, and what stands in the way]\n\nI will write again when there is more to tell.\n\nKind regards,\n[Your name]',
    ],
    [
      'Professor Lang',
      'general',
      'explain why I was late',
      'formal',
      'An explanation',
      'Dear Professor Lang,\n\nI would like to explain why I was late.\n\nShould you have any questions, please do not hesitate to contact me.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'Ann',
      'decline',
      'decline the invitation and thank her for it',
      'formal',
      'Declining the invitation',
      'Dear Ann,\n\nThank you for your message. I regret that I must decline the invitation. I would like to express my sincere thanks for it.\n\nI appreciate your understanding and hope for another opportunity in the future.\n\nYours sincerely,\n[Your name]',
    ],
    [
      'Ann',
      'general',
      'explaining why the trip is off',
      'friendly',
      'An explanation',
      'Hi Ann,\n\nI would like to explain why the trip is off.\n\nTalk to you soon!\n\nBest,\n[Your name]',
    ],
  ] as const)('to %s, %s: "%s", %s, in exactly these words', (to, type, body, tone, subject, text) => {
    expect(fillTemplate({ recipients: to.split(','), type, body, tone })).toMatchObject({
      subject,
      body: text,
    });
  });

  it.each([
    ['cancel our meeting', 'cancellation', 'Cancellation of our meeting', 'I need to cancel our meeting.'],
    ['resignation', 'resignation', 'Resignation', 'I am resigning.'],
    ['complaint about the noise', 'complaint', 'Complaint about the noise', 'a complaint about the noise.'],
    ['cancellation of my order', 'cancellation', 'Cancellation of my order', 'I need to cancel my order.'],
  ] as const)(
    'a subject that says what it is for has the template of that: "%s"',
    (subject, type, title, words) => {
      const email = fillTemplate({ recipients: ['Ann'], type: 'general', subject, tone: 'neutral' });
      expect(email).toMatchObject({ type, subject: title, body: expect.stringContaining(words) as unknown });
    },
  );

  it.each(['anna@familie-maier.at', 'Anne-Marie', 'C++ [team]', 'a/b', 'O\u2019Neil (home)', 'x{2}|y^$'])(
    'what names its reader may have any mark in it: %s',
    (name) => {
      const said = { recipients: [name], type: 'general', tone: 'neutral' } as const;
      const email = fillTemplate({ ...said, body: `ask ${name} for a meeting` });
      expect(email.body).toContain('I would like to meet with you');
      const text = `Hello ${name}, and bye`;
      expect(replacedIn(text, { from: `${name}, and`, to: 'You' })).toBe('Hello You bye');
    },
  );

  it('a subject stays beside what is asked for', () => {
    const said = { recipients: ['Ann'], type: 'general', subject: 'the rent', tone: 'neutral' } as const;
    expect(fillTemplate({ ...said, body: 'ask for a reduction' })).toMatchObject({
      subject: 'The rent',
      body: expect.stringContaining(
        'I am writing to you about the rent.\n\nI would like to ask you for a reduction.',
      ) as unknown,
    });
  });

  it('who gives a time for a meeting does not ask for one', () => {
    const said = { recipients: ['Ann'], type: 'meeting_request', tone: 'neutral' } as const;
    const dated = fillTemplate({ ...said, subject: 'a meeting on friday at 3pm' });
    expect(dated.subject).toBe('Meeting on Friday at 3pm');
    expect(dated.body).toContain('I would like to meet with you on Friday at 3pm.');
    expect(dated.body).not.toContain('Which days');
    expect(fillTemplate({ ...said, subject: 'a meeting about the budget' }).body).toContain('Which days');
  });

  it.each([
    [['the airline'], 'neutral', 'Dear Sir or Madam,'],
    [['the airline'], 'friendly', 'Hello,'],
    [['HR'], 'formal', 'Dear Sir or Madam,'],
    [['my landlord'], 'neutral', 'Dear Sir or Madam,'],
    [['the tax office'], 'formal', 'Dear Sir or Madam,'],
    [['the recruiter'], 'friendly', 'Hello,'],
    [['my boss'], 'formal', 'Dear [Name],'],
    [['my friend Tom'], 'friendly', 'Hi Tom,'],
    [['my mum'], 'friendly', 'Hi Mum,'],
    [['the team'], 'neutral', 'Hello team,'],
    [['Ann', 'the airline'], 'neutral', 'Hello Ann,'],
  ] as const)('greets %j, %s, as "%s"', (recipients, tone, words) => {
    expect(salutation(recipients, tone)).toBe(words);
  });
});
