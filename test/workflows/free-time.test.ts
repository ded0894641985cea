import { describe, expect, it } from 'vitest';
import {
  freeSlots,
  nearestFree,
  type FreeTimeSearch,
  type Stretch,
} from '../../workers/workflows/free-time.ts';

const at = (local: string, offset = '+01:00'): Date => new Date(`${local}:00${offset}`);
const busy = (...times: readonly [string, string][]): Stretch[] =>
  times.map(([start, end]) => ({ start: at(start), end: at(end) }));
const search: FreeTimeSearch = {
  busy: [],
  from: at('2026-11-18T00:00'),
  to: at('2026-11-19T00:00'),
  minutes: 60,
  hours: { start: '09:00', end: '17:00' },
  timezone: 'Europe/Vienna',
};
const said = (slots: readonly Stretch[]): string[] =>
  slots.map(({ start, end }) => `${start.toISOString().slice(8, 16)} ${end.toISOString().slice(8, 16)}`);

describe('free time', () => {
  it('is the whole of the daily hours where nothing is taken', () => {
    expect(said(freeSlots(search))).toEqual(['18T08:00 18T16:00']);
  });

  it('is what lies between what is taken, where it is long enough', () => {
    const taken = busy(
      ['2026-11-18T13:00', '2026-11-18T14:00'],
      ['2026-11-18T09:30', '2026-11-18T11:00'],
      ['2026-11-18T10:00', '2026-11-18T12:00'],
    );
    expect(said(freeSlots({ ...search, busy: taken }))).toEqual(['18T11:00 18T12:00', '18T13:00 18T16:00']);
  });

  it('begins at a whole step of the clock', () => {
    const taken = busy(['2026-11-18T09:00', '2026-11-18T10:07']);
    expect(said(freeSlots({ ...search, busy: taken }))).toEqual(['18T09:15 18T16:00']);
    expect(said(freeSlots({ ...search, busy: taken, stepMinutes: 30 }))).toEqual(['18T09:30 18T16:00']);
  });

  it('is cut to the time that is looked at', () => {
    const within = { ...search, from: at('2026-11-18T15:00'), to: at('2026-11-19T10:30') };
    expect(said(freeSlots(within))).toEqual(['18T14:00 18T16:00', '19T08:00 19T09:30']);
  });

  it('keeps to the clock on the wall over a change of clocks', () => {
    // In Vienna the clocks go back on Sunday 25 October 2026.
    const over = { ...search, from: at('2026-10-24T00:00', '+02:00'), to: at('2026-10-26T00:00') };
    expect(said(freeSlots(over))).toEqual(['24T07:00 24T15:00', '25T08:00 25T16:00']);
  });

  it('goes on beyond midnight where the hours do', () => {
    const night = { ...search, hours: { start: '22:00', end: '02:00' } };
    expect(said(freeSlots(night))).toEqual(['17T23:00 18T01:00', '18T21:00 18T23:00']);
  });

  it('is nothing where all is taken', () => {
    expect(freeSlots({ ...search, busy: busy(['2026-11-17T00:00', '2026-11-20T00:00']) })).toEqual([]);
  });

  it('is offered nearest to the wanted time, the later first of two as near', () => {
    const taken = busy(['2026-11-18T14:00', '2026-11-18T15:00']);
    const near = nearestFree(at('2026-11-18T14:00'), { ...search, busy: taken, stepMinutes: 30 }, 3);
    expect(said(near)).toEqual(['18T14:00 18T15:00', '18T12:00 18T13:00', '18T14:30 18T15:30']);
  });

  it('is offered on another day where the day is full', () => {
    const taken = busy(['2026-11-18T08:00', '2026-11-18T18:00']);
    const two = { ...search, busy: taken, to: at('2026-11-20T00:00'), stepMinutes: 60 };
    expect(said(nearestFree(at('2026-11-18T14:00'), two, 2))).toEqual([
      '19T08:00 19T09:00',
      '19T09:00 19T10:00',
    ]);
  });
});
