import { DateTime } from 'luxon';
import { v7 } from 'uuid';
import { connect } from '../connect.ts';

/** Days from today, so that a demo day looks the same whenever it is begun. */
interface DemoTask {
  title: string;
  inDays: number | null;
  priority: 'low' | 'medium' | 'high' | 'urgent';
  list: string | null;
  tags: string[];
}

const USERS = [
  { name: 'anna', tier: 'free' },
  { name: 'max', tier: 'premium' },
] as const;

const TASKS: readonly DemoTask[] = [
  { title: 'send the offer to Weber & Sons', inDays: -1, priority: 'high', list: 'work', tags: ['client'] },
  { title: 'pick up the parcel', inDays: 0, priority: 'medium', list: null, tags: ['errands'] },
  { title: 'prepare slides for the team meeting', inDays: 0, priority: 'high', list: 'work', tags: [] },
  { title: 'book a dentist appointment', inDays: 2, priority: 'medium', list: null, tags: ['health'] },
  { title: 'buy a present for Mia', inDays: 4, priority: 'medium', list: 'family', tags: ['errands'] },
  { title: 'read the lease again', inDays: 6, priority: 'low', list: null, tags: [] },
  { title: 'repair the bike light', inDays: null, priority: 'low', list: null, tags: [] },
];

/** The demo users with a day to look at. Only for those that do not exist yet: nobody's tasks come back. */
export async function seedDemoUsers(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, { poolMax: 1, name: 'seed' });
  try {
    for (const { name, tier } of USERS) {
      const made = await db('users')
        .insert({ id: v7(), demo_name: name, tier })
        .onConflict('demo_name')
        .ignore()
        .returning<{ id: string }[]>('id');
      const [user] = made;
      if (!user) continue;
      const now = DateTime.utc();
      await db('tasks').insert(
        TASKS.map(({ inDays, ...task }) => ({
          ...task,
          id: v7(),
          user_id: user.id,
          status: 'open',
          due_on: inDays === null ? null : now.plus({ days: inDays }).toISODate(),
          version: 1,
          created_at: now.toISO(),
          updated_at: now.toISO(),
        })),
      );
    }
  } finally {
    await db.destroy();
  }
}
