import { ENTRIES } from './rule-examples-entries.ts';
import { AGAIN_AND_NO_MORE, LOOKING } from './rule-examples-looking.ts';

/** Sentences that a rule recognises, and sentences that look like those and are none of its. */
export type RuleExamples = readonly [
  rule: string,
  recognised: readonly string[],
  lookAlikes: readonly string[],
];

const DIALOGUE: readonly RuleExamples[] = [
  [
    'cancel',
    ['never mind', 'no, forget about it', 'stop please'],
    ['cancel the gym', 'stop the milk delivery', 'drop it off at noon'],
  ],
  [
    'undo',
    ['undo that', 'oops, undo', 'undo the last two', 'restore the milk task', 'redo'],
    [
      'undo the knots tomorrow and coil the rope by friday',
      'redo the kitchen',
      'go back to the shop',
      'undo that and delete milk instead',
    ],
  ],
  [
    'explain.why',
    [
      'why did you move the gym to friday?',
      'why was milk deleted',
      'how come the gym is on monday',
      'why friday?',
      'why did you do that',
      'why is the thesis there?',
      'why did you put the thesis there',
      'why then?',
      'how come the slides are first',
    ],
    [
      'why is the sky blue',
      'why did the chicken cross the road',
      'find out why the heating is off',
      'why should I go there',
      'how come the app promises sun and then it rains',
      'why is there an alarm at 4:20',
      'why did I use so many tokens on tuesday',
      "why is beef on my list? I'm vegetarian, take it away",
      'why does my phone die at 40 percent',
    ],
  ],
  [
    'about.place',
    ['where is it?', "where's the dinner", 'where will the meeting be', 'which room is the standup in?'],
    ['where is the nearest pharmacy', 'where are my tasks', 'what room is free'],
  ],
  [
    'about.people',
    ['who is coming?', "who's coming to the dinner", 'who else is invited', 'who am I meeting with'],
    ['who is the president', 'who wrote this book', 'who is at the door'],
  ],
  [
    'about.length',
    ['how long is it?', 'how long does the meeting last', 'how long will that take'],
    ['how long is the amazon river', 'how long does it take to boil an egg'],
  ],
  [
    'about.time',
    ['when is it?', 'when does it end', 'what time does that start again?'],
    ['what time is it', 'when is christmas', 'when does the shop open'],
  ],
  [
    'explain.changes',
    ['what did you change today?', 'what did you just do', 'show my history', 'what is new since yesterday?'],
    [
      'what did I finish today',
      'change the history essay to friday',
      'what happened to the dinosaurs',
      'what is new',
    ],
  ],
  [
    'cancel.sending',
    ["don't send it", 'please do not send that email', 'never send that mail', 'hold the email back'],
    ['send it tomorrow', "don't send Bob the old version of the plan", 'hold the line'],
  ],
  [
    'repeat',
    ['say that again', 'what did you say?', 'come again'],
    ['repeat the course next year', 'say hello to Ann again', 'again and again'],
  ],
  [
    'help',
    ['help', 'what can you do?', 'how do I add a task?'],
    ['help Bob move', 'help desk ticket by friday', 'how do I look?'],
  ],
  [
    'thanks',
    ['thanks a lot', 'ok thank you', 'cheers'],
    ['no thanks', 'write thank you cards', 'thank Bob for the gift'],
  ],
  [
    'greeting',
    ['hi there', 'good morning', 'how are you?', 'oh, good morning by the way!', 'hello to you too'],
    ['hi-vis jacket', 'say hi to Bob', 'good morning call with Ann'],
  ],
  [
    'goodbye',
    ['bye', 'see you tomorrow', "that's all for today"],
    ['buy bye-laws', 'say goodbye to Ann', 'later this week'],
  ],
  [
    'deny',
    [
      'no',
      'not now',
      "please don't delete anything",
      'no wait, keep it',
      'keep it after all',
      "hm, I'd rather keep them",
      'leave it in',
      'i still need it',
    ],
    [
      'no, friday',
      'note the meter',
      "don't forget the milk",
      'keep it short',
      'leave it',
      'i still need it by friday',
      'keep the receipt',
    ],
  ],
  [
    'affirm',
    ['yes please', 'go ahead', 'ok, sure'],
    ['yes minister tickets', 'sure up the fence', 'okay add milk'],
  ],
];

