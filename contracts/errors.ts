import { z } from 'zod';

/**
 * Every error that leaves the product, with its HTTP status and whether the same request can succeed later.
 * The same codes stand in acknowledgements, REST answers and results of turns.
 */
export const ERRORS = {
  validation_error: { status: 400, retryable: false },
  authentication_error: { status: 401, retryable: false },
  token_expired: { status: 401, retryable: true },
  account_erased: { status: 401, retryable: false },
  quota_exceeded: { status: 402, retryable: false },
  forbidden: { status: 403, retryable: false },
  feature_unavailable: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  turn_id_conflict: { status: 409, retryable: false },
  version_conflict: { status: 409, retryable: false },
  already_answered: { status: 409, retryable: false },
  cancel_too_late: { status: 409, retryable: false },
  clarification_expired: { status: 410, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  rate_limited: { status: 429, retryable: true },
  session_busy: { status: 429, retryable: true },
  internal_error: { status: 500, retryable: true },
  dependency_unavailable: { status: 503, retryable: true },
  deadline_exceeded: { status: 504, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;
export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** The shape inside a refused acknowledgement. */
export const wireError = z.strictObject({ code: errorCode, message: z.string(), retryable: z.boolean() });
export type WireError = z.infer<typeof wireError>;

/** The body of a refused REST call. `details` lists each fault of the input by its path. */
export const restError = z.object({
  error: z.string(),
  error_code: errorCode,
  retryable: z.boolean(),
  details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type RestError = z.infer<typeof restError>;

/** An error that a person may read: its message never holds user words, addresses or tokens. */
export class PulseError extends Error {
  override readonly name = 'PulseError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ReadonlyArray<{ path: string; message: string }>,
  ) {
    super(message);
  }
  /** Whether the same request can succeed later. */
  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
  /** The HTTP status that goes with the code. */
  get status(): number {
    return ERRORS[this.code].status;
  }
  /** As it stands in a refused acknowledgement; `details` are for REST only. */
  toWire(): WireError {
    return { code: this.code, message: this.message, retryable: this.retryable };
  }
}

/** A schema's complaint in plain words; the offending value itself is not repeated. */
function validationError(error: z.ZodError): PulseError {
  const details = error.issues.map((issue) => ({
    path: issue.path.map(String).join('.'),
    message: describeIssue(issue),
  }));
  const first = details[0];
  const where = first?.path ? `"${first.path}": ` : '';
  return new PulseError(
    'validation_error',
    `The request is not valid. ${where}${first?.message ?? 'unknown fault'}.`,
    details,
  );
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'unrecognized_keys') return issue.message;
  // Only what looks like the name of a field is named: anything else may be words of a user.
  const names = issue.keys.filter((key) => /^[A-Za-z_]\w{0,39}$/.test(key));
  return names.length > 0 ? `unknown field ${names.map((name) => `"${name}"`).join(', ')}` : 'unknown field';
}

/** Parse or throw a `validation_error`. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw validationError(parsed.error);
  return parsed.data;
}
