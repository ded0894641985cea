import { defineWorkflow } from '../define-workflow.ts';
import { updateTask } from './change.ts';
import { createTask } from './create.ts';
import { completeTask, deleteTask } from './finish.ts';
import { listTasks } from './list.ts';

export const tasksWorkflow = defineWorkflow('tasks', {
  create_task: createTask,
  update_task: updateTask,
  complete_task: completeTask,
  delete_task: deleteTask,
  list_tasks: listTasks,
});
