import { describe, expect, test } from 'vitest';
import { understand } from './understand.ts';

const ERASURE = [
  'delete my account',
  'Delete my account!',
  'please delete my account and all my data',
  'erase all my data',
  'erase all of my data permanently',
  'close my account',
  'i want to delete my account',
  "I'd like to close my PulsePlan account",
  'can you delete my account?',
  'how do I delete my account?',
  'how can i delete all my data here',
  'wipe everything you have on me',
  'delete everything about me',
  'erase all the data you have about me',
  'remove me from pulseplan',
  'deactivate my profile',
  'get rid of my account for good',
  'remove all my personal data',
];
const EXPORT = [
  'export my data',
  'download all my data',
  'can I get a copy of my data?',
  'give me a copy of everything you know about me',
  'how do i export my data',
  'what do you store about me?',
  'what data do you keep about me',
  'i want to download my personal data',
];
/** Things that are called like that, and other orders. */
const NEITHER = [
  'delete the account meeting',
  'delete my account task',
  'delete my data plan task',
  'delete everything',
  'delete all my tasks',
  'delete all my reminders',
  'close the bank account on friday',
  'add close my bank account',
  'remind me to delete my account tomorrow',
  'add a task to export my data',
  'cancel my subscription',
  'cancel my dentist appointment',
  'remove me from the meeting',
  'review the data tomorrow at 5',
  'create a task to back up my data friday',
  'email Ann about my account',
  'delete my old notes task',
  'what do you know about Ann?',
];

describe('what is wanted of all that is kept', () => {
  test.each(ERASURE)('"%s" is told where the account is erased', async (text) => {
    expect((await understand(text)).acts).toMatchObject([{ action: 'help', params: { tell: 'erasure' } }]);
  });
  test.each(EXPORT)('"%s" is told where a copy is had', async (text) => {
    expect((await understand(text)).acts).toMatchObject([{ action: 'help', params: { tell: 'export' } }]);
  });
  test.each(NEITHER)('"%s" is something else', async (text) => {
    for (const { params } of (await understand(text)).acts)
      expect(['erasure', 'export']).not.toContain(params?.tell);
  });
});
