import { DateTime } from 'luxon';
import { cutText } from '../../../core/cut-text.ts';
import { sayRecurrence } from '../../../contracts/recurrence.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { JUST_DONE_MS } from '../policy.ts';
import { localTo, newReminder, type NewReminder } from '../reminder-fields.ts';
import { quote, sayDate, sayUnread } from '../sentences.ts';
import {
  daysBeforeAt,
  eveningBefore,
  firstOf,
  momentBefore,
  momentIn,
  tooOften,
  OFTEN_MIN_MINUTES,
  withEnd,
} from './remind-when.ts';
import { calledSo, findThing, type Thing } from './reminded-item.ts';
import { putOffAgain, updateReminder } from './reminder-moves.ts';
import { sayHeldBack } from './held-back.ts';
import { askObject, sayMinutes } from './words.ts';

/** How long before something one is reminded where nothing is said of it. */
const USUAL_BEFORE = 30;
/** What has to be done or brought along by then is told before one leaves. */
const BEFORE_LEAVING = 60;
/** "About the dentist": what follows is no deed. */
const ABOUT = /\b(?:about|abuot|of|for|regarding|re)\s+(?:(?:the|my|our|an?)\s+)?/i;
const ALARM = /\b(?:alarm|wake|woken|get me up)\b/i;
const TIMER = /\b(?:timer|countdown)\b/i;
const EVENING_BEFORE = /\b(?:evening|night) before\b/i;
/** "Remind me about it at 3" */
const POINTS = /\b(?:about|of|to do|for)\s+(?:it|that|this)(?:\s+one)?\b/i;

/** Says when: at a moment, each time that a rule comes, or some time before a task is due or an event begins. */
export const setReminder: Handler = async (work) => {
  // "Actually 6pm": the one made last is changed.
  if (work.slots.target?.kind === 'reminder') return updateReminder(work, null);
  const again = await putOffAgain(work);
  if (again) return again;
  return work.slots.target || work.params?.before !== undefined ? beforeThing(work) : atMoment(work);
};

async function beforeThing(work: Work): Promise<Step> {
  const { slots, params } = work;
  const answered = saidBefore(work);
  // How long before is no moment counted from now.
  const remind_at = answered && !answered.hour ? undefined : slots.remind_at;
  if (answered && (params?.before !== answered.minutes || remind_at !== slots.remind_at))
    return beforeThing({
      ...work,
      slots: { ...slots, remind_at },
      params: { ...params, before: answered.minutes },
    });
  const minutes = params?.before ?? USUAL_BEFORE;
  const clock = slots.target?.query !== undefined && /^(?:my|the)$/i.test(slots.target.query.trim());
  if (clock && slots.remind_at !== undefined) return beforeClock(work, new Date(slots.remind_at), minutes);
  const target = slots.target ?? { kind: 'any' as const, reference: 'last' as const };
  const found = await findThing(work, target, minutes);
  if ('step' in found) return found.step;
  // What names nothing yet may be named by the answer to "what?".
  const called =
    'nothing' in found && slots.title
      ? await findThing(work, { kind: 'any', query: slots.title }, minutes)
      : found;
  if ('step' in called) return called.step;
  if ('thing' in called) return ofThing(work, called.thing, minutes);
  if ('nothing' in called && !slots.title) return askTitle('What should I remind you of?');
  const said = 'missing' in called ? called.missing : (slots.title ?? '');
  const named = slots.title ?? said;
  const plain = { ...work, slots: { ...slots, title: named } };
  return said === '' || momentOf(work)
    ? atMoment(plain)
    : askWhen(work, `I found no task or event ${quote(said)}.`);
}

/** "Before my 3pm": what begins then, else just that long before. */
async function beforeClock(work: Work, at: Date, minutes: number): Promise<Step> {
  const to = new Date(at.getTime() + 60_000);
  const events = await work.ports.events.within({ from: at, to });
  const [meant, other] = events.filter(({ start }) => Date.parse(start) === at.getTime());
  if (meant && !other) {
    const { id, start } = meant;
    return beforeThing({
      ...work,
      slots: { ...work.slots, target: { kind: 'event', id, start }, remind_at: undefined },
    });
  }
  const remind_at = localTo(new Date(at.getTime() - minutes * 60_000), work.timezone);
  return atMoment({ ...work, slots: { ...work.slots, target: undefined, remind_at } });
}

