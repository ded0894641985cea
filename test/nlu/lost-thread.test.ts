import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { encoderModel } from '../../models/encoder/encoder-model.ts';
import { Encoder } from '../../models/encoder/encoder.ts';
import { IntentModel, manifestPath } from '../../models/intent/intent-model.ts';
import { Understander } from '../../workers/nlu/pipeline.ts';
import { makeTestDir } from '../support/run-dir.ts';
import { NOW, ZONE } from './understand.ts';

const faultDir = makeTestDir(inject('runDir'));
const open: Encoder[] = [];
afterEach(() => Promise.all(open.splice(0).map((encoder) => encoder.close())));

/** The whole understanding over a thread that can be made to fail by words. */
async function start() {
  vi.stubEnv('FAULT_DIR', faultDir);
  vi.stubEnv('FAULT_AT_START', join(faultDir, 'broken-start'));
  const encoder = await Encoder.start({
    model: encoderModel('local', ''),
    heads: [manifestPath('current')],
    entry: fileURLToPath(new URL('../models/faulty-thread.mjs', import.meta.url)),
    deadlineMs: 500,
  });
  open.push(encoder);
  const faults: unknown[] = [];
  const understander = new Understander({
    classifier: IntentModel.open('current', encoder),
    onClassifierFault: (error) => faults.push(error),
  });
  const actionOf = async (text: string): Promise<string> => {
    const request = { text, timezone: ZONE, reference_time: NOW };
    const { acts } = await understander.parse(request, new Date(NOW));
    return `${acts[0]?.action} by ${acts[0]?.source}`;
  };
  return { actionOf, faults };
}

/** No rule is sure of these. */
const TEXTS = Array.from({ length: 40 }, (_, index) => `thoughts about the coffee machine, part ${index}`);

describe('turns while the thread of the encoder is lost', () => {
  it.each(['end', 'throw', 'hang'])('are all understood as before (%s)', async (fault) => {
    const { actionOf, faults } = await start();
    const before = await Promise.all(TEXTS.map(actionOf));
    for (const understood of before) expect(understood).toMatch(/ by classifier$/);
    const during = TEXTS.flatMap((text, index) =>
      index === 15 ? [`fault ${fault} once turn${fault}`, text] : [text],
    );
    const answers = await Promise.all(during.map(actionOf));
    expect(answers.toSpliced(15, 1)).toEqual(before);
    expect(answers[15]).toMatch(/ by classifier$/);
    expect(faults).toEqual([]);
  });

  it('are understood by rules where the text itself ends every thread', async () => {
    const { actionOf, faults } = await start();
    const [, killer, after] = await Promise.all(['jot this', 'fault end', 'jot that'].map(actionOf));
    expect(killer).toMatch(/ by rule$/);
    expect(after).toMatch(/ by classifier$/);
    expect(faults).toHaveLength(1);
  });
});
