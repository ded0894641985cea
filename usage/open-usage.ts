import type { Config } from '../core/config.ts';
import type { Logger } from '../core/logger.ts';
import type { Db } from '../db/connect.ts';
import { Accounts } from './accounts.ts';
import { settingsOfEnvironment } from './environment.ts';
import { UsageSettingsSource } from './settings-source.ts';

/** What every role may ask about usage. */
export interface UsageParts {
  settings: UsageSettingsSource;
  accounts: Accounts;
}

/** Settings and accounts over one database. Nothing is read before it is asked for. */
export function openUsage(config: Config, deps: { db: Db; log: Logger }): UsageParts {
  const settings = new UsageSettingsSource(deps, settingsOfEnvironment(config));
  return { settings, accounts: new Accounts(deps.db, settings, config.BILLING_ZONE) };
}