/** That long before a thing; at another moment where its own can't be counted from, or is over. */
async function ofThing(work: Work, thing: Thing, minutes: number): Promise<Step> {
  const { slots, timezone, reference } = work;
  const title = deedOf(work, thing);
  const evening = EVENING_BEFORE.test(work.words);
  // An answer to "when?" says its day, too.
  const isOfDay = saidBefore(work)?.hour === true || !work.words.includes(ANSWERED);
  const clock = minutes % 1_440 === 0 && isOfDay ? slots.remind_at : undefined;
  const counted =
    clock !== undefined
      ? daysBeforeAt(thing, minutes, clock, work)
      : evening
        ? eveningBefore(thing, work)
        : momentBefore(thing, minutes, work);
  const isAhead = counted !== null && counted > reference;
  if (isAhead) {
    const fixed = thing.kind === 'task' ? thing.at !== null : !thing.ofSeries;
    const length = thing.at
      ? (thing.at.getTime() - counted.getTime()) / 60_000
      : DateTime.fromISO(thing.day ?? '', { zone: timezone }).diff(DateTime.fromJSDate(counted), 'minutes')
          .minutes;
    return remember(work, {
      title,
      remind_at: counted,
      timezone: thing.series?.timezone ?? timezone,
      recurrence: thing.series?.recurrence,
      item: thing,
      before_minutes: fixed ? Math.round(length) : null,
      said: `${evening ? 'the evening' : sayMinutes(minutes)} before ${quote(thing.title)}${thing.series ? ' each time' : ''}`,
    });
  }
  const said = momentOf(work);
  // What has no hour to count back from has a day: "at 5" is of that one.
  const at = said && counted === null ? onDayOf(thing, said, work) : said;
  if (at && at > reference) return remember(work, { title, remind_at: at, timezone, item: thing });
  if (counted && !slots.remind_at && !slots.date_range)
    return askWhen(
      work,
      `${sayMinutes(minutes, true)} before ${quote(thing.title)} was ${sayDate(localTo(counted, timezone), timezone, reference)}, which is over.`,
    );
  if (at) return askWhen(work, 'That time is over.');
  return askWhen(work, `${quote(thing.title)} has no time that I could count back from.`);
}

/** "Bring the forms" of what one is reminded to do, and else what the thing is called. */
function deedOf({ slots, words, missing }: Work, thing: Thing): string {
  const { title } = slots;
  if (!title || missing.includes('title')) return thing.title;
  const at = words.toLowerCase().indexOf(title.toLowerCase());
  const lead = words.slice(0, Math.max(0, at));
  return at < 0 || new RegExp(`${ABOUT.source}$`, 'i').test(lead) ? thing.title : title;
}

async function atMoment(work: Work): Promise<Step> {
  const { slots, words, params, timezone, reference } = work;
  if (slots.recurrence && tooOften(slots.recurrence)) return refuseOften();
  const thing = await thingMeant(work);
  const title = thing ? deedOf(work, thing) : titleOf(work);
  if (title === undefined) return askTitle('What should I remind you of?');
  // "Remind me to call" says neither whom nor when.
  if (
    params?.unread === undefined &&
    work.missing.includes('title') &&
    title !== '' &&
    title === slots.title &&
    !work.skipped.includes('title')
  )
    return askTitle(askObject(title));
  const before = thing && saidBefore(work);
  if (thing && before)
    return ofThing(
      { ...work, slots: { ...slots, remind_at: before.hour ? slots.remind_at : undefined } },
      thing,
      before.minutes,
    );
  const said = momentOf(work);
  const at = said && thing && isSameMessage(work) ? onDayOf(thing, said, work) : said;
  const beside = at === null && params?.unread === undefined ? eventBeside(work) : null;
  if (beside) {
    const target = { kind: 'event' as const, id: beside.id, ...(beside.start && { start: beside.start }) };
    return beforeThing({
      ...work,
      slots: { ...slots, target },
      params: { ...params, before: BEFORE_LEAVING },
    });
  }
  if (at === null) {
    const unread = params?.unread?.[0];
    const lead =
      unread && slots.remind_at === undefined
        ? `${quote(unread)} is over already, or no time that there is.`
        : '';
    return askWhen(work, lead, thing);
  }
  if (at <= reference) return askWhen(work, 'That time is over.', thing);
  const recurrence = slots.recurrence && withEnd(slots.recurrence, slots.date_range, timezone);
  return remember(work, {
    title: title === '' ? (TIMER.test(words) ? 'Timer' : 'Alarm') : title,
    remind_at: at,
    timezone,
    recurrence,
    item: thing,
  });
}

