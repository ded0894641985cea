/** The workflow role without a meter: what a draft costs when nobody asks for a quota. For the bench alone. */
import { runProcess } from '../../core/lifecycle.ts';
import { newId } from '../../core/ids.ts';
import { createLanguageModel } from '../../integrations/llm/create-language-model.ts';
import { CallPermit } from '../../integrations/llm/language-model.ts';
import type { GatedOperation } from '../../usage/gates.ts';
import type { Meter } from '../../usage/meter.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { openRoleParts } from '../role-parts.ts';

await runProcess('worker', async (lifecycle) => {
  const parts = await openRoleParts('workflows', lifecycle);
  const model = createLanguageModel({
    apiKey: parts.config.OPENAI_API_KEY,
    baseUrl: parts.config.OPENAI_BASE_URL,
    ...parts.runtime,
  });
  if (!model) throw new Error('OPENAI_BASE_URL is missing');
  const withMeter: Meter['withMeter'] = async ({ operation, model: name, prompt }, fn) => {
    const value = await fn({
      complete: async (options) => {
        if (!prompt || name === null) throw new Error('The bench drafts with a model');
        const permit = CallPermit.issue({ callId: newId(), maxOutputTokens: prompt.maxOutputTokens });
        return (await model.complete(permit, { ...prompt, model: name }, options)).text;
      },
      shown: () => Promise.resolve(),
    });
    return {
      value,
      callId: newId(),
      line: { operation, model: name ?? 'none', tokens_used: 0, cost_usd: 0 },
    };
  };
  const gates = {
    check: (_userId: string, operation: GatedOperation) =>
      Promise.resolve({
        allowed: true,
        tier: 'premium',
        operation,
        cost: 0,
        used: 1,
        limit: null,
        resetsAt: new Date(),
      } as const),
  };
  await startWorkers({ ...parts, meter: { meter: { withMeter }, gates } }, ['workflows']);
});
