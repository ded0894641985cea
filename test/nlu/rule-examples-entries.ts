/** As in `rule-examples.ts`. */
type RuleExamples = readonly [rule: string, recognised: readonly string[], lookAlikes: readonly string[]];

/** Entries whose kind or place is told before or behind their name. */
export const ENTRIES: readonly RuleExamples[] = [
  [
    'create.labelled',
    [
      'new item for my tasks, high priority: prepare the board slides',
      'another to-do for my list: sort the books',
      'task, urgent: call the bank',
      'high priority task: call the bank',
      'a weekly task: submit the timesheet every friday',
      'the next task: compare phone plans',
    ],
    [
      'new task: call the bank',
      'urgent: call the bank',
      'the task for Tom is done: great',
      'list my tasks: all',
    ],
  ],
  [
    'create.on-my-list',
    [
      "on my to-do list please: review Nina's draft",
      'to my todos: call Bob',
      'for my tasks - print the badges',
    ],
    ['on my shopping list: milk', 'on my list there is milk', 'to my mother: happy birthday'],
  ],
  [
    'create.then-its-list',
    [
      'approve the press release - to my todos please',
      'sign the lease, put it on my list',
      'book the venue: into my to-dos',
    ],
    [
      'what is up, on my list',
      'move the milk, to my list',
      'on monday i have to collect the visa, add that to my tasks',
      'milk, on the shopping list',
    ],
  ],
  [
    'events.label',
    [
      'new appointment: physio',
      'event: board meeting on friday',
      'recurring event: gym, every tuesday at 6 pm',
      'another meeting for my calendar: sync with Eva',
    ],
    [
      'meeting with Eva: notes',
      'event: yoga is cancelled',
      'new task: plan the event',
      'the meeting notes: send them',
    ],
  ],
  [
    'events.goes-in-calendar',
    [
      'yoga goes in my calendar every thursday at 6:30pm',
      'the farewell party needs to go in my calendar',
      'the client visit should be on my calendar',
      'code review friday at 9am belongs in my calendar',
    ],
    [
      'it goes in my calendar',
      'what goes in my calendar',
      'the calendar should be blue',
      'is the party on my calendar?',
    ],
  ],
  [
    'events.wanted-in-calendar',
    [
      'i need the sprint demo on my calendar',
      'we also want the kickoff in our calendar',
      "i'd like the retro in my calendar",
      'can i have the offsite on my calendar for friday at 3pm',
    ],
    [
      'i need my calendar',
      'i want that in my calendar',
      'i have nothing on my calendar',
      'the retro in my calendar',
    ],
  ],
  [
    'events.often',
    [
      'weekly: choir thursday 7pm',
      'every week: yoga tuesday 6pm',
      'monthly - board meeting on the 3rd at 5pm',
    ],
    [
      'weekly: clean the bathroom',
      'weekly choir thursday 7pm',
      'weekly: choir every thursday',
      'every day I call mum',
    ],
  ],
  [
    'events.be-there',
    [
      'i have to be at school at 8',
      'i need to be at the notary friday at 9',
      'we must be in Graz on friday at 3',
      "i'm supposed to be at the clinic at 2:30 on tuesday",
      'gotta be back in the office at 7 tomorrow',
    ],
    [
      'i have to be on time tomorrow',
      'i have to be there at 8',
      'i need to be in bed by 10',
      'i need to be at the notary before 9',
      'i have to be at my best tomorrow at 9',
      'do i have to be at school at 8?',
      'i have to be at school',
      'remind me that i have to be at school at 8',
    ],
  ],
  [
    'events.date-told',
    [
      "Ben's birthday is on the 2nd of december",
      "my sister's wedding is on saturday at 3",
      "our parents' anniversary is may 3rd",
    ],
    [
      "is Ben's birthday on the 2nd of december",
      "Ben's birthday is on the 2nd of december?",
      "Ben's birthday present is on the shelf",
      "Ben's birthday is on friday so buy a cake",
      "Ben's meeting is on friday",
    ],
  ],
  [
    'update.note',
    [
      'add a note to the van task: bring the id card',
      'add a note to the dentist appointment saying bring the x-rays',
      'put "two keys" in the notes of the van task',
      'note on the van task: bring the id card',
    ],
    [
      'add a note: bring the id card',
      'note to self: back up the laptop',
      'add a note to my list: call the bank',
      'write a note to Ann: thanks',
      'add notes to the shopping list',
    ],
  ],
  [
    'reminder.of-that',
    [
      'the rent, remind me on friday morning',
      'the call to the registry office, remind me tomorrow at 10',
      'my passport - remind me in two weeks',
    ],
    [
      'the rent is due, remind me on friday',
      'the call on monday at 9, remind me at 8',
      'the rent, remind me to pay it on friday',
      'the rent, remind me',
      'my head hurts, my back aches, remind me tomorrow',
    ],
  ],
];