/** What is to be told; empty for what needs no words, undefined where it has to be asked. */
function titleOf({ slots, words, missing, skipped, context }: Work): string | undefined {
  if (slots.title !== undefined && !/^(?:later|again|it|that|this)$/i.test(slots.title)) return slots.title;
  if (skipped.includes('title')) return 'Reminder';
  if (slots.title === undefined && POINTS.test(words) && context.last_receipt)
    return context.last_receipt.title;
  if (missing.includes('title') || slots.title !== undefined) return undefined;
  return ALARM.test(words) || TIMER.test(words) || !/\bremind/i.test(words) ? '' : undefined;
}

/** "About it", or the words after "about" where they name one thing that there is. */
async function thingMeant(work: Work): Promise<Thing | null> {
  const { slots, words } = work;
  const unnamed = slots.title === undefined && (POINTS.test(words) || isSameMessage(work) || followsOn(work));
  if (unnamed || (slots.title !== undefined && /^(?:it|that|this)$/i.test(slots.title))) {
    const found = await findThing(work, { kind: 'any', reference: 'last' }, 0);
    return 'thing' in found ? found.thing : null;
  }
  if (slots.title === undefined || !ABOUT.test(words)) return null;
  const place = /^(?:the )?(?<word>first|second|third|fourth|fifth|last)(?: one| task| event)?$/i.exec(
    slots.title,
  );
  const word = place?.groups?.['word']?.toLowerCase();
  if (word !== undefined) {
    const ordinal = ORDER.indexOf(word);
    const found = await findThing(work, { kind: 'any', reference: 'ordinal', ordinal }, 0);
    return 'thing' in found ? found.thing : null;
  }
  const at = words.toLowerCase().indexOf(slots.title.toLowerCase());
  const isAbout = at > 0 && new RegExp(`${ABOUT.source}$`, 'i').test(words.slice(0, at));
  return isAbout ? calledSo(work, slots.title) : null;
}
/** At its number; -1 is not found, and the last. */
const ORDER = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/** "Add milk and remind me at 9": what the message did before is meant. */
const isSameMessage = ({ context, now, step, slots }: Work): boolean =>
  step > 0 && slots.title === undefined && context.last_receipt?.at === now.toISOString();

/** "Remind me tomorrow at 8" said of nothing, right after something was made or changed: of that. */
const followsOn = ({ context, now, step, words, answered }: Work): boolean => {
  const last = context.last_receipt;
  return (
    step === 0 &&
    Object.keys(answered).length === 0 &&
    (last?.kind === 'task' || last?.kind === 'event') &&
    now.getTime() - Date.parse(last.at) <= JUST_DONE_MS &&
    /\bremind me\b/i.test(words)
  );
};

/** "Lunch on friday at noon, and remind me to bring the contract": what is to be done by the time of the event. */
function eventBeside({ context, now, step }: Work): { id: string; start?: string } | null {
  const last = context.last_receipt;
  const isSame = step > 0 && last?.kind === 'event' && last.at === now.toISOString();
  return isSame ? { id: last.item_id, ...(last.start !== undefined && { start: last.start }) } : null;
}

/** An hour said of something that has a day is one of that day. */
function onDayOf(thing: Thing, at: Date, { words, timezone: zone }: Work): Date {
  if (!thing.day || DATED.test(answerIn(words))) return at;
  const { hour, minute } = DateTime.fromJSDate(at, { zone });
  return DateTime.fromISO(thing.day, { zone }).set({ hour, minute }).toJSDate();
}
const DATED =
  /\b(?:today|tonight|tomorrow|\w+day|in an?|in \d+|\d{1,2}(?:st|nd|rd|th)|next|this|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)\b/i;

const LENGTHS: Readonly<Record<string, number>> = { minute: 1, min: 1, hour: 60, day: 1_440, week: 10_080 };

