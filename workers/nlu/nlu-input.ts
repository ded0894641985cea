import type { LastFact } from '../../contracts/context.ts';
import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Look } from '../../contracts/looks.ts';
import type { ActParams } from '../../contracts/nlu.ts';
import type { DateRange, Slots, Target } from '../../contracts/slots.ts';
import type { Remembered } from './recall/remembered.ts';
import type { TimePreferences } from './time-preferences.ts';

/** What was done last: its slots as they are now, and as `said` for it. */
export interface LastReceipt {
  action: Action;
  slots: Slots;
  at: string;
  kind?: string | undefined;
  receipt_id?: string | undefined;
  title?: string | undefined;
  /** What a reminder hangs on. */
  about?: { kind: Target['kind'] } | undefined;
  said?: { slots: Slots; params?: ActParams | undefined } | undefined;
}

/** What understanding one turn takes. */
export interface NluInput {
  /** May be empty when a choice button was pressed. */
  text: string;
  timezone: string;
  /** Reference instant; words like "tomorrow" are resolved against it in the zone. */
  now: Date;
  /** How this person means "next friday" and "this week"; as usual where it is missing. */
  preferences?: TimePreferences | undefined;
  /** Open questions, newest first; active while `now` is before `active_until`, parked after that. */
  questions: OpenQuestion[];
  /** The client says which question this answers. */
  answering: { clarification_id: string; choice_id?: string | undefined } | null;
  /** The classifier before the present one decides, as a flag may want it. */
  previousClassifier?: boolean;
  /** What was done last, for corrections after the fact ("actually 4pm"). */
  lastReceipt: LastReceipt | null;
  /** The fact that was told or shown last, where nothing else was done since, for "no, Tim". */
  lastFact?: LastFact | undefined;
  /** Who was spoken of last, for "write her an email". */
  lastPeople?: { names: readonly string[]; at: string } | undefined;
  /** The free time that was told last: the stretch that was asked about, and where each free part of it begins. */
  lastFree?: { range: DateRange; starts: readonly string[]; at: string } | undefined;
  /** The days that were shown last: of a list, or of a briefing. */
  lastDays?: { action: Look; range: DateRange; at: string } | undefined;
  /** What was asked for just before and named nothing that there is, for "I meant the report". */
  lastRefused?: { action: Action; slots: Slots; params?: ActParams | undefined; at: string } | undefined;
  /** The question that was dropped just before, for "actually do remind me". */
  lastDropped?: { action: Action; slots: Slots; at: string } | undefined;
  /** What was made in earlier conversations, where the words lean on it; empty where nothing fits. */
  remembered?: readonly Remembered[] | undefined;
}