const CREATE: readonly RuleExamples[] = [
  [
    'create.command',
    ['add a task to oil the hinges', 'create a new high priority to-do: pay rent', 'new task call Joe'],
    ['add tag home to laundry', 'create an event on friday', 'open the task list'],
  ],
  [
    'create.label',
    ['todo: order ink', 'task - sharpen knives', 'todo water plants'],
    ['tasks for today', 'todo list', 'the task is done'],
  ],
  [
    'create.into-list',
    ['add to my shopping list: eggs', 'put on the list bread', 'add to my to-do list: call Ann'],
    ['add eggs to my shopping list', 'add to the report a summary', 'write on the wall'],
  ],
  [
    'create.listed',
    ['add eggs to my shopping list', 'put "ring Joe" on the to-do list', 'throw soap on my list'],
    ['put it on my shopping list', 'add the tag home to my list', 'put the box on the shelf'],
  ],
  [
    'create.remember',
    ['remember to water the plants', "don't forget to call Joe", 'note to self: back up the laptop'],
    ['remember me?', 'forget about the milk', 'make sure of it'],
  ],
  [
    'create.need',
    ['i have to vacuum', 'we need to pay the rent', 'gotta call Joe'],
    ['i want to see my tasks', 'i need help', 'must have item'],
  ],
  [
    'create.add',
    ['add milk', 'note down the meter number', 'jot down "blue paint"'],
    ['add 5 and 7', 'add a comment to the report', 'add the tag home to milk', 'add'],
  ],
  [
    'create.add-activity',
    ['add buy milk', 'add call Joe at 5', 'create wash the car'],
    ['add milk', 'add the buyer', 'add a reminder to call Joe'],
  ],
];

