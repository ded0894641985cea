import { describe, expect, it } from 'vitest';
import { addUsageSettings } from '../../db/metering.ts';
import { connect } from '../../db/connect.ts';
import { startProduct } from '../support/product.ts';

const SENTENCE = 'No price is set for this language model';
const LOCAL = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', LLM_MODEL: 'llama3' };

describe('the start of a worker', () => {
  it('warns once of a model without a price, and says what to set', async () => {
    const { roles } = await startProduct({ roles: ['workflows'], env: LOCAL });
    const lines = (roles[0]?.output() ?? '').split('\n').filter((line) => line.includes(SENTENCE));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 40, model: 'llama3', msg: expect.stringContaining('MODEL_PRICES') as unknown },
    ]);
  });

  it('says nothing where the environment or the table has the price, or no model is set up', async () => {
    const product = await startProduct({ roles: [], env: LOCAL });
    const quiet = [
      await product.start('workflows', { MODEL_PRICES: 'llama3=0' }),
      await product.start('workflows', { OPENAI_BASE_URL: '' }),
    ];
    const db = connect(product.database.url, { poolMax: 1, name: 'test' });
    await addUsageSettings(db, {
      effectiveFrom: new Date(Date.now() - 1_000),
      settings: { model_prices: { llama3: 0 } },
      changedBy: 'test',
    });
    await db.destroy();
    quiet.push(await product.start('workflows'));
    expect(quiet.map((role) => role.output()).join('')).not.toContain(SENTENCE);
  });
});
