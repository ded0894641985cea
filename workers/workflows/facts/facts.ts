import type { ActParams } from '../../../contracts/nlu.ts';
import type { Step, Work } from '../outcome.ts';
import { forget } from './forget.ts';
import { findFacts, listFacts } from './recall.ts';
import { remember } from './remember.ts';

/** What is told of somebody, asked for, or to be forgotten. */
export function tellFact(work: Work, talk: NonNullable<ActParams['fact']>): Promise<Step> {
  switch (talk.move) {
    case 'save':
      return remember(work, talk);
    case 'find':
      return findFacts(work, talk);
    case 'list':
      return listFacts(work, talk);
    case 'forget':
      return forget(work, talk);
  }
}