const UPDATE: readonly RuleExamples[] = [
  [
    'update.rename',
    ['rename laundry to wash towels', 'change the title of milk to oat milk', 'change its name to gym'],
    ['change the oil', 'set the title page', 'rename the files'],
  ],
  [
    'update.tag',
    ['add tag home to laundry', 'tag laundry as home', 'put the label work on the report'],
    ['add tag home', 'tag along with Bob', 'put the jar on the shelf'],
  ],
  [
    'update.name',
    ['call it "swim"', 'name the gym task swimming', 'call that "lunch with Ann"'],
    ['call it a day', 'call the dentist', 'name the baby'],
  ],
  [
    'update.repeat',
    ['make the gym task repeat every monday', 'repeat laundry every week', 'set the report to recur monthly'],
    ['repeat the order', 'make it up to Ann every week', 'let them repeat it'],
  ],
  [
    'update.field',
    ['deadline for the report: friday', 'the priority of laundry is high', 'due date of milk = tomorrow'],
    ['the deadline is friday', 'deadline for the report', 'the priority of the year is peace'],
  ],
  [
    'update.give',
    [
      'set a deadline of friday for the report',
      'give a priority of high to laundry',
      'add a due date of tomorrow to milk',
    ],
    ['set a deadline for the report', 'give a present to Bob on friday', 'put a priority sticker on the box'],
  ],
  [
    'update.tag-it',
    ['add the tag home', 'attach label urgent', 'add tags home and garden'],
    ['add tag home to laundry', 'add a tagline to the website', 'put the tags on the bags'],
  ],
  [
    'update.list-it',
    ['put it on the shopping list', 'move that to my work list', 'add this one to the groceries list'],
    ['put eggs on the shopping list', 'put it on the shelf', 'add it to the to-do list'],
  ],
  [
    'update.step',
    ['raise the priority of laundry', "lower milk's priority", 'increase its importance'],
    ['raise the blinds', 'lower the price of the car', 'raise the priority lane'],
  ],
  [
    'update.takes',
    ['make the report take 2 hours', 'let laundry last 30 minutes', 'have it take an hour'],
    ['make it last', 'let Bob take the car', 'have him take a seat'],
  ],
  [
    'update.empty',
    ['remove the due date from laundry', "clear the report's deadline", 'take the priority off milk'],
    ['remove the stain from the rug', 'clear the list', 'take the lid off the jar'],
  ],
  [
    'update.empty-it',
    ['remove the due date', "it doesn't need a deadline", 'no priority'],
    ['remove the date palm', 'no time', 'clear the table'],
  ],
  [
    'update.not-so',
    ['not urgent', "it's not high priority", 'not that urgent'],
    ['not now', 'not urgent care', 'is it not high time?'],
  ],
  [
    'update.someday',
    ['move laundry to someday', 'put off the report until whenever', 'postpone milk to no date'],
    ['move to Spain someday', 'move laundry to sunday', 'someday clean the attic'],
  ],
  [
    'update.reopen',
    ['reopen the laundry task', 'mark the report as not done', "milk isn't done yet"],
    ['what is not done?', 'open the window', 'uncheck'],
  ],
  [
    'update.none',
    ['no deadline for laundry', 'set the due date of milk to none', 'laundry has no priority'],
    ['show tasks with no deadline', 'no sugar for Bob', 'i have no list'],
  ],
  [
    'update.move',
    ['move laundry to friday', 'postpone the report task until monday', 'push it by two days'],
    ['move the sofa on saturday', 'push the car to the garage', 'bring the salad to the party on friday'],
  ],
  [
    'update.set',
    ['make the report urgent', 'change it to 5pm', 'set laundry to high priority'],
    ['make dinner for friday', 'set the table', 'update the app to version 3'],
  ],
  [
    'update.state',
    ['the report is urgent', 'laundry is due friday', 'the gym task will take 2 hours'],
    ['what is due friday', 'what is important', 'it takes two to tango'],
  ],
  [
    'update.prioritise',
    ['prioritize the tax task', 'star laundry', 'prioritise the report'],
    ['starfish for Bob', 'priority boarding', 'start laundry'],
  ],
  [
    'update.plain',
    ['edit the laundry task', 'change it', 'modify the last one'],
    ['change the sheets', 'update my phone', 'edit the video'],
  ],
];

