import type { Action } from '../../contracts/intents.ts';
import { calibrationOf, type Calibration } from '../../models/intent/calibration.ts';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import { needsModel } from '../../workers/workflows/model-reading.ts';
import { readOutOfScope, readRegisters, readUtterances, REFERENCE, type LabelledText } from './suites.ts';

/** What the pipeline made of one sentence. */
interface Judged extends LabelledText {
  said: Action;
  confidence: number;
  source: string;
  /** Only a language model could still make something of it. */
  reachesModel: boolean;
  heldOut: boolean;
}

export interface Share {
  name: string;
  right: number;
  count: number;
}

export interface IntentReport {
  /** Requests and dialogue moves, without what is out of scope. */
  accuracy: Share;
  registers: Share[];
  labels: { label: Action; count: number; recall: number; precision: number }[];
  confusions: { from: Action; to: Action; count: number }[];
  outOfScope: { recall: Share; near: Share; falseRefusals: Share };
  /** The same of the suite that is held out. */
  heldOut: { accuracy: Share; recall: Share; falseRefusals: Share };
  calibration: Calibration;
  sources: Share[];
  /** Share of turns that a language model would be asked about, where one is set up. */
  reachesModel: Share;
  misses: string[];
}

/** Runs the suites of registers, of what is out of scope, and the one that is held out through the whole pipeline. */
export async function judgeIntents(understander: Understander): Promise<IntentReport> {
  const judged: Judged[] = [];
  const held = new Set(readUtterances());
  for (const row of [...readRegisters(), ...readOutOfScope(), ...held]) {
    const { acts } = await understander.understand({
      text: row.text,
      timezone: REFERENCE.timezone,
      now: new Date(REFERENCE.reference_time),
      questions: [],
      answering: null,
      lastReceipt: null,
    });
    const [act] = acts;
    const reachesModel = acts.some((each) =>
      needsModel(each, row.text.slice(each.span.start, each.span.end)),
    );
    if (!act) throw new Error(`Nothing was understood of "${row.text}"`);
    const { action: said, confidence, source } = act;
    judged.push({ ...row, said, confidence, source, reachesModel, heldOut: held.has(row) });
  }
  const isRight = ({ action, said }: Judged): boolean => action === said;
  const share = (name: string, rows: readonly Judged[], right = isRight): Share => ({
    name,
    right: rows.filter(right).length,
    count: rows.length,
  });
  const open = judged.filter(({ heldOut }) => !heldOut);
  const closed = judged.filter(({ heldOut }) => heldOut);
  const isRequest = ({ action }: Judged): boolean => action !== 'out_of_scope';
  const isOther = (row: Judged): boolean => !isRequest(row);
  const isRefused = ({ said }: Judged): boolean => said === 'out_of_scope';
  const requests = open.filter(isRequest);
  const others = open.filter(isOther);
  const labels = [...new Set(judged.map(({ action }) => action))];
  const registers = [...new Set(requests.map(({ register }) => register))];
  const confusions = new Map<string, { from: Action; to: Action; count: number }>();
  for (const { action, said } of judged.filter((row) => !isRight(row))) {
    const pair = confusions.get(`${action} ${said}`) ?? { from: action, to: said, count: 0 };
    confusions.set(`${action} ${said}`, { ...pair, count: pair.count + 1 });
  }
  return {
    accuracy: share('all registers', requests),
    registers: registers.map((name) =>
      share(
        name,
        requests.filter(({ register }) => register === name),
      ),
    ),
    labels: labels.map((label) => {
      const own = judged.filter(({ action }) => action === label);
      const said = judged.filter((row) => row.said === label);
      const right = own.filter(isRight).length;
      return {
        label,
        count: own.length,
        recall: right / own.length,
        precision: said.length === 0 ? 0 : right / said.length,
      };
    }),
    confusions: [...confusions.values()].toSorted((a, b) => b.count - a.count),
    outOfScope: {
      recall: share('all', others),
      near: share(
        'near the scope',
        others.filter(({ register }) => register === 'near'),
      ),
      falseRefusals: share('requests', requests, isRefused),
    },
    heldOut: {
      accuracy: share('requests', closed.filter(isRequest)),
      recall: share('out of scope', closed.filter(isOther)),
      falseRefusals: share('requests', closed.filter(isRequest), isRefused),
    },
    calibration: calibrationOf(judged.map((row) => ({ confidence: row.confidence, right: isRight(row) }))),
    sources: ['rule', 'classifier'].map((name) =>
      share(
        name,
        judged.filter(({ source }) => source === name),
      ),
    ),
    reachesModel: share('reaches the model', judged, (row) => row.reachesModel),
    // What is held out stays unread.
    misses: open
      .filter((row) => !isRight(row))
      .map(
        ({ action, said, confidence, source, text }) =>
          `${action} → ${said} (${source} ${confidence.toFixed(2)})\t${text}`,
      ),
  };
}
