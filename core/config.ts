import { z } from 'zod';
import { timezone } from '../contracts/ids.ts';
import { BASE_OPERATIONS, FEATURES } from '../contracts/usage.ts';
import { readCredentialKeys, type CredentialKey } from './credential-keys.ts';
import { LOG_FORMATS, LOG_LEVELS, type LogSettings } from './logger.ts';

/** Each variable is described by what is wanted of it, in words that fit behind "wanted:". */
const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number) =>
  z.coerce.number().int().positive().default(fallback).describe('a whole number above 0');
const switchOf = (fallback: boolean) =>
  z
    .enum(['0', '1', 'true', 'false'])
    .default(fallback ? '1' : '0')
    .transform((value) => value === '1' || value === 'true')
    .describe('0 or 1');
/** More than a century of them is a slip of the hand. */
const KEEP_DAYS_MAX = 36_500;
const days = (fallback: number, least: number) =>
  z.coerce
    .number()
    .int()
    .min(least)
    .max(KEEP_DAYS_MAX)
    .default(fallback)
    .describe(`a whole number from ${least} to ${KEEP_DAYS_MAX}`);
const optionalText = z.string().optional();
const url = (...protocols: string[]) =>
  optionalText
    .refine(
      (value) =>
        value === undefined || (protocols.some((p) => value.startsWith(`${p}://`)) && URL.canParse(value)),
    )
    .describe(`an address that begins with ${protocols.map((p) => `${p}://`).join(' or ')}`);

/** `name=1,other=2`, each name once; of known names only, where they are given. */
const amounts = (names: readonly string[] | null, what: string) =>
  z
    .string()
    .default('')
    .transform((text) => readAmounts(text))
    .refine((found) => found !== null && Object.keys(found).every((name) => names?.includes(name) ?? true))
    .transform((found) => found ?? {})
    .describe(`${what}, each name once`);

function readAmounts(text: string): Record<string, number> | null {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair) => /^(?<name>[^=\s]+)=(?<amount>\d+(?:\.\d+)?)$/.exec(pair)?.groups);
  if (pairs.some((pair) => pair === undefined)) return null;
  // Which of two amounts was meant can't be known.
  if (new Set(pairs.map((pair) => pair?.['name'])).size < pairs.length) return null;
  return Object.fromEntries(pairs.map((pair) => [pair?.['name'] ?? '', Number(pair?.['amount'])]));
}
/** Those of the App Store's signed payloads. The last two are of a developer's own machine and not signed by the store. */
const APPLE_ENVIRONMENTS = ['Production', 'Sandbox', 'Xcode', 'LocalTesting'] as const;
type AppleEnvironment = (typeof APPLE_ENVIRONMENTS)[number];
const UNSIGNED: ReadonlySet<string> = new Set<AppleEnvironment>(['Xcode', 'LocalTesting']);