const FINISH: readonly RuleExamples[] = [
  ['complete.bare', ['done', 'all done', 'i did it'], ['done with milk', 'well done', 'not done']],
  [
    'complete.mark',
    ['mark laundry as done', 'tick off the report', 'cross milk off'],
    ['mark the exam papers', 'check the oil', 'call the report in'],
  ],
  [
    'note.sized',
    [
      'a 6 hour essay due friday',
      'i have a two hour report due monday',
      'add half an hour of piano',
      'add a 3h paper by the 4th',
    ],
    [
      'a 2 hour meeting by 5pm',
      'move the 2 hour essay to friday',
      'add half an hour to the piano',
      'can I finish a 2 hour essay by friday?',
      'add an hour of yoga tomorrow at 7',
      'a 24 hour fitness pass due friday',
    ],
  ],
  [
    'note.takes',
    ['write the essay by friday, takes 3 hours', 'fix the roof - it will take about an hour'],
    ['the train takes 3 hours', 'write the essay in 3 hours', 'write an email to Ann, takes 5 minutes'],
  ],
  [
    'note.answer',
    ['answer the auditors today', 'get back to the landlord by friday'],
    ['answer the auditors', "answer Ann's email today", 'answer it today'],
  ],
  [
    'email.tell',
    ["tell Karin i'm running late", "let Karin know that we can't come"],
    [
      'tell Karin about the party',
      'tell me i have to go',
      "let Petra know by mail i'll be late",
      'tell Karin where i am so that she sees me',
    ],
  ],
  [
    'complete.done',
    ['i have finished the report', 'done with laundry', 'all done with the dishes'],
    ['i have to finish the report', 'the report is done', 'i am not done with the report'],
  ],
  [
    'complete.state',
    [
      'the report is done',
      'laundry has been finished',
      'got the dishes done',
      "the second one's done",
      'the 2nd ones done',
    ],
    ['what is done?', 'the report is not done', 'get the car done up', "what's done", "who's done"],
  ],
  [
    'complete.deed',
    [
      'i called mum',
      "I've just emailed Bob",
      'we rang the bank',
      'already paid rent',
      'i picked up the parcel',
    ],
    [
      'i called the dentist and they said friday',
      'i paid for it',
      'i called her',
      'called the bank tomorrow',
      'i booked dinner for friday',
      'i met Bob',
    ],
  ],
  [
    'complete.verb',
    ['complete the last task', 'complete laundry', 'finish the laundry task'],
    ['finish the report', 'check the oil', 'resolve to be kind'],
  ],
  [
    'delete.verb',
    ['delete laundry', 'remove the third task', 'take laundry off my list'],
    ['clear the gutters', 'drop the keys at the office', 'delete my account', 'throw out the trash'],
  ],
  [
    'delete.had',
    [
      'we still have rice, take it off',
      "we've got plenty of oat milk left, cross it off the shopping list",
      "we don't need eggs any more, remove them",
    ],
    ['we have rice', 'take it off', 'we have to leave, delete it', 'i have a cold, take it off the list'],
  ],
  [
    'delete.stop',
    ['stop the vacuuming', 'stop cleaning the oven every week', 'no more ironing', 'quit mowing the lawn'],
    [
      'stop it',
      'stop talking',
      'stop the meeting',
      'stop reminding me to vacuum',
      'stop sending me emails',
      'stop by the bank',
      'stop the dripping tap',
      'stop listening',
      'stop writing the email',
      'stop tracking my run',
    ],
  ],
  [
    'delete.cancel',
    ['cancel laundry', 'forget about the dentist task', "i don't need to do the dishes any more"],
    ['cancel', 'kill time until noon', 'forgettable film'],
  ],
];

const LIST: readonly RuleExamples[] = [
  [
    'list.show',
    ['show my tasks', 'how many todos do I have', 'what are my chores'],
    ['list the car for sale', 'open a new task', 'show up at the station'],
  ],
  [
    'list.todo',
    ['what else is due', 'anything due today?', 'what is on my plate'],
    ['what is on tv', 'what is for dinner', 'anything but fish'],
  ],
  [
    'list.am-i',
    ['what is next', 'how does my list look', 'am i late'],
    ['what should I wear', 'am i right', 'what do I know'],
  ],
  [
    'list.done',
    ['what did I get done today', 'what have I finished', 'show me what I completed'],
    [
      'what did I say',
      'what have you done',
      'what did I do wrong',
      'what did I get done today, sum it up',
      'what did I accomplish this week',
    ],
  ],
  [
    'list.one',
    ['when is the report due', "what's the deadline of laundry", 'did I finish the dishes'],
    ['when is lunch', "what's the capital of France", 'did I tell you'],
  ],
  [
    'list.state',
    ['is the report done yet', 'are my dishes finished', 'is the rent overdue'],
    ['is Bob done', 'is the shop open on sunday', 'is it done'],
  ],
  [
    'list.bare',
    ['overdue tasks', 'my tasks for tomorrow', 'tasks tagged home'],
    ['delete tasks', 'task force', 'sort tasks'],
  ],
  [
    'list.everything',
    ['show everything due tomorrow', 'list everything in work', 'show me all #home'],
    ['show every page', 'show everyone in', 'give everything to Bob'],
  ],
  [
    'list.overdue',
    ['overdue', 'everything that is overdue', 'show what is past due'],
    ['due date', 'overdue library book', 'late lunch'],
  ],
];

