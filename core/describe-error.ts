/** Type, code and stack without the message of a foreign error, which may quote what a user wrote. */
export function describeError(error: unknown): {
  type: string;
  code?: string | undefined;
  stack?: string | undefined;
} {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { type: error.name, code, stack: frames?.slice(0, 12).join('\n') };
}
