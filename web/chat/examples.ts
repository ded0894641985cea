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
    text: 'Finish the report by Friday, high priority',
    about: 'It finds the date and the rest in your words',
  },
  { text: 'What is on my list this week?', about: 'It shows what is open' },
  {
    text: 'Draft an email to professor Lang about my exam',
    about: 'It words a letter',
    feature: 'email_draft_llm',
  },
];

/** What `/` shows. */
export const EXAMPLES: readonly Example[] = [
  { text: 'Buy milk and bread tomorrow at 5pm', about: 'New task' },
  { text: 'Water the plants every Sunday', about: 'New task that repeats' },
  { text: 'What is on my list this week?', about: 'Show tasks' },
  { text: 'Move the report to next Monday', about: 'Change a task' },
  { text: 'Mark the report as done', about: 'Tick off' },
  { text: 'Delete the last one', about: 'Delete' },
  { text: 'Draft an email to professor Lang about my exam', about: 'Email draft' },
  { text: 'How many tokens do I have left?', about: 'Usage' },
  { text: 'Undo', about: 'Take the last change back' },
  { text: 'What can you do?', about: 'Help' },
];