const ELSEWHERE: readonly RuleExamples[] = [
  [
    'elsewhere.sum',
    ['add 5 and 7', 'what is 5 and 7', "what's 12 times 3"],
    ['add 5 apples and 7 pears', 'what is 5 minutes from here', 'add 5 to my list'],
  ],
  [
    'elsewhere.fact',
    ['remind me who wrote hamlet', 'remind me how old is the queen', 'remind me why is the sky blue'],
    [
      'remind me who is coming to dinner',
      'remind me to ask who wrote hamlet',
      'remind me how many tasks I have',
    ],
  ],
  [
    'elsewhere.money',
    ['pay 50 euros to Max', 'transfer $200 to Ann', 'send 20 bucks to my brother'],
    ['pay 50 euros to Max by friday', 'pay the rent', 'pay Max'],
  ],
  [
    'own-data.erase',
    ['delete my account', 'close my account permanently', 'erase all my data', 'delete everything about me'],
    ['delete my account task', 'close my bank account', 'open an account', 'delete everything'],
  ],
  [
    'own-data.export',
    ['export my data', 'give me a copy of all my data', 'what do you store about me?'],
    ['export my data plan task', 'download the data from Ann', 'what do you know about Ann?'],
  ],
  [
    'own-data.kept',
    ['what data do you have on me?', 'how long do you keep my data?', 'where are my messages stored?'],
    ['how long is the meeting?', 'where is the data workshop?', 'what do you know about me?'],
  ],
  [
    'own-data.conversations',
    ['delete this conversation', 'rename this chat to garden', 'clear our chat history'],
    ['delete the conversation with Ann', 'rename this task to garden', 'add a task to clear the chat'],
  ],
];

