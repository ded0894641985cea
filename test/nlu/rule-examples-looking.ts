/** As in `rule-examples.ts`. */
type RuleExamples = readonly [rule: string, recognised: readonly string[], lookAlikes: readonly string[]];

/** What is asked of emails, contacts, settings and of what was written before. */
export const LOOKING: readonly RuleExamples[] = [
  [
    'email.contact-save',
    ["Ann's email is ann@example.com", 'add Bob (bob@example.org) to contacts', 'save Bob to my contacts'],
    [
      'email ann@example.com about the rent',
      'the email for the meeting is sent',
      'add lunch with Ann to my calendar',
    ],
  ],
  [
    'email.contact-find',
    ["what is Ann's address?", 'do you have an email address for Bob?', 'is Kim in my contacts?'],
    ['what is the address of the meeting', "what is Ann's birthday", "find Ann's emails"],
  ],
  [
    'email.contact-list',
    ['show my contacts', 'who is in my address book?'],
    ['show my tasks', 'who is at the dinner'],
  ],
  [
    'email.contact-forget',
    ['delete Ann from my contacts', "forget Ann's address"],
    ['remove Bob from the meeting', 'forget the address book fair'],
  ],
  [
    'email.was-sent',
    ['did it go out?', 'is it sent yet', 'was that email to Ann sent', 'have you already sent it'],
    ['send it', 'did the trash go out', 'is it out yet', 'it can go out now', "don't send it"],
  ],
  [
    'preferences.next-day',
    ['next friday means the coming one', 'when I say next monday I mean that of next week'],
    ['next friday meeting with Ann', 'move it to next friday'],
  ],
  [
    'preferences.asked',
    ['what are my settings?', 'show me my working hours', 'what can I configure?'],
    ['show me my working lunch', 'what can I do tomorrow', 'set my working hours to 9-5'],
  ],
  [
    'preferences.usual-length',
    ['make my tasks 45 minutes by default', 'set meetings to 30 minutes by default'],
    ['make my tasks shorter', 'set the meeting to 30 minutes'],
  ],
  [
    'preferences.work-times',
    [
      'I never work before 10',
      'i finish at 6',
      'I start at 9 and finish at 5:30',
      "i'm done at 6 most days",
      'im off at 5 every day',
      'I usually finish work around 5',
      'my workday ends at 6',
      'my day starts at 8 and ends at 4',
    ],
    [
      'i finish the report at 6',
      'i start at 9 on monday',
      "i'm done with the milk",
      "i'm off at 5 tomorrow",
      'the meeting starts at 9',
      'my shift starts soon',
    ],
  ],
  [
    'preferences.briefed-often',
    ['brief me every morning', 'give me my briefing every day at 7', 'brief me every friday at 4pm'],
    ['brief me', 'give me the briefing', 'weekly review every friday at 4pm'],
  ],
  [
    'preferences.briefed-no-more',
    ['stop the daily briefings', "don't brief me anymore", 'no more briefings'],
    ['stop the milk delivery', 'brief me no more than a minute', 'cancel the briefing with Ann'],
  ],
  [
    'back.said-then',
    ['what did we talk about on wednesday?', 'what did I tell you yesterday?', 'what did I say last week'],
    ['what did I do on wednesday?', 'what did I say about wednesday', 'what is on wednesday?'],
  ],
  [
    'back.said-last',
    ['what was the last thing I told you?', 'what was my last message?', 'what did we talk about last?'],
    ['what was the last thing on my list?', 'what did I say about the boiler', 'what is next?'],
  ],
  [
    'back.place',
    ['where was that restaurant we talked about', 'what was the place that I mentioned?'],
    ['where was the dinner with Ann?', 'where is the restaurant?', 'dinner at the place we talked about'],
  ],
  [
    'back.last',
    [
      'when did I last have lunch with Ann?',
      'when was my last haircut?',
      'when was the last time we met Ben?',
    ],
    ['when is my next haircut?', 'when was the last time', 'when is the last day of the course?'],
  ],
  [
    'back.usual',
    ['when do I usually go to the gym?', 'what time do we normally have choir?'],
    ['when do I go to the gym?', 'the usual gym on friday', 'I usually have lunch at 12:30'],
  ],
  [
    'search.said-before',
    ['did I mention the plumber?', 'what did I say about Rome', 'where have I written about it'],
    ['did I finish the report', 'did I write an email to Ann', 'what did I do today'],
  ],
  [
    'search.among',
    ['search for the wifi password', 'search my shopping list for soap', 'find my notes about Oslo'],
    ['search for a new flat', 'search for the keys by friday', 'search for emails from Ann'],
  ],
  [
    'search.nth',
    ['open the second one', 'show number 3', 'view the last result'],
    ['open the second account', 'complete the second one', 'show the last five tasks'],
  ],
  [
    'events.whats-on',
    ["what's on today?", "what's on this week", 'anything on tomorrow'],
    ["what's on tv today", "what's on the shopping list", "what's on Ann's mind today"],
  ],
  [
    'events.whats-on-day',
    ["what's on christmas?", "what's on new year's eve", "what's happening on easter monday"],
    ["what's on tv", "what's on my plate", "what's on at 5", "what's on your mind"],
  ],
  [
    'about.deed',
    ['when do I take my pills?', 'when do I have to call the bank', 'what day do I water the plants'],
    ['when do I meet Ann', 'when do dogs sleep', 'when do I start', 'when should I call Bob'],
  ],
  [
    'preferences.forgotten',
    ['forget that I work from 8 to 16', 'forget my working hours', 'drop that I have quiet hours'],
    ['forget that Ann is my sister', 'forget to call Bob', 'forget it', 'remove the work task'],
  ],
  [
    'preferences.fact',
    ['my dentist is Dr. Weber', 'forget that Ann is my sister', 'who is my boss?', 'call me Robin'],
    ['my dentist is on friday at 3', 'my boss is away', 'call me back', 'forget my dentist appointment'],
  ],
  [
    'preferences.memory',
    ['turn memory off', "don't remember what I say", 'is memory on', 'remember our conversations again'],
    ['remember the milk', "don't remember to call Ann", 'turn off the lights', 'is the meeting on'],
  ],
  [
    'preferences.work-days',
    ['I never work on fridays', 'fridays are my day off', 'I work monday to thursday'],
    ["I don't work on friday", "I'm off on friday", 'I work on the report on fridays', 'work on monday'],
  ],
  [
    'events.skip-one',
    ['skip this one', 'skip just this one', 'skip the next one', 'skip it this week', "skip today's"],
    ['skip this song', 'skip it', 'skip the gym', 'leave this one alone', 'skip this one level of the game'],
  ],
  [
    'scheduling.find-length',
    [
      'find 2 hours for the report before friday',
      'find me one hour tomorrow between 2pm and 3pm to plan the raised beds',
      'find me 90 minutes to read',
      'carve out half an hour for yoga',
    ],
    [
      'find 2 hours of music',
      'find 2 tickets for the concert',
      'find the report before friday',
      'get milk for the cake',
    ],
  ],
];

