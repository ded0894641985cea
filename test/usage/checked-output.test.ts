import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkOutput, parseOutput } from '../../usage/checked-output.ts';
import { LanguageModelError } from '../../integrations/llm/language-model.ts';

const draft = z.strictObject({ subject: z.string().min(1), body: z.string() });
const MAIL = { subject: 'Hello', body: 'Use ```code``` here' };
const JSON_TEXT = JSON.stringify(MAIL);

describe('output of a model', () => {
  it.each([
    ['bare', JSON_TEXT],
    ['with white space around it', `\n\n  ${JSON_TEXT}\n`],
    ['in a fence', `\`\`\`\n${JSON_TEXT}\n\`\`\``],
    ['in a fence with a name', `\`\`\`json\n${JSON_TEXT}\n\`\`\`\n`],
    ['in a fence of one line', `\`\`\`json ${JSON_TEXT}\`\`\``],
    ['in a fence with words before it', `Here you are:\n\n\`\`\`json\n${JSON_TEXT}\n\`\`\`\nAnything else?`],
  ])('is read %s', (_how, text) => {
    expect(parseOutput(draft, text)).toEqual(MAIL);
  });

  it.each([
    ['nothing', ''],
    ['words', 'I would rather not write about grandmother.'],
    ['half a fence', '```json'],
    ['half an object', '{"subject": "grandmother'],
    ['another shape', '{"subject": "grandmother"}'],
    ['more than was asked for', JSON.stringify({ ...MAIL, tool: 'send_mail' })],
    ['a list', `[${JSON_TEXT}]`],
  ])('that is %s is refused without a word of it', (_what, text) => {
    const error = thrownBy(() => parseOutput(draft, text));
    expect(error).toMatchObject({ kind: 'bad_answer', retryable: true, received: text });
    expect(`${String(error)} ${error?.stack}`).not.toMatch(/grandmother|send_mail|position/);
  });

  it('is checked by any reader', () => {
    const letter = z.string().trim().min(5).max(20);
    expect(checkOutput('  Dear all  ', (text) => letter.parse(text))).toBe('Dear all');
    expect(thrownBy(() => checkOutput('Hm', (text) => letter.parse(text)))).toMatchObject({
      kind: 'bad_answer',
    });
  });
});

function thrownBy(act: () => unknown): LanguageModelError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof LanguageModelError) return error;
    throw error;
  }
  return undefined;
}
