import type { Action } from '../../../contracts/intents.ts';
import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { isDayAlone } from '../time/day-alone.ts';
import { isAll } from './selection.ts';
import { timesIn } from './times.ts';

/**
 * What stays as it is of the time of an item that is changed, where the words leave it open: the month of "to the 25th", the
 * day of "to 11".
 */
export function keptOfItem(draft: Draft, action: Action, entities: readonly Entity[]): ActParams {
  if (action !== 'update_task' && action !== 'update_event') return {};
  const said = entities.filter(({ slot }) => /^(?:due_date|start|date_range)$/.test(slot));
  const [only] = said;
  if (!only || said.length > 1) return {};
  if (isDayAlone(draft.folded, only)) return { month_kept: true };
  const { slot, value, start, end } = only;
  const many = entities.some((entity) => entity.slot === 'target' && isAll(entity.value));
  if (slot !== 'due_date' || typeof value !== 'string' || value.length === DAY_LENGTH || many) return {};
  const [time] = timesIn(draft, { start, end }, [], true);
  return time?.clockOnly ? { day_kept: value } : {};
}

const DAY_LENGTH = '2026-01-31'.length;
