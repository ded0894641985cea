import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import type { ActParams } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { TimePreferences } from './time-preferences.ts';

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
  lastReceipt: { action: Action; slots: Slots; at: string; kind?: string | undefined } | null;
  /** What was asked for just before and named nothing that there is, for "I meant the report". */
  lastRefused?: { action: Action; slots: Slots; params?: ActParams | undefined; at: string } | undefined;
}