/** "An hour before", answered to "when?", or days before at an hour; null for other words. */
function saidBefore({ words, answered }: Work): { minutes: number; hour: boolean } | null {
  const answer = words.includes(ANSWERED) || answered.remind_at !== undefined ? answerIn(words) : '';
  const said =
    /^(?:(?:please|just|no|well|ok(?:ay)?|i said|then|say|make it|remind me(?: (?:of|about) (?:it|that))?|give me)[\s,]+)*(?<n>\d{1,3}|an?|the|half an|one|two|three|four|five|six|ten|fifteen|twenty|thirty)\s+(?<unit>minute|min|hour|day|week)s?\s+(?:before|earlier|ahead|prior)\b(?<tail>.*)$/i.exec(
      answer.trim(),
    )?.groups;
  const length = LENGTHS[said?.['unit']?.toLowerCase() ?? ''];
  if (length === undefined) return null;
  const n = said?.['n']?.toLowerCase() ?? '';
  const minutes = n.startsWith('half')
    ? length / 2
    : (COUNTS[n] ?? Number(/^\d+$/.exec(n)?.[0] ?? 1)) * length;
  const hour = /\d|\bnoon\b/.test(said?.['tail'] ?? '');
  return hour && minutes % 1_440 !== 0 ? null : { minutes, hour };
}
const COUNTS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};
/** Between what was said first and the answers to questions. */
const ANSWERED = ' … ';
const answerIn = (words: string): string => words.split(ANSWERED).at(-1) ?? words;

/** The moment that was said; null where there is none. */
function momentOf(work: Work): Date | null {
  const { remind_at, date_range, recurrence } = work.slots;
  const at = remind_at === undefined ? null : new Date(remind_at);
  if (at && at > work.reference) return at;
  const within = date_range?.start === undefined ? null : momentIn(date_range, work);
  if (within) return within;
  if (recurrence) return firstOf(recurrence, work);
  return at ?? (date_range ? momentIn(date_range, work) : null);
}

const askTitle = (question: string): Step => ask({ slot: 'title', question });

/** Asks for the moment; of what has one of its own, by its distances. */
function askWhen(work: Work, lead: string, thing: Thing | null = null): Step {
  const { timezone, reference, slots } = work;
  // Several may wait for their time: each says what it is about.
  const named = thing?.title ?? slots.title;
  const question = `When should I remind you${named ? ` of ${quote(named)}` : ''}?`;
  const choices = [10, 60, 1_440].flatMap((minutes) => {
    const at = thing && momentBefore(thing, minutes, work);
    if (!at || at <= reference) return [];
    const value = localTo(at, timezone);
    const label = `${sayMinutes(minutes, true)} before (${sayDate(value, timezone, reference)})`;
    return [{ choice_id: `before_${minutes}`, label, value }];
  });
  return ask({
    slot: 'remind_at',
    ...(lead !== '' && { preface: lead }),
    question,
    choices: choices.map(({ choice_id, label }) => ({ choice_id, label })),
    choiceSlots: Object.fromEntries(choices.map(({ choice_id, value }) => [choice_id, { remind_at: value }])),
  });
}

function refuseOften(): Step {
  const message = `That would be too often: I remind you every ${OFTEN_MIN_MINUTES} minutes at most.`;
  return done({ reply: message, decision: 'REFUSE', refused: { code: 'feature_unavailable', message } });
}

async function remember(work: Work, { said, ...wanted }: NewReminder & { said?: string }): Promise<Step> {
  const { timezone, reference, now } = work;
  const { reminder, effect } = newReminder(work.newId(), wanted, {
    now,
    saidAt: work.receivedAt,
    reason: `you asked: "${cutText(work.words, 300)}"`,
  });
  const { title, recurrence, before_minutes } = reminder;
  const when = sayDate(localTo(wanted.remind_at, timezone), timezone, reference);
  const again = recurrence && before_minutes === null ? `, ${sayRecurrence(recurrence)}` : '';
  const first = recurrence ? 'first ' : '';
  // What could not be read was told when the time was asked for.
  const unread = work.words.includes(ANSWERED) ? '' : sayUnread(work.params?.unread);
  const about = said
    ? `${title === wanted.title && said.includes(quote(title)) ? '' : `${quote(title)}, `}${said}`
    : quote(title);
  return done({
    reply: `Reminder set: ${about}${again}, ${first}${when}.${await sayHeldBack(wanted, work)}${unread}`,
    summary: `Set a reminder: ${quote(title)}`,
    effects: [effect],
    cards: [{ kind: 'reminder', data: { reminder, change: 'created' } }],
    executionResult: { reminder_id: reminder.id },
    item: { kind: 'reminder', id: reminder.id, title },
  });
}