const OTHER: readonly RuleExamples[] = [
  [
    'reminder.set',
    ['remind me to stretch at 4', 'set a reminder for the pills at 8pm', 'ping me before lunch'],
    ['remind me who wrote hamlet', 'remind me of my tasks', 'remind Bob to call'],
  ],
  [
    'reminder.list',
    ['show my reminders', 'what are my reminders', 'reminders for tomorrow'],
    ['reminder to call Ann', 'delete my reminders', 'set reminders'],
  ],
  [
    'preferences.briefing',
    [
      'send my briefing at 7:30 every morning',
      'give me the briefing at 8am on weekdays',
      'send a daily briefing every day at 6',
    ],
    ['send me my briefing', 'send the briefing notes to Ann', 'show me the briefing at 8'],
  ],
  [
    'briefing.weekly',
    ['weekly briefing', 'what does my week look like', 'give me an overview of my week'],
    ['week planner', 'weekly shop', 'my week off'],
  ],
  [
    'briefing.daily',
    ['daily briefing', 'brief me', 'how does my day look'],
    ['brief Bob', 'daily vitamins', 'briefing with Bob at 3'],
  ],
  [
    'preferences.set',
    ['set my time zone to Vienna', 'my working hours are 9 to 5', 'i work from 9 to 5'],
    ['set my alarm', 'language course on friday', 'i work from home'],
  ],
  [
    'events.cancel',
    [
      'call off lunch with Ana on friday',
      'scrub all my meetings this afternoon',
      'ditch the appointment tomorrow',
    ],
    ['call off the dogs', 'scrub the bathroom', 'scrub the meeting room'],
  ],
  [
    'events.list',
    ["what's on my calendar today", 'am I free on friday?', 'show my meetings', 'is friday free?'],
    ['find a meeting room', 'schedule the tasks', 'am i right', 'is friday free food day'],
  ],
  [
    'events.create',
    [
      'schedule a meeting with Ann tomorrow at 3pm',
      'set up a call with Nina',
      'block the morning for writing',
    ],
    ['add lunch with Tom', 'book a flight', 'create the meeting notes'],
  ],
  [
    'events.shift-all',
    ['push everything tomorrow by an hour', 'make all my meetings on friday half an hour earlier'],
    ['push everything tomorrow to friday', 'push it by an hour', 'move everything to tomorrow'],
  ],
  [
    'create.tagged-on-list',
    ['add milk to shopping list, tag it food, high priority', 'put soap on the list and label it bath'],
    [
      'add milk to the shopping list',
      'add a tag to the list',
      'tag it food',
      'add it to the list and tag it food',
    ],
  ],
  [
    'events.swap',
    ['swap them', 'swap both of them', 'switch them around', 'swap the times of both'],
    ['swap the tyres', 'swap it', 'switch them off', 'swap them for new ones'],
  ],
  [
    'events.longer-both',
    ['make both half an hour longer', 'make them 30 minutes shorter', 'let all of them last an hour longer'],
    ['make it an hour longer', 'make the pasta for both', 'make both longer', 'make both urgent'],
  ],
  [
    'events.moved-day',
    [
      'move church on december 20 to 11',
      'push the review on monday to next wednesday',
      'change the call tomorrow to 4pm',
    ],
    [
      'move everything on friday to monday',
      'move the slides due friday to monday',
      'move boxes on saturday to the cellar',
      'move the gym from friday to monday',
      'move the gym to friday',
    ],
  ],
  [
    'update.all-to',
    ['everything to sunday', 'all of them to friday', 'both to next tuesday'],
    ['everything today to friday', 'all to bob', 'it to friday'],
  ],
  [
    'reminder.delete',
    ['delete the dentist reminder', 'cancel my 7am alarm', 'turn off the reminder about the garage'],
    [
      'delete the dentist',
      'delete all reminders',
      'remove the reminder',
      'cancel the dentist and the reminder',
    ],
  ],
  [
    'create.steps',
    [
      'break it down into steps: find a place, book buses, send invites',
      'split the move into: rent a van, pack, clean',
      'the steps are: draft, review, send',
    ],
    [
      'break the news to Bo',
      'split the bill with Ann',
      'the steps are dirty',
      'split the tax task into two',
      'break the thesis into chunks and spread them over the month',
    ],
  ],
  [
    'events.away',
    [
      "i'm on holiday from monday to friday",
      "we'll be away december 20 to 27",
      "i'm out of the office from tuesday till thursday",
    ],
    ["i'm off tomorrow", "i'm away", "i'm on vacation with Ann", "i'm out of milk"],
  ],
  [
    'events.book',
    [
      'book me a haircut tomorrow',
      'set up choir practice every friday at 7pm',
      'book us a picnic on saturday',
    ],
    ['book a flight to Rome friday', 'book a table for saturday', 'schedule a haircut', 'book club friday'],
  ],
  [
    'events.occasion',
    [
      'haircut friday',
      'lunch with Joe on friday at noon',
      'i have a job interview tomorrow at 10',
      "Leo's swimming lesson tuesday at 4",
      'trip to Rome 10-13 december',
      'yoga every monday',
      'game against the Hawks saturday at 3',
      'parents evening tuesday 6pm',
      'window repair on friday at 9',
      'key handover on 3 december at 10',
    ],
    [
      'buy lunch friday at 12',
      'cook dinner tomorrow at 6pm',
      'dentist',
      'birthday cake friday',
      'dinner tomorrow?',
      'my meeting tomorrow',
      'gym 3x a week',
      'train for the race saturday',
      'cancel lunch with Eva tomorrow',
      'lunch with Eva tomorrow is cancelled',
      'repair the window on friday at 9',
      'window repair by friday at 9',
      'car repair tomorrow',
    ],
  ],
  [
    'events.occasion-added',
    [
      'add vet for the cat tomorrow at 11am',
      'put parents evening in for tuesday 6pm',
      'put in dentist on friday at 9',
      'note dentist friday 9am',
      'add call with Bob friday 1pm',
      'add gym every monday at 7am',
    ],
    [
      'add dentist friday',
      'add gym every monday',
      'add call Bob friday 1pm',
      'add cook dinner tomorrow at 6pm',
      'add meeting notes tomorrow at 5',
      'add dentist to my tasks for friday 9am',
      'add birthday present for Jonas by friday 5pm',
    ],
  ],
  [
    'scheduling.find',
    ['find time for the gym', 'when can I meet Ann', 'find a 30 minute slot'],
    ['find a dentist', 'when can I eat', 'get the time machine fixed'],
  ],
  [
    'scheduling.plan',
    ['plan my day', 'schedule this week', 'make a schedule'],
    ['plan the party', 'plan my wedding', 'schedule a meeting'],
  ],
  [
    'search.all',
    ['search berlin trip', 'look up Ann', 'where did I put the door code'],
    ['find a new job', 'searching for love', 'look at the moon'],
  ],
  [
    'email.search',
    ['show my drafts', 'any emails from Ann?', 'search my inbox'],
    ['draft an email to Ann', 'send the email', 'email Ann'],
  ],
  [
    'email.send',
    ['send the draft', 'send that email now', 'send my draft to Ann'],
    ['send the parcel', 'send an email to Ann', 'send my regards'],
  ],
  [
    'email.draft',
    ['draft an email to Ann', 'write an email to Joe about the trip', 'compose a mail to the landlord'],
    ['add a task to email Ann', 'note to self: email Sarah the contract', 'write the email down for me'],
  ],
  [
    'email.noun',
    ['email to Ann about the trip', 'thank you note to Bob', 'complaint letter to the landlord'],
    ['draft an email to Ann', 'any emails?', 'emailed Ann'],
  ],
];

