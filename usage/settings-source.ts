import type { UsageSettings, UsageSettingsPatch } from '../contracts/usage.ts';
import type { Logger } from '../core/logger.ts';
import { usageSettingsRows, type DatedSettings } from '../db/metering.ts';
import type { Db } from '../db/connect.ts';
import { DEFAULT_USAGE_SETTINGS, withPatch } from './default-settings.ts';

/** A change in the table holds everywhere within this time. */
const REFRESH_MS = 5_000;

/**
 * Limits, costs and prices: the compiled ones, over them the environment's, over those the rows of the table, each from
 * its instant on. A row that is not valid has no effect; without the table the settings known last hold.
 */
export class UsageSettingsSource {
  private rows: readonly DatedSettings[] = [];
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;
  private readonly complained = new Set<number>();

  constructor(
    private readonly deps: { db: Db; log: Logger },
    private readonly environment: UsageSettingsPatch,
  ) {}

  /** The settings of an instant, by a look at the table that is five seconds old at most. */
  async at(instant: Date): Promise<UsageSettings> {
    const age = performance.now() - this.readAt;
    if (age > REFRESH_MS) {
      this.reading ??= this.read().finally(() => (this.reading = null));
      await this.reading;
    }
    return this.rows
      .filter(({ effectiveFrom, settings }) => settings !== null && effectiveFrom <= instant)
      .reduce(
        (settings, row) => withPatch(settings, row.settings ?? {}),
        withPatch(DEFAULT_USAGE_SETTINGS, this.environment),
      );
  }

  /** Reads the table again before it is asked next: somebody has just changed it here. */
  forget(): void {
    this.readAt = -Infinity;
  }

  private async read(): Promise<void> {
    try {
      this.rows = await usageSettingsRows(this.deps.db);
      for (const { id, settings } of this.rows) {
        if (settings !== null || this.complained.has(id)) continue;
        this.complained.add(id);
        this.deps.log.error({ row: id }, 'A row of usage_settings is not valid and has no effect');
      }
    } catch (error) {
      this.deps.log.warn({ err: error }, 'The usage settings could not be read; those known last hold');
    }
    this.readAt = performance.now();
  }
}
