/** Exits with code 5 after so many milliseconds of work for the encoder's thread. */
import { setTimeout as sleep } from 'node:timers/promises';
import { encoderModel } from '../../models/encoder/encoder-model.ts';
import { Encoder } from '../../models/encoder/encoder.ts';

const encoder = await Encoder.start({ model: encoderModel('local', '') });
const texts = Array.from({ length: 500 }, (_, index) => `call ${index} people about the plan `.repeat(20));
void Promise.allSettled(texts.map((text) => encoder.encode([text])));
await sleep(Number(process.argv[2]));
process.exit(5);
