import { FILES, REDIS_KEYS } from '../../sessions/erasure/manifest.ts';

/** As Redis matches: `*` stands for anything. */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  ).test(text);

export const isRedisKeyNamed = (key: string): boolean =>
  REDIS_KEYS.some(({ pattern }) => matches(pattern, key));

export const isFileNamed = (path: string): boolean => FILES.some((file) => matches(file.path, path));
