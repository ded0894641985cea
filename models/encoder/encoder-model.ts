import { join } from 'node:path';
import { encoderDir } from './artefact.ts';

/** Which model makes the vectors. Vectors of two models are never compared: keep the name beside them. */
export type EncoderModel =
  | { kind: 'folder'; name: string; dir: string }
  | {
      kind: 'hub';
      /** Owner and name, such as `Xenova/all-MiniLM-L6-v2`. */
      name: string;
      /** Where its files are kept once they have been fetched. */
      cacheDir: string;
      /** Of another hub than the public one, with a slash at its end. */
      hubUrl?: string;
    };

/** The setting's word for the model that is in the repository. */
export const LOCAL_MODEL = 'local';

/**
 * @param setting `ENCODER_MODEL`: `local`, or the name of a hub's model
 * @param dataDir for what is fetched
 */
export function encoderModel(setting: string, dataDir: string): EncoderModel {
  return setting === LOCAL_MODEL
    ? { kind: 'folder', name: LOCAL_MODEL, dir: encoderDir() }
    : { kind: 'hub', name: setting, cacheDir: join(dataDir, 'hub-models') };
}
