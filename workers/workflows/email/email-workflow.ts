import { defineWorkflow } from '../define-workflow.ts';
import { draftEmail } from './draft.ts';
import { sendEmail } from './send.ts';
import { searchEmail } from './search.ts';

export const emailWorkflow = defineWorkflow('email', {
  draft_email: draftEmail,
  send_email: sendEmail,
  search_email: searchEmail,
});
