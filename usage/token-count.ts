import type { ChatMessage } from '../integrations/llm/language-model.ts';

/** Roles and separators around one message, in tokens. */
const PER_MESSAGE = 8;

/**
 * Tokens of a text, counted without the provider's own tokenizer and rather too high than too low: one for three ASCII
 * characters (English has about four to a token), one for each byte of any other.
 */
export function countTokens(text: string): number {
  const bytes = Buffer.byteLength(text, 'utf8');
  const ascii = text.replace(/[^\0-\x7f]/g, '').length;
  return Math.ceil(ascii / 3) + (bytes - ascii);
}

/** Tokens of a whole prompt, with what stands around its messages. */
export const countPrompt = (messages: readonly ChatMessage[]): number =>
  messages.reduce((sum, { content }) => sum + countTokens(content) + PER_MESSAGE, PER_MESSAGE);

/** The most that a call can take: its prompt and the whole of the output that it may ask for. */
export const worstCase = (
  prompt: { messages: readonly ChatMessage[]; maxOutputTokens: number } | null,
): number => (prompt ? countPrompt(prompt.messages) + prompt.maxOutputTokens : 0);
