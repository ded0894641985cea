import { defineWorkflow } from '../define-workflow.ts';
import { greedyEngine } from './engine/greedy-engine.ts';
import { findTime } from './find-time.ts';
import { planSchedule } from './plan-schedule.ts';
import { reschedule } from './reschedule.ts';

export const schedulingWorkflow = defineWorkflow('scheduling', {
  find_time: findTime,
  plan_schedule: planSchedule(greedyEngine),
  reschedule,
});
