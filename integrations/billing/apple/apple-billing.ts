import {
  Environment,
  SignedDataVerifier,
  VerificationException,
  VerificationStatus,
} from '@apple/app-store-server-library';
import type { z } from 'zod';
import { PulseError } from '../../../contracts/errors.ts';
import type { Clock } from '../../../core/clock.ts';
import type { AppleSettings } from '../../../core/config.ts';
import type { BillingProvider } from '../billing-provider.ts';
import { factOf, PAYLOADS } from './apple-facts.ts';

/** Clocks differ; what is signed later than that is refused, since it would stay the latest for ever. */
const AHEAD_MAX_MS = 5 * 60_000;

const ENVIRONMENTS: Readonly<Record<AppleSettings['environment'], Environment>> = {
  Production: Environment.PRODUCTION,
  Sandbox: Environment.SANDBOX,
  Xcode: Environment.XCODE,
  LocalTesting: Environment.LOCAL_TESTING,
};

/**
 * The App Store (Server Notifications V2, StoreKit 2 transactions) as a provider of payments, by Apple's own library.
 * Each payload must be signed by a certificate of the store that leads to one of the pinned roots and was valid at the
 * time of signing; with `onlineChecks` it must be valid today and its issuer is asked whether it still is.
 *
 * @param rootCerts DER; everything else in the payload's own chain is what is to be proved
 */
export function createAppleBilling(
  settings: Omit<AppleSettings, 'rootCertPaths'>,
  rootCerts: readonly Buffer[],
  clock: Clock,
): BillingProvider {
  const { environment } = settings;
  const verifier = new SignedDataVerifier(
    [...rootCerts],
    settings.onlineChecks,
    ENVIRONMENTS[environment],
    settings.bundleId,
    settings.appId,
  );
  /** A payload that is proved, in the shape we know it by. */
  async function read<T extends z.ZodType<{ signedDate: string }>>(
    verified: Promise<unknown>,
    schema: T,
  ): Promise<z.output<T>> {
    const payload = schema.safeParse(await proved(verified));
    if (!payload.success)
      throw new PulseError('validation_error', 'The signed payload is not what the App Store sends.');
    if (Date.parse(payload.data.signedDate) > clock.now().getTime() + AHEAD_MAX_MS)
      throw new PulseError('validation_error', 'The payload is signed at a time that has not come yet.');
    return payload.data;
  }
  const readTransaction = (signed: string) =>
    read(verifier.verifyAndDecodeTransaction(signed), PAYLOADS.transaction);
  const readRenewal = (signed: string) => read(verifier.verifyAndDecodeRenewalInfo(signed), PAYLOADS.renewal);

  return {
    name: 'apple',
    async readNotification(payload) {
      const decoded = verifier.verifyAndDecodeNotification(payload);
      const notification = await read(decoded, PAYLOADS.notification);
      const { signedTransactionInfo, signedRenewalInfo } = (await decoded).data ?? {};
      return factOf(environment, {
        notification,
        transaction: signedTransactionInfo ? await readTransaction(signedTransactionInfo) : null,
        renewal: signedRenewalInfo ? await readRenewal(signedRenewalInfo) : null,
      });
    },
    async readTransaction(signed) {
      const transaction = await readTransaction(signed);
      return factOf(environment, { notification: null, transaction, renewal: null });
    },
  };
}

async function proved(verified: Promise<unknown>): Promise<unknown> {
  try {
    return await verified;
  } catch (error) {
    throw error instanceof VerificationException ? refusalOf(error.status) : error;
  }
}

function refusalOf(status: VerificationStatus): PulseError {
  switch (status) {
    case VerificationStatus.RETRYABLE_VERIFICATION_FAILURE:
      return new PulseError(
        'dependency_unavailable',
        'The status of the certificate can’t be had right now. Try again later.',
      );
    case VerificationStatus.INVALID_APP_IDENTIFIER:
      return new PulseError('validation_error', 'The payload is signed for another app.');
    case VerificationStatus.INVALID_ENVIRONMENT:
      return new PulseError('validation_error', 'The payload is of another environment of the App Store.');
    default:
      return new PulseError('validation_error', 'The payload is not signed by the App Store.');
  }
}