const USAGE: readonly RuleExamples[] = [
  [
    'usage.left',
    ['how many tokens do I have left', 'show my usage', 'am I close to my limit'],
    ['buy tram tokens', 'how much milk is left', 'tell me the limit'],
  ],
  [
    'usage.meaning',
    ['what is a token', 'what are tokens for', 'how does the quota work'],
    ['what is a tokamak', 'what are my tasks', 'how does it work'],
  ],
  [
    'usage.model',
    ['which model do you use', 'are you ChatGPT', 'what AI writes my drafts'],
    ['which model car did Bob buy', 'are you there', 'is it gpt week'],
  ],
  [
    'usage.refund',
    ['i want a refund', 'refund me', 'how do I get my money back'],
    ['refund the shoes', 'get my tokens', 'ask Ann for a refund'],
  ],
  [
    'usage.cancel',
    ['cancel my subscription', 'how do I cancel premium', 'unsubscribe'],
    ['cancel my gym subscription', 'unsubscribe from the newsletter', 'stop the milk subscription'],
  ],
  [
    'usage.reset',
    ['when does my quota reset', 'do tokens roll over', 'when is the next reset'],
    ['when does the game start', 'reset the router', 'when is my dentist'],
  ],
  [
    'usage.spent',
    ['how much did that draft cost', 'where did my tokens go', 'why was I charged'],
    ['how much did the car cost', 'where did my keys go', 'why was I late'],
  ],
  [
    'usage.price',
    ['how much does a draft cost', 'is drafting free', 'how many emails can I still write'],
    ['how much does a pizza cost', 'is friday free', 'how many emails did Ann send'],
  ],
  [
    'usage.plan',
    ['what plan am I on', 'am I premium', 'what happens when I run out of tokens'],
    ['what is the plan for today', 'am I free', 'what happens at noon'],
  ],
  [
    'usage.upgrade',
    ['go premium', 'i want more tokens', 'upgrade my plan'],
    ['upgrade the kitchen', 'buy more milk', 'upgrade to windows 11'],
  ],
];

