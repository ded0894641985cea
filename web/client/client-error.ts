import { TEXT_MAX_CHARS } from '../../contracts/events.ts';
import type { ErrorCode, WireError } from '../../contracts/errors.ts';

/**
 * What can go wrong between a client and the product: the product's own codes, two of the way there, and `signed_out`
 * where no token can be had before a person has signed in.
 */
export type ClientErrorCode = ErrorCode | 'unreachable' | 'unreadable_answer' | 'signed_out';

/** A refusal or a failure on the way; `message` is a sentence for a person. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: ClientErrorCode;
  readonly retryable: boolean;

  constructor(code: ClientErrorCode, message: string, retryable: boolean) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }

  static of(error: WireError): ClientError {
    return new ClientError(error.code, error.message, error.retryable);
  }
  /** What was thrown, where it is one of these; anything else never reached the server. */
  static from(error: unknown): ClientError {
    return error instanceof ClientError ? error : ClientError.unreachable();
  }
  static unreachable(): ClientError {
    return new ClientError('unreachable', 'The server does not answer.', true);
  }
  static tooLong(): ClientError {
    const message = `That is too long to send: a message has at most ${TEXT_MAX_CHARS.toLocaleString('en')} characters.`;
    return new ClientError('payload_too_large', message, false);
  }
  static signedOut(message = 'Your sign-in has ended. Sign in again to go on.'): ClientError {
    return new ClientError('signed_out', message, false);
  }
  static unreadable(): ClientError {
    return new ClientError(
      'unreadable_answer',
      'The server answered in a form that this client cannot read.',
      false,
    );
  }
}
