import { readSentences } from '../models/intent/training/sentences.ts';
import { newDraft } from '../workers/nlu/draft.ts';
import { isSure, recogniseByRules } from '../workers/nlu/recognise.ts';
import { plainText } from '../workers/nlu/plain-text.ts';
import { withoutLead } from '../workers/nlu/leads.ts';

const only = process.argv[2];
const now = new Date('2026-11-18T09:00:00Z');
const counts = new Map<string, { right: number; wrong: number; bad: string[] }>();
let n = 0;
for (const { text, action } of readSentences('models/intent/data')) {
  n += 1;
  const draft = recogniseByRules(newDraft(withoutLead(plainText(text), false).text, 'Europe/Vienna', now));
  const { recognition } = draft;
  if (!recognition || !isSure(draft)) continue;
  const one = counts.get(recognition.rule) ?? { right: 0, wrong: 0, bad: [] };
  counts.set(recognition.rule, one);
  if (recognition.action === action) one.right += 1;
  else {
    one.wrong += 1;
    one.bad.push(`${action}: ${text}`);
  }
}
console.log(n);
for (const [rule, { right, wrong, bad }] of [...counts].sort())
  if (only ? rule.match(only) : wrong / (right + wrong) > 0.03) {
    console.log(rule, right, wrong, (right / (right + wrong)).toFixed(3));
    for (const line of only ? bad : bad.slice(0, 6)) console.log('    ', line);
  }
