import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, type Action } from '../../../contracts/intents.ts';

/** A training sentence with the label it stands for and the way of putting it that it shares with others. */
export interface Sentence {
  text: string;
  action: Action;
  family: string;
}

/**
 * All sentences of `models/intent/data/<action>.txt`. A line `# family: name` begins a family of sentences that share a way
 * of putting it; a family is never torn apart between training and test.
 *
 * @throws Error naming file and line where a sentence stands outside a family or twice
 */
export function readSentences(dataDir: string): Sentence[] {
  const seen = new Map<string, string>();
  return [...ACTIONS.keys()].flatMap((name) => {
    const action = name as Action;
    const file = join(dataDir, `${action}.txt`);
    let family = '';
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const text = line.trim();
        const place = `${action}.txt:${index + 1}`;
        if (text === '') return [];
        const head = /^# family:\s*(\S.*)$/.exec(text);
        if (head) {
          family = `${action}/${head[1] ?? ''}`;
          return [];
        }
        if (family === '') throw new Error(`${place} stands outside a family`);
        const key = text
          .toLowerCase()
          .replace(/[\s\p{P}]+/gu, ' ')
          .trim();
        const other = seen.get(key);
        if (other !== undefined && key !== '')
          throw new Error(`${place} stands at ${other} already: ${text}`);
        seen.set(key, place);
        return [{ text, action, family }];
      });
  });
}

/** A number in [0, 1) that only depends on the name, so that a family keeps its place when others are added. */
export function placeOf(family: string): number {
  return createHash('sha256').update(family).digest().readUInt32BE(0) / 4_294_967_296;
}