/** Everything that can be set in the environment. `.env.example` lists each with its default. */
const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(3000).describe('a whole number from 0 to 65535'),
  HOST: z.string().default('127.0.0.1'),
  REDIS_URL: url('redis', 'rediss'),
  DATABASE_URL: url('postgres', 'postgresql'),
  DATABASE_OWNER_URL: url('postgres', 'postgresql'),
  DATABASE_POOL_MAX: count(10),
  PULSEPLAN_DATA_DIR: z.string().default('.data'),
  PULSEPLAN_DEMO: z.enum(['0', '1']).optional().describe('0 or 1'),
  JWT_SECRET: z.string().min(32).optional().describe('at least 32 characters'),
  JWKS_URL: url('https', 'http'),
  JWT_ISSUER: optionalText,
  JWT_AUDIENCE: optionalText,
  OIDC_ISSUER: url('https', 'http'),
  OIDC_CLIENT_ID: optionalText,
  CREDENTIAL_KEYS: z
    .string()
    .default('')
    .transform(readCredentialKeys)
    .refine((keys) => keys !== null)
    .transform((keys) => keys ?? [])
    .describe('id:key pairs, each id once and each key 32 bytes in base64, separated by commas'),
  ERASURE_CLEANS: z.enum(['private', 'all', 'none']).default('private').describe('one of private, all, none'),
  ERASURE_WHOLE_MAX_MB: count(256),
  ERASURE_KEY: z.string().min(32).optional().describe('at least 32 characters'),
  CORS_ORIGINS: z.string().default(''),
  TRUST_PROXY: switchOf(false),
  RATE_TURNS_PER_MINUTE: count(600),
  RATE_BURST: count(200),
  RATE_ADDRESS_FACTOR: count(10),
  NLU_CONCURRENCY: count(20),
  WORKFLOW_CONCURRENCY: count(20),
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: url('https', 'http'),
  LLM_MODEL: optionalText,
  ENCODER_MODEL: z
    .string()
    .regex(/^(local|[\w.-]+\/[\w.-]+)$/)
    .default('local')
    .describe("local, or a hub's model such as Xenova/all-MiniLM-L6-v2"),
  /** The least likeness of an earlier turn; measured for the local encoder, see docs/memory.md. */
  RECALL_THRESHOLD: z.coerce.number().min(-1).max(1).default(0.35).describe('a number from -1 to 1'),
  BILLING_ZONE: timezone.default('UTC').describe('a time zone such as Europe/Vienna'),
  FREE_TOKENS_PER_MONTH: z.coerce.number().int().min(0).optional().describe('a whole number'),
  PREMIUM_TOKENS_PER_MONTH: z.coerce.number().int().min(0).optional().describe('a whole number'),
  FEATURE_COSTS: amounts(FEATURES, `pairs such as email_draft_llm=500, of ${FEATURES.join(', ')}`),
  OPERATION_COSTS: amounts(
    BASE_OPERATIONS,
    `pairs such as conversation_turn=200, of ${BASE_OPERATIONS.join(', ')}`,
  ),
  MODEL_PRICES: amounts(null, 'pairs such as gpt-4=0.03, in USD for 1,000 tokens'),
  USAGE_KEEP_MONTHS: z.coerce.number().int().min(3).max(1_200).default(3).describe('a whole number from 3'),
  USAGE_ARCHIVE_DIR: optionalText,
  SESSION_TIMEOUT_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_440)
    .default(30)
    .describe('a whole number from 1 to 1440'),
  TURN_KEEP_DAYS: days(0, 0),
  QUESTION_KEEP_DAYS: days(30, 1),
  NOTICE_KEEP_DAYS: days(30, 1),
  SYSTEM_LOG_KEEP_DAYS: days(365, 1),
  WRITE_KEY_KEEP_HOURS: z.coerce
    .number()
    .int()
    .min(24)
    .max(8_784)
    .default(25)
    .describe('a whole number from 24 to 8784'),
  POSTHOG_API_KEY: optionalText,
  POSTHOG_HOST: url('https', 'http'),
  SMTP_URL: url('smtp', 'smtps'),
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[\w-]{87}$/)
    .optional()
    .describe('87 characters of base64url'),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[\w-]{43}$/)
    .optional()
    .describe('43 characters of base64url'),
  VAPID_SUBJECT: z
    .string()
    .regex(/^(?:mailto:\S+@\S+|https:\/\/\S+)$/)
    .default('mailto:push@pulseplan.invalid')
    .describe('mailto: with an address, or an address that begins with https://'),
  PUSH_HOSTS: z.string().default(''),
  APPLE_BUNDLE_ID: optionalText,
  APPLE_ROOT_CERTS: optionalText,
  APPLE_APP_ID: z.coerce.number().int().positive().optional().describe('a whole number above 0'),
  APPLE_ENVIRONMENT: z
    .enum(APPLE_ENVIRONMENTS)
    .optional()
    .describe(`one of ${APPLE_ENVIRONMENTS.join(', ')}`),
  APPLE_ONLINE_CHECKS: switchOf(false),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe(`one of ${LOG_LEVELS.join(', ')}`),
  LOG_FORMAT: z
    .enum(LOG_FORMATS)
    .optional()
    .describe(`one of ${LOG_FORMATS.join(', ')}`),
  ANALYTICS_KEY: optionalText,
  /** Fault points and clocks of the test suites; production refuses them. */
  PULSEPLAN_FAULT: optionalText,
  PULSEPLAN_CLOCK_OFFSET_MS: z.coerce.number().int().default(0).describe('a whole number'),
  PULSEPLAN_REPLY_PIECES: z.coerce
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('a whole number from 0 to 1000'),
});

