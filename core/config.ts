import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback);
const switchOf = (fallback: boolean) =>
  z
    .enum(['0', '1', 'true', 'false'])
    .default(fallback ? '1' : '0')
    .transform((value) => value === '1' || value === 'true');
const optionalText = z
  .string()
  .optional()
  .transform((value) => (value === '' ? undefined : value));
const url = (...protocols: string[]) =>
  optionalText.refine((value) => value === undefined || protocols.some((p) => value.startsWith(`${p}://`)), {
    message: `must begin with ${protocols.map((p) => `${p}://`).join(' or ')}`,
  });

/** Everything that can be set in the environment. `.env.example` lists each with its default. */
const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  REDIS_URL: url('redis', 'rediss'),
  DATABASE_URL: url('postgres', 'postgresql'),
  DATABASE_OWNER_URL: url('postgres', 'postgresql'),
  DATABASE_POOL_MAX: count(10),
  PULSEPLAN_DATA_DIR: z.string().min(1).default('.data'),
  PULSEPLAN_DEMO: optionalText.pipe(z.enum(['0', '1']).optional()),
  JWT_SECRET: optionalText.refine((value) => value === undefined || value.length >= 32, {
    message: 'must have at least 32 characters',
  }),
  JWKS_URL: url('https', 'http'),
  JWT_ISSUER: optionalText,
  JWT_AUDIENCE: optionalText,
  OIDC_ISSUER: url('https', 'http'),
  OIDC_CLIENT_ID: optionalText,
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
  POSTHOG_API_KEY: optionalText,
  POSTHOG_HOST: url('https', 'http'),
  SMTP_URL: url('smtp', 'smtps'),
  APPLE_BUNDLE_ID: optionalText,
  APPLE_ROOT_CERTS: optionalText,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  ANALYTICS_KEY: optionalText,
  /** Fault points and clocks of the test suites; production refuses them. */
  PULSEPLAN_FAULT: optionalText,
  PULSEPLAN_CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  PULSEPLAN_REPLY_PIECES: z.coerce.number().int().min(0).max(1000).default(0),
});

type Environment = z.output<typeof environment>;

export interface Config extends Omit<Environment, 'PULSEPLAN_DEMO' | 'CORS_ORIGINS'> {
  production: boolean;
  demo: boolean;
  corsOrigins: readonly string[];
}

/** Every fault of the environment at once, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`The environment is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * The one place that reads the environment. Throws a `ConfigError` that lists every fault.
 *
 * @param env usually `process.env`; tests pass their own
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  const faults = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const production = env.NODE_ENV === 'production';
  if (Boolean(env.OIDC_ISSUER) !== Boolean(env.OIDC_CLIENT_ID))
    faults.push(
      env.OIDC_ISSUER
        ? 'OIDC_CLIENT_ID is required with OIDC_ISSUER'
        : 'OIDC_ISSUER is required with OIDC_CLIENT_ID',
    );
  if (production) {
    if (!env.JWT_SECRET && !env.JWKS_URL && !env.OIDC_ISSUER)
      faults.push('JWT_SECRET or JWKS_URL or OIDC_ISSUER is required when NODE_ENV=production');
    for (const name of ['PULSEPLAN_FAULT', 'PULSEPLAN_CLOCK_OFFSET_MS', 'PULSEPLAN_REPLY_PIECES'] as const) {
      if (env[name] && env[name] !== '0')
        faults.push(`${name} is for tests only and refused when NODE_ENV=production`);
    }
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const { PULSEPLAN_DEMO, CORS_ORIGINS, ...rest } = parsed.data;
  return {
    ...rest,
    production,
    demo: PULSEPLAN_DEMO === undefined ? !production : PULSEPLAN_DEMO === '1',
    corsOrigins: CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  };
}