/** What is told, put off and told no more; what repeats and what does not. */
export const AGAIN_AND_NO_MORE: readonly RuleExamples[] = [
  [
    'reminder.not-forget',
    [
      "don't let me forget to call the bank",
      'never let me forget to lock up',
      "don't let me forget the pills at 8",
    ],
    ["don't let me forget the rent", "don't forget to call the bank", 'let me forget about it'],
  ],
  [
    'reminder.again',
    ['later', 'not now, later', 'maybe later'],
    ['later!', 'see you later', 'later today call Ann', 'remind me later'],
  ],
  [
    'reminder.stop',
    [
      "don't remind me about the rent",
      'stop reminding me to stretch',
      'no need to remind me of it',
      "don't remind me",
    ],
    [
      'remind me not to call',
      "don't remind me of work after 8pm",
      'stop the reminder',
      "don't forget to remind me at 5",
    ],
  ],
  [
    'update.repeat-no-more',
    ['stop repeating water the ferns', "the bins task shouldn't repeat", "don't repeat the laundry anymore"],
    ['stop repeating yourself', "don't repeat that", 'repeat yoga every monday', 'stop the yoga class'],
  ],
  [
    'update.all-of-them',
    ['all of them by december 11', 'both for friday', 'all three should be high priority'],
    ['all of them', 'all the tasks by friday', 'both kids to the dentist'],
  ],
  [
    'update.nowhere-yet',
    ['could you move that appointment?', 'move my dentist appointment', 'change our lunch'],
    ['move the sofa', 'move the meeting to friday', 'move that appointment notice to the board'],
  ],
  [
    'update.other-one',
    ['and the last one to next week', 'the second one to friday', 'and the first to monday'],
    ['and the last one', 'the second one is urgent', 'move the first to friday', 'the last train to berlin'],
  ],
  [
    'create.wish',
    [
      'it would be great if the report was finished by friday',
      'ideally the slides are done by noon',
      "it'd be nice if the garage was cleaned out",
    ],
    [
      'it would be great if you could move the meeting',
      'it would be great',
      'it would be nice if the meeting was moved to friday',
      'the report was finished on friday',
    ],
  ],
];