/** What each line of `.env.example` may be about. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

/** Keys, and addresses that may hold a password: what was given is never repeated. */
const SECRETS: ReadonlySet<string> = new Set([
  'REDIS_URL',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'SMTP_URL',
  'JWT_SECRET',
  'OPENAI_API_KEY',
  'POSTHOG_API_KEY',
  'ANALYTICS_KEY',
  'CREDENTIAL_KEYS',
  'ERASURE_KEY',
  'VAPID_PRIVATE_KEY',
]);

type Variables = Readonly<Record<string, string | undefined>>;
type Environment = z.output<typeof environment>;

/** The checked environment, with defaults filled in. Empty variables count as not set. */
export interface Config extends Omit<
  Environment,
  'PULSEPLAN_DEMO' | 'CORS_ORIGINS' | 'PUSH_HOSTS' | 'CREDENTIAL_KEYS' | AppleName
> {
  production: boolean;
  demo: boolean;
  corsOrigins: readonly string[];
  /** Push services besides those of the known browsers. */
  pushHosts: readonly string[];
  /** The first one seals credentials, all of them open them. */
  credentialKeys: readonly CredentialKey[];
  apple: AppleSettings | null;
}
type AppleName = Extract<keyof Environment, `APPLE_${string}`>;

/** Whose payments are taken, and what proves them. */
export interface AppleSettings {
  bundleId: string;
  /** Of certificates, DER or PEM. */
  rootCertPaths: readonly string[];
  appId: number | undefined;
  environment: AppleEnvironment;
  onlineChecks: boolean;
}

/** Every fault of the environment at once, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`Some settings are not right:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * The one place that reads the environment. A variable that is set to nothing counts as not set.
 *
 * @param given usually `process.env`; tests pass their own
 * @throws ConfigError that lists every fault
 */
