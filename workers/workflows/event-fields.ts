/** Columns of events, for every workflow that puts something into the calendar. */
export { columnsOf, newEvent, newEventColumns, patched } from './calendar/fields.ts';
