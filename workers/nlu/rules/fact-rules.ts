import { readFact } from '../facts/read-fact.ts';
import type { Rule } from './rule.ts';

/** "My dentist is Dr. Weber", "who is my dentist?", "forget my dentist": the whole message, which is about nothing else. */
export const FACT_RULES: readonly Rule[] = [
  {
    name: 'preferences.fact',
    action: 'set_preference',
    confidence: 0.97,
    sure: /^/,
    pattern: /^(?<body>\S.*)$/ds,
    read: (draft, recognition) => {
      const fact = readFact(draft, recognition.body);
      return fact && { ...recognition, params: { fact } };
    },
  },
];
