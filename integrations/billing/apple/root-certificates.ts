import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError } from '../../../core/config.ts';

/**
 * The pinned roots as DER, of files that are DER or PEM.
 *
 * @throws ConfigError that names each file which holds no certificate
 */
export async function readRootCertificates(paths: readonly string[]): Promise<Buffer[]> {
  const faults: string[] = [];
  const roots: Buffer[] = [];
  for (const path of paths) {
    try {
      roots.push(new X509Certificate(await readFile(path)).raw);
    } catch {
      faults.push(
        `APPLE_ROOT_CERTS names "${path}"; wanted: files that hold one certificate each, DER or PEM`,
      );
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return roots;
}
