import { percentile } from './statistics.ts';
import { fixed, table } from './report.ts';
import type { Plan } from './plan.ts';
import type { BenchScene } from './run-bench.ts';
import { VirtualClient } from './virtual-client.ts';
import { writeTables } from './write-tables.ts';

/** What one person says, one thing after the other, with the action it asks for; null is not measured. */
const SCRIPT: readonly [action: string | null, words: string][] = [
  ['create_task', 'create a task to study physics chapter 12'],
  [null, 'create a task to call Bob tomorrow'],
  [null, 'create a task to sweep the floor by friday'],
  ['list_tasks', 'show my tasks'],
  ['update_task', 'move the physics task to friday'],
  ['complete_task', 'mark the Bob task as done'],
  ['delete_task', 'delete the floor task'],
  ['undo', 'undo'],
  ['create_event', 'dentist friday at 3pm'],
  ['list_events', 'what is on my calendar this week?'],
  ['update_event', 'move the dentist to 4pm'],
  ['set_reminder', 'remind me to water the plants tomorrow at 8am'],
  ['list_reminders', 'what reminders do I have?'],
  ['find_time', 'find an hour for the gym this week'],
  [null, 'never mind'],
  ['daily_briefing', 'give me my daily briefing'],
  ['weekly_briefing', 'what does my week look like?'],
  ['search', 'search for physics'],
  ['draft_email', 'draft an email to ann@example.com with a template about the rent'],
  ['search_email', 'show my drafts'],
  ['send_email', 'send it'],
  ['send_email', 'yes'],
  ['set_preference', 'set my working hours to 8am to 4pm'],
  ['reschedule', 'find a new time for the dentist'],
  [null, 'no'],
  ['cancel_event', 'cancel the dentist'],
  ['show_usage', 'how many tokens do I have left?'],
  ['upgrade', 'upgrade'],
  ['help', 'why did you move the physics task?'],
  ['repeat', 'repeat that'],
  ['greeting', 'hello'],
  ['thanks', 'thanks'],
  ['goodbye', 'goodbye'],
  ['out_of_scope', 'what is the capital of France?'],
  ['plan_schedule', 'plan my week'],
  [null, 'no'],
];

/** Made of the free time of a week, these may take longer than a change does. */
const PLANNING: ReadonlySet<string> = new Set(['plan_schedule', 'reschedule', 'find_time']);
const AIM = 1.5;
const PEOPLE = { warm: 8, measured: 40, quick: 12 };

/**
 * A turn of each action, from sending to its terminal frame, against the creation of a task by the same people in the same
 * run. Each person says the whole script; one turn is in flight.
 */
export async function benchActions(plan: Plan, { stacks, say }: BenchScene): Promise<string> {
  say('Starting stores and product');
  const [product] = await stacks.start(['product']);
  if (!product) throw new Error('The product did not start');
  const times = new Map<string, number[]>();
  const people = plan.quick ? PEOPLE.quick : PEOPLE.measured;
  for (let person = -PEOPLE.warm; person < people; person += 1) {
    const client = await VirtualClient.open(product.url, { token: await product.token() });
    for (const [action, words] of SCRIPT) {
      const { terminalMs } = await client.say(words).catch((error: unknown) => {
        throw new Error(`"${words}" did not end as it should`, { cause: error });
      });
      if (action !== null && person >= 0) times.set(action, [...(times.get(action) ?? []), terminalMs]);
    }
    client.close();
  }
  const base = percentile(times.get('create_task') ?? [], 0.5);
  const rows = [...times].map(([action, all]) => {
    const ratio = percentile(all, 0.5) / base;
    const verdict = ratio <= AIM ? 'ok' : PLANNING.has(action) ? 'aside' : 'missed';
    return [action, ...[0.5, 0.95].map((p) => fixed(percentile(all, p))), fixed(ratio, 2), verdict];
  });
  const text = table(['action', 'p50 ms', 'p95 ms', 'p50 / create_task', `aim ≤ ${AIM}`], rows);
  if (plan.write) writeTables(text, { page: 'docs/performance.md', mark: 'actions' });
  return `${text}\n`;
}
