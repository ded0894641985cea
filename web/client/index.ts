export { BackOff } from './back-off.ts';
export { ClientError, type ClientErrorCode } from './client-error.ts';
export {
  initialConversation,
  reduceConversation,
  type ConversationEvent,
  type ConversationState,
  type LinkState,
  type LocalEvent,
} from './conversation-state.ts';
export type { Sync } from './frame-cursor.ts';
export { formatDate, formatMinutes, formatValue, todayOf, dayNumber } from './format-value.ts';
export { isWaiting, type Outbox, type WaitingTurn } from './outbox.ts';
export { PulseClient, type PulseClientOptions } from './pulse-client.ts';
export { readFrame, type UnknownFrame } from './read-frame.ts';
export { receiptsOf, undoUntil, undoneReceipts } from './receipts.ts';
export { RestClient, type Page, type ReceiptRecord, type SessionRecord } from './rest-client.ts';
export { SessionClient } from './session-client.ts';
export type { SessionClientOptions, SubmitOptions } from './session-options.ts';
export { TokenKeeper, type GetToken, type TokenReason } from './token-keeper.ts';
export { hasEnded, questionsOf, replyOf, type Turn, type TurnCommand, type TurnPhase } from './turn-view.ts';
export { sayInstead, type SecondReading, type Surroundings } from './second-readings.ts';
export { notedOf, slotLabel, understoodOf, type Understood, type UnderstoodAct } from './understood.ts';
export {
  formatTokens,
  operationName,
  sayCharge,
  sayException,
  sayMoment,
  sayPrice,
  sayQuota,
  sayReset,
  sayTime,
  sayTokens,
} from './usage-words.ts';
export {
  daysIn,
  daysOf,
  monthBefore,
  monthOfItems,
  monthOfSummary,
  sayMonth,
  type MonthLabel,
  type MonthUsage,
} from './month-usage.ts';
export {
  addDays,
  dayOf,
  daysBetween,
  daysOfEvent,
  dayStart,
  instantAt,
  minutesBetween,
  minutesOfDay,
  minutesOn,
  sayElsewhere,
  sayLength,
  sayTimes,
  sayWhen,
  shifted,
  spanAt,
  timeAt,
  timeOf,
  toLocal,
  weekdayOf,
} from './local-time.ts';
export { snoozes } from './snoozes.ts';
export { showTimesIn, zoneNow } from './zone.ts';
export { pushStatus, subscribePush, unsubscribePush, type PushStatus } from './push.ts';
