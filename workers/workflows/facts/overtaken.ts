import type { SessionContext } from '../../../contracts/context.ts';
import { ME } from '../../../contracts/entities.ts';
import type { OpenQuestion } from '../../../contracts/clarification.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { ActRun } from '../turn-run.ts';
import { keyOf } from './same.ts';

type Told = Pick<NonNullable<ActParams['fact']>, 'move' | 'subject' | 'attribute'>;

const isAbout = (one: Told | undefined, other: Told): boolean =>
  one?.move === 'save' &&
  keyOf(one.subject ?? ME) === keyOf(other.subject ?? ME) &&
  keyOf(one.attribute ?? '') === keyOf(other.attribute ?? '');

/** Whether it is Dr. Kim now has no answer any more once somebody else was told, or the dentist forgotten. */
export function overtakenBy({ act }: ActRun, { questions }: SessionContext): OpenQuestion[] {
  const told = act.params?.fact;
  if (act.action !== 'set_preference' || (told?.move !== 'save' && told?.move !== 'forget')) return [];
  return questions.filter(
    ({ action, params }) =>
      action === 'set_preference' &&
      (isAbout(params?.fact, told) ||
        (told.move === 'forget' && told.attribute === undefined && params?.fact?.move === 'save')),
  );
}