export function loadConfig(given: Variables): Config {
  const env = withoutEmpty(given);
  const parsed = environment.safeParse(env);
  const faults = parsed.success ? [] : faultsOf(parsed.error, env);
  const production = env['NODE_ENV'] === 'production';
  if (Boolean(env['OIDC_ISSUER']) !== Boolean(env['OIDC_CLIENT_ID']))
    faults.push(
      env['OIDC_ISSUER']
        ? 'OIDC_CLIENT_ID is required with OIDC_ISSUER'
        : 'OIDC_ISSUER is required with OIDC_CLIENT_ID',
    );
  if (Boolean(env['VAPID_PUBLIC_KEY']) !== Boolean(env['VAPID_PRIVATE_KEY']))
    faults.push('VAPID_PUBLIC_KEY and VAPID_PRIVATE_KEY are a pair: set both or none');
  faults.push(...appleFaults(env, production));
  if (production) {
    if (!env['JWT_SECRET'] && !env['JWKS_URL'] && !env['OIDC_ISSUER'])
      faults.push('JWT_SECRET or JWKS_URL or OIDC_ISSUER is required when NODE_ENV=production');
    for (const name of ['PULSEPLAN_FAULT', 'PULSEPLAN_CLOCK_OFFSET_MS', 'PULSEPLAN_REPLY_PIECES'] as const) {
      if (env[name] && env[name] !== '0')
        faults.push(`${name} is for tests only and refused when NODE_ENV=production`);
    }
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const {
    PULSEPLAN_DEMO,
    CORS_ORIGINS,
    PUSH_HOSTS,
    CREDENTIAL_KEYS,
    APPLE_BUNDLE_ID,
    APPLE_ROOT_CERTS,
    APPLE_APP_ID,
    APPLE_ENVIRONMENT: _environment,
    APPLE_ONLINE_CHECKS,
    ...rest
  } = parsed.data;
  return {
    ...rest,
    production,
    demo: PULSEPLAN_DEMO === undefined ? !production : PULSEPLAN_DEMO === '1',
    corsOrigins: listOf(CORS_ORIGINS),
    pushHosts: listOf(PUSH_HOSTS),
    credentialKeys: CREDENTIAL_KEYS,
    apple:
      APPLE_BUNDLE_ID === undefined
        ? null
        : {
            bundleId: APPLE_BUNDLE_ID,
            rootCertPaths: listOf(APPLE_ROOT_CERTS ?? ''),
            appId: APPLE_APP_ID,
            environment: appleEnvironment(env, production),
            onlineChecks: APPLE_ONLINE_CHECKS,
          },
  };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** Where nothing is named: that of the real store in production, and where the app's number in it is given. */
function appleEnvironment(env: Variables, production: boolean): AppleEnvironment {
  const named = APPLE_ENVIRONMENTS.find((name) => name === env['APPLE_ENVIRONMENT']);
  return named ?? (production || env['APPLE_APP_ID'] ? 'Production' : 'Sandbox');
}

function appleFaults(env: Variables, production: boolean): string[] {
  if (!env['APPLE_BUNDLE_ID'])
    return env['APPLE_ROOT_CERTS'] ? ['APPLE_BUNDLE_ID is required with APPLE_ROOT_CERTS'] : [];
  const environment = appleEnvironment(env, production);
  const faults: string[] = [];
  if (!env['APPLE_ROOT_CERTS'] && !UNSIGNED.has(environment))
    faults.push('APPLE_ROOT_CERTS is required with APPLE_BUNDLE_ID');
  if (!env['APPLE_APP_ID'] && environment === 'Production')
    faults.push('APPLE_APP_ID is required with APPLE_BUNDLE_ID when APPLE_ENVIRONMENT=Production');
  if (production && UNSIGNED.has(environment))
    faults.push(
      `APPLE_ENVIRONMENT=${environment} takes unsigned payments and is refused when NODE_ENV=production`,
    );
  return faults;
}

/**
 * What a client on the same machine needs to find the product; it asks for nothing that only a server needs.
 *
 * @throws ConfigError
 */
export function loadPlace(given: Variables): Pick<Config, 'PORT' | 'HOST' | 'PULSEPLAN_DATA_DIR'> {
  const env = withoutEmpty(given);
  const parsed = environment.pick({ PORT: true, HOST: true, PULSEPLAN_DATA_DIR: true }).safeParse(env);
  if (!parsed.success) throw new ConfigError(faultsOf(parsed.error, env));
  return parsed.data;
}

/** How to log before there is a configuration; a wrong value is `loadConfig`'s to report. */
export function logSettings(given: Variables = process.env): LogSettings {
  const { LOG_LEVEL, LOG_FORMAT } = environment.shape;
  const env = withoutEmpty(given);
  return {
    level: LOG_LEVEL.catch('info').parse(env['LOG_LEVEL']),
    format: LOG_FORMAT.catch(undefined).parse(env['LOG_FORMAT']),
  };
}

/**
 * Versions of ONNX Runtime after ours report their use, unless the environment of the process (not a thread's copy of
 * it) says otherwise before they are loaded.
 */
export function refuseNativeTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}

/** Where people on this machine reach a server that listens there. */
export function reachableUrl(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function withoutEmpty(given: Variables): Variables {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
}

/** One sentence for each variable: what was given unless it is a secret, and what is wanted. */
function faultsOf(error: z.ZodError, env: Variables): string[] {
  const first = new Map(error.issues.toReversed().map((issue) => [issue.path.join('.'), issue.message]));
  return [...first].toReversed().map(([name, message]) => {
    const given = SECRETS.has(name) ? 'is not right' : `is "${env[name] ?? ''}"`;
    const field = Object.entries(environment.shape).find(([known]) => known === name)?.[1];
    return `${name} ${given}; wanted: ${field?.description ?? message}`;
  });
}
