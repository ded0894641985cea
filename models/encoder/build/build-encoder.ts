import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  ENCODER_DIMENSION,
  MAX_TOKENS,
  MODEL_FILES,
  MODEL_NAME,
  sha256,
  type EncoderManifest,
} from '../artefact.ts';
import { sentenceEncoder, type Precision } from './graph.ts';
import { SOURCE_PACKAGE, SourceModel } from './source-model.ts';
import { tokenizerFiles } from './tokenizer-files.ts';

/**
 * Makes the encoder's files out of the source package: the graph, the tokenizer and the manifest that holds their
 * hashes, by path inside the model's folder. The same package makes the same bytes, whenever and wherever.
 *
 * @param precision `int8` is what the product runs; `fp32`, four times the size, is what it is compared with
 */
export async function buildEncoder(precision: Precision): Promise<Map<string, Uint8Array>> {
  const source = await SourceModel.read();
  const files = new Map<string, Uint8Array>();
  files.set(MODEL_FILES[precision], sentenceEncoder(source, precision));
  for (const [name, text] of Object.entries(tokenizerFiles(source.vocabulary, ENCODER_DIMENSION)))
    files.set(name, Buffer.from(text));
  const manifest: EncoderManifest = {
    name: MODEL_NAME,
    dimension: ENCODER_DIMENSION,
    max_tokens: MAX_TOKENS,
    precision,
    outputs: ['emb', 'hid'],
    source: { package: SOURCE_PACKAGE, version: source.version, license: 'Apache-2.0' },
    files: Object.fromEntries(
      [...files].map(([path, bytes]) => [path, { bytes: bytes.length, sha256: sha256(bytes) }]),
    ),
  };
  files.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

/** Writes what was built; card and notice, which are written by hand, stay. */
export async function writeEncoder(dir: string, precision: Precision): Promise<void> {
  const files = await buildEncoder(precision);
  await rm(join(dir, 'onnx'), { recursive: true, force: true });
  for (const [path, bytes] of files) {
    const target = join(dir, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}
