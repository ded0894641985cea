import { z } from 'zod';
import { settings, type Setting, type Settings } from '../contracts/entities.ts';
import type { Db } from './connect.ts';
import type { QuietHours } from './quiet-hours.ts';
import { auditTier } from './subscriptions.ts';

export type Tier = 'free' | 'premium';

/** What holds where nothing was set. */
export const DEFAULT_SETTINGS: Settings = {
  timezone: 'UTC',
  week_start: 'monday',
  working_hours: { start: '09:00', end: '17:00' },
  work_days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  briefing_time: null,
  email_style: 'neutral',
  quiet_hours: null,
  event_minutes: 60,
  task_minutes: 60,
  next_weekday: 'next_week',
  memory: 'on',
};

/** Settings as stored, with defaults for what was never set or can't be read. */
function readSettings(stored: unknown): Settings {
  const known = Object.entries(z.record(z.string(), z.unknown()).catch({}).parse(stored)).filter(
    ([name, value]) => isSetting(name) && settings.shape[name].safeParse(value).success,
  );
  return settings.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(known) });
}

/** The quiet hours of settings as stored, by the zone in them or the one given. */
export function quietHours(stored: unknown, otherZone: string): QuietHours {
  const { quiet_hours: quiet, timezone } = readSettings(stored);
  const named = z.object({ timezone: z.string() }).safeParse(stored).success;
  return { quiet, zone: named ? timezone : otherZone };
}

const isSetting = (name: string): name is keyof Settings => Object.hasOwn(settings.shape, name);

const opened = z.object({
  tier: z.enum(['free', 'premium']),
  turns: z.int(),
  open_turns: z.int(),
  settings: z.unknown(),
});

/** `turns` is the number of the session's last turn, 0 for none; `openTurns` counts those that have not ended. */
export interface OpenedSession {
  tier: Tier;
  turns: number;
  openTurns: number;
  settings: Settings;
}

/**
 * A session on its first sight or again; user and session are made where they are missing.
 *
 * @returns null when the session is somebody else's
 */
export async function openSession(db: Db, userId: string, sessionId: string): Promise<OpenedSession | null> {
  const answer = await db.raw<{ rows: unknown[] }>('select * from open_session(?, ?)', [userId, sessionId]);
  if (answer.rows.length === 0) return null;
  const row = opened.parse(answer.rows[0]);
  return {
    tier: row.tier,
    turns: row.turns,
    openTurns: row.open_turns,
    settings: readSettings(row.settings),
  };
}

/** The demo user of a name: made at its first login, found at later ones. A tier that is given is set. */
export async function demoUser(
  db: Db,
  user: { id: string; name: string | undefined; tier: Tier | undefined },
): Promise<string> {
  const row = { id: user.id, demo_name: user.name?.toLowerCase() ?? null, tier: user.tier ?? 'free' };
  return db.transaction(async (trx) => {
    const insert = trx('users').insert(row);
    const rows = await (
      user.name === undefined
        ? insert
        : insert.onConflict('demo_name').merge(user.tier ? { tier: user.tier } : { demo_name: row.demo_name })
    ).returning<{ id: string }[]>('id');
    const id = rows[0]?.id ?? user.id;
    if (user.tier) await auditTier(trx, id, { actor: 'demo', cause: {}, at: new Date() });
    return id;
  });
}

/** Of a user nobody has seen yet: the defaults. */
export async function findSettings(db: Db, userId: string): Promise<Settings> {
  const row = await db('users').where({ id: userId }).first<{ settings: unknown } | undefined>('settings');
  return readSettings(row?.settings);
}

/** Tier and settings; of a user nobody has seen yet: the defaults. */
export async function findProfile(
  db: Db,
  userId: string,
  now: Date,
): Promise<{ tier: Tier; settings: Settings }> {
  const row: unknown = await db('users')
    .where({ id: userId })
    .first(db.raw('tier_of(id, ?) as tier', [now]), 'settings');
  const found = profileRow.safeParse(row);
  return found.success
    ? { tier: found.data.tier, settings: readSettings(found.data.settings) }
    : { tier: 'free', settings: readSettings(undefined) };
}
const profileRow = z.object({ tier: z.enum(['free', 'premium']), settings: z.unknown() });

const settingRow = z.object({
  id: z.string(),
  settings: z.record(z.string(), z.unknown()),
  version: z.int(),
});

/** Settings as a change leaves them, as clients see them. */
export function toSetting(row: unknown): Setting {
  const { id, settings: stored, version } = settingRow.parse(row);
  return { id, settings: readSettings(stored), version };
}

/** What a user has set, without defaults, and its version. A user nobody has seen yet has set nothing. */
export async function storedSettings(
  db: Db,
  userId: string,
): Promise<{ settings: Record<string, unknown>; version: number }> {
  const row = await db('users')
    .where({ id: userId })
    .first<{ settings: Record<string, unknown>; version: number } | undefined>(
      'settings',
      'settings_version as version',
    );
  return row ?? { settings: {}, version: 1 };
}
