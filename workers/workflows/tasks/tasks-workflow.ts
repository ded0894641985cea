import { defineWorkflow } from '../define-workflow.ts';
import { updateTask } from './change.ts';
import { createTask } from './create.ts';
import { listReminders } from './list-reminders.ts';
import { completeTask, deleteTask } from './finish.ts';
import { listTasks } from './list.ts';
import { deleteReminder, doneReminder, orReminder, updateReminder } from './reminder-moves.ts';
import { setReminder } from './set-reminder.ts';

export const tasksWorkflow = defineWorkflow('tasks', {
  create_task: createTask,
  update_task: orReminder(updateTask, updateReminder),
  complete_task: orReminder(completeTask, doneReminder),
  delete_task: orReminder(deleteTask, deleteReminder),
  list_tasks: listTasks,
  set_reminder: setReminder,
  list_reminders: listReminders,
});
