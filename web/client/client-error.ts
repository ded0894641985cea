import type { ErrorCode, WireError } from '../../contracts/errors.ts';

/** What can go wrong between a client and the product: the product's own codes, and two of the way there. */
export type ClientErrorCode = ErrorCode | 'unreachable' | 'unreadable_answer';

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
  static unreachable(): ClientError {
    return new ClientError('unreachable', 'The server does not answer.', true);
  }
  static unreadable(): ClientError {
    return new ClientError(
      'unreadable_answer',
      'The server answered in a form that this client cannot read.',
      false,
    );
  }
}
