/** What people call the state of a thing, by its kind. */
const STATES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  task: { open: 'open', done: 'done' },
  reminder: { scheduled: 'to come', fired: 'told', done: 'done' },
  draft: { draft: 'not sent', sending: 'on its way', sent: 'sent' },
};

export const sayState = (kind: string, status: string): string => STATES[kind]?.[status] ?? status;

/** Said behind the words that asked for a change: how they were understood; nothing where they say it plainly. */
export function sayUnderstood({
  source,
  confidence,
}: {
  source: string;
  confidence?: number | null | undefined;
}): string {
  if (source === 'llm') return ', which the language model read and you confirmed';
  if (source !== 'classifier' || confidence == null) return '';
  return `, which I understood with ${Math.round(confidence * 100)} % certainty`;
}
