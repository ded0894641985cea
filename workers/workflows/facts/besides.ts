import type { Act } from '../../../contracts/nlu.ts';
import { ME } from '../../../contracts/entities.ts';
import type { Work } from '../outcome.ts';
import type { ActRun } from '../turn-run.ts';
import { newFact } from './remember.ts';

/**
 * What facts add to an act that is about something else: the reply says why somebody is meant who was not named, and the
 * day of a birthday that goes into the calendar is a fact as well, in the same receipt.
 *
 * @param why empty where no fact was used
 */
export const besides =
  (
    why: string,
    { params }: Pick<Act, 'params'>,
    work: Pick<Work, 'now' | 'reference' | 'turn' | 'words' | 'newId'>,
  ) =>
  (run: ActRun): ActRun => {
    if (run.kind === 'asked')
      return why === '' ? run : { ...run, preface: [why, run.preface].filter(Boolean).join(' ') };
    const { outcome } = run;
    if (outcome.refused) return run;
    const { subject = ME, attribute, value, ...talk } = params?.fact ?? { move: 'find' as const };
    const isTold = talk.move === 'save' && outcome.effects.some(({ op }) => op === 'create');
    const { fact, effect } =
      isTold && attribute !== undefined && value !== undefined
        ? newFact({ ...work, slots: {} }, { ...talk, subject, attribute, value })
        : {};
    return {
      ...run,
      outcome: {
        ...outcome,
        reply: [outcome.reply, why].filter(Boolean).join(' '),
        ...(fact &&
          effect && {
            effects: [...outcome.effects, effect],
            titles: { ...outcome.titles, [fact.id]: `${attribute}` },
          }),
      },
    };
  };
