import { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import { instant } from '../../../contracts/ids.ts';
import { usageSettings, usageSettingsPatch } from '../../../contracts/usage.ts';
import { newId } from '../../../core/ids.ts';
import { addUsageSettings } from '../../../db/metering.ts';
import {
  listSettingsChanges,
  listUsageRuns,
  settingsChange,
  usageRun,
  writeSystemLog,
} from '../../../db/usage-records.ts';
import { withPatch } from '../../../usage/default-settings.ts';
import type { GatewayServices } from '../../gateway-services.ts';
import { route } from '../route.ts';

const SHOWN = 200;
const RUNS_DEFAULT = 50;
/** Clocks differ a little; what is older would change what has been charged already. */
const PAST_MS = 60_000;

const settingsInput = z.strictObject({
  ...usageSettingsPatch.shape,
  /** Now when it is not given. */
  effective_from: instant.optional(),
});
const settingsList = z.object({
  /** What holds now: compiled, of the environment, and of the changes below. */
  current: usageSettings,
  items: z.array(settingsChange),
});

export const opsUsageRoutes = [
  route({
    method: 'POST',
    path: '/api/v1/ops/usage/rollup',
    summary:
      'Sums up usage by month at once; harmless at any time. GET /ops/usage/rollups shows what was done',
    access: 'admin',
    response: z.object({ queued: z.literal(true), job_id: z.string() }),
    handle: async ({ services }) => {
      const jobId = `by-hand.${newId()}`;
      await services.queues.add('metering', 'usage.rollup', {}, jobId);
      return { queued: true as const, job_id: jobId };
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/ops/usage/rollups',
    summary: 'The last runs of the rollup and the reconciliation, by month, the latest first',
    access: 'admin',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(SHOWN).optional() }),
    response: z.object({ items: z.array(usageRun) }),
    handle: async ({ query, services }) => ({
      items: await listUsageRuns(services.db, query.limit ?? RUNS_DEFAULT),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/v1/ops/usage/settings',
    summary: 'Limits, costs and prices as they hold, and every change of them, the latest first',
    access: 'admin',
    response: settingsList,
    handle: ({ services }) => listed(services),
  }),
  route({
    method: 'POST',
    path: '/api/v1/ops/usage/settings',
    summary: 'Changes what is given from an instant on and leaves the rest; maps are merged by key',
    access: 'admin',
    body: settingsInput,
    response: settingsList,
    handle: async ({ body, identity, services }) => {
      const { effective_from, ...settings } = body;
      const now = services.clock.now();
      const effectiveFrom = effective_from === undefined ? now : new Date(effective_from);
      if (effectiveFrom.getTime() < now.getTime() - PAST_MS)
        throw new PulseError('validation_error', 'effective_from lies in the past: leave it out for now.');
      const changed = Object.keys(settings);
      if (changed.length === 0)
        throw new PulseError('validation_error', 'There is nothing to change: give at least one setting.');
      const merged = withPatch(await services.usage.settings.at(effectiveFrom), settings);
      const unpriced = [merged.default_model, merged.draft_model].find(
        (model) => merged.model_prices[model] === undefined,
      );
      if (unpriced !== undefined)
        throw new PulseError(
          'validation_error',
          'A model without a price is not called: give its price in model_prices.',
        );
      await addUsageSettings(services.db, { effectiveFrom, settings, changedBy: identity.userId });
      await writeSystemLog(services.db, 'usage_settings_changed', {
        changed,
        effective_from: effectiveFrom.toISOString(),
      });
      services.usage.settings.forget();
      return listed(services);
    },
  }),
];

async function listed({ db, usage, clock }: GatewayServices): Promise<z.infer<typeof settingsList>> {
  const items = await listSettingsChanges(db, SHOWN);
  return { current: await usage.settings.at(clock.now()), items };
}
