import type { Feature } from '../../contracts/usage.ts';

export interface Example {
  text: string;
  about: string;
  /** What of it takes tokens. */
  feature?: Feature;
}

/** A few to begin with, that work at once. */
export const FIRST_EXAMPLES: readonly Example[] = [
  { text: 'Create a task to study', about: 'It asks for what is missing' },
  {
    text: 'Dentist tomorrow at 3 and remind me an hour before',
    about: 'It does several things at once, and finds the times in your words',
  },
  {
    text: 'Find an hour for the gym next week',
    about: 'It looks for room in your calendar',
  },
  {
    text: 'Draft an email to professor Lang about my exam',
    about: 'It words a letter',
    feature: 'email_draft_llm',
  },
];

/** What `/` shows: at first a few of different kinds, and of all of them those that the words behind it are found in. */
const EXAMPLES: readonly Example[] = [
  { text: 'Finish the report by Friday, high priority', about: 'New task' },
  { text: 'Standup every weekday at 9:15', about: 'New event that repeats' },
  { text: 'Find an hour for the gym next week', about: 'Free time' },
  { text: 'Plan my week', about: 'A plan to agree to' },
  { text: 'What does my day look like?', about: 'Briefing' },
  { text: 'Remind me in 20 minutes to take the bread out', about: 'Reminder' },
  { text: 'Draft an email to professor Lang about my exam', about: 'Email' },
  { text: 'Undo', about: 'Take the last change back' },
  { text: 'What is on my list this week?', about: 'Show tasks' },
  { text: 'Add a step to the report: find the sources', about: 'A step of a task' },
  { text: 'Move everything overdue to tomorrow', about: 'Many tasks at once' },
  { text: 'Mark the report as done', about: 'Tick off a task' },
  { text: "Cancel tomorrow's standup", about: 'One day of an event' },
  { text: 'Move the standup to 10 from Monday on', about: 'All following days of an event' },
  { text: 'Find everything about the dentist', about: 'Search' },
  { text: 'Send the email to professor Lang', about: 'Email, after your yes' },
  { text: 'Why did you move the report?', about: 'The reason of a change' },
  { text: 'Undo the last two', about: 'Take several changes back' },
  { text: 'How many tokens do I have left?', about: 'Usage' },
  { text: 'What can you do?', about: 'Help' },
];
const SHOWN_AT_FIRST = 8;

export const EXAMPLES_HIDDEN = EXAMPLES.length - SHOWN_AT_FIRST;

export function examplesFor(words: string): readonly Example[] {
  const asked = words.trim().toLowerCase();
  return asked === ''
    ? EXAMPLES.slice(0, SHOWN_AT_FIRST)
    : EXAMPLES.filter(({ text, about }) => `${text} ${about}`.toLowerCase().includes(asked));
}