const STATEMENT: readonly RuleExamples[] = [
  [
    'statement.verb',
    ['clear my head', 'draw a tree', 'switch the lights'],
    ['buy milk', 'clear?', 'play some music'],
  ],
  [
    'statement.activity',
    ['buy milk', 'vacuum the stairs', 'call Bob tomorrow'],
    ['buying milk', 'vacuuming', 'vacuum?'],
  ],
  [
    'statement.urgent',
    ['urgent: call the bank', 'asap fix the sink', 'important - pay rent'],
    ['urgent care', 'important meeting', 'is it urgent?'],
  ],
  [
    'statement.timed',
    ['tomorrow at 5pm call Bob', 'every day take vitamins', 'friday: wash the car'],
    ['tomorrow', 'friday is fine', 'tomorrow call Bob?'],
  ],
  [
    'statement.chore',
    ['laundry every tuesday evening', 'ironing every sunday', 'do the dishes every day'],
    [
      'laundry',
      'the laundry every tuesday',
      'laundry tuesday',
      'move laundry to every tuesday',
      'cleaning lady every tuesday',
    ],
  ],
  [
    'statement.often',
    ['gym 3x a week until christmas', 'vocab practice twice a day', 'floss once per day'],
    ['gym every tuesday', 'can you swim twice a week?', 'i go there once a year'],
  ],
  [
    'statement.deadline',
    ['physics homework by friday', 'tax return by the 15th', 'slides before monday'],
    ['will it rain by friday', 'by friday', 'stand by me'],
  ],
];

const SHARED: readonly RuleExamples[] = [
  [
    'create.goes-on-list',
    ['olives could go on the list', 'new tyres need to go on the list', 'could rice go on the shopping list'],
    ['it could go on the list', 'what should go on the list?', 'the gym could go on all night'],
  ],
  [
    'create.headed',
    [
      'groceries: leeks and a lemon',
      'shopping: batteries',
      'these go on the shopping list: eggs',
      'make a list for the party: balloons',
      'new list camping: tent',
    ],
    ['remember: the keys', 'Ann: what about friday?', 'ratio 3:1', 'make a list for the party'],
  ],
  [
    'create.quoted',
    ['add "email Bob about the lease"', "write down 'water the basil'"],
    ['add "lunch" to my calendar', 'put the "wet paint" sign up'],
  ],
  [
    'cancel.call-off',
    ['call the picnic off', 'call my dinner with Ana off'],
    ['call Ann', 'call the office', 'call the plumber off the list'],
  ],
  [
    'events.reserve',
    ['book thursday afternoon for the audit', 'book friday morning for the essay'],
    ['book a haircut', 'block the sender', 'keep the receipt'],
  ],
  [
    'events.show-day',
    ['show me friday', 'let me see next tuesday'],
    ['show me the tasks for friday', 'show me milk', 'let me see the list'],
  ],
  [
    'events.begins',
    ['it starts at 10', 'end it at 4pm', 'let it begin at 9:30'],
    ['it starts at home', 'does it end at 4?', 'start the washing machine at 10'],
  ],
  [
    'events.guest',
    ['add Joan to sunday lunch', 'take Ben off the retro'],
    ['add milk to the list', 'take bread off the list', 'remove the tag from the report'],
  ],
  [
    'events.invite',
    ['invite Ann', 'invite Ann and Bob too'],
    ['invite the neighbours', 'invite everybody to the party'],
  ],
  [
    'events.now',
    ['book club is at 8pm thursday now', 'the review starts at 10 now'],
    ['it is friday now', 'what is at 8 now', 'the milk is sour now'],
  ],
  [
    'reminder.label',
    ['reminder: pills at 8', 'Reminder : call mum tomorrow'],
    ['reminders: what do I have', 'a reminder of summer'],
  ],
  [
    'scheduling.another-time',
    ['find another time for the review', 'i need a new date for the picnic'],
    ['find time for the review', 'i need a new coat for the trip', 'another time maybe'],
  ],
];

export const RULE_EXAMPLES: readonly RuleExamples[] = [
  ...ENTRIES,
  ...DIALOGUE,
  ...SHARED,
  ...CREATE,
  ...UPDATE,
  ...FINISH,
  ...LIST,
  ...ELSEWHERE,
  ...OTHER,
  ...USAGE,
  ...STATEMENT,
  ...LOOKING,
  ...AGAIN_AND_NO_MORE,
];
