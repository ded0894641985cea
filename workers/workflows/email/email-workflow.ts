import { defineWorkflow } from '../define-workflow.ts';
import { draftEmail } from './draft.ts';
import { searchEmail } from './search.ts';

export const emailWorkflow = defineWorkflow('email', {
  draft_email: draftEmail,
  search_email: searchEmail,
});
