import { defineWorkflow } from '../define-workflow.ts';
import { cancelEvent } from './cancel.ts';
import { createEvent } from './create.ts';
import { listEvents } from './list.ts';
import { updateEvent } from './update.ts';

export const calendarWorkflow = defineWorkflow('calendar', {
  create_event: createEvent,
  update_event: updateEvent,
  cancel_event: cancelEvent,
  list_events: listEvents,
});
