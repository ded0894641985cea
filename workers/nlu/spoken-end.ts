import type { LastReceipt } from './nlu-input.ts';

/** "Make it until 4": of its times only the end was said. */
export const isEndSaid = ({ said }: LastReceipt): boolean =>
  said?.slots.end !== undefined && said.slots.start === undefined && said.slots.date_range === undefined;
