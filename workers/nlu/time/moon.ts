import type { Civil } from './civil.ts';
import { DAY, civil } from './civil.ts';

/**
 * Where sun and moon stand, after the short series of Meeus, Astronomical Algorithms (chapters 25 and 47): good to a
 * twentieth of a degree between 1900 and 2200, which the moon covers in six minutes. Moments are universal time.
 */
export interface Sky {
  /** Degrees of the sun on the sidereal zodiac of India (Lahiri). */
  sun: number;
  /** The same of the moon. */
  moon: number;
  /** How far the moon is ahead of the sun in degrees: 0 at new moon, 180 at full. */
  elongation: number;
}

const EPOCH = civil(2000, 1, 1, 12);
const SPEED = 12.19;

export function skyAt(moment: Civil): Sky {
  const days = (moment - EPOCH) / DAY;
  const sunAnomaly = 357.5291 + 0.98560028 * days;
  const sun = 280.4665 + 0.98564736 * days + 1.9146 * sine(sunAnomaly) + 0.02 * sine(2 * sunAnomaly);
  const m = sunAnomaly;
  const moonAnomaly = 134.9634 + 13.06499295 * days;
  const d = 297.8502 + 12.19074912 * days;
  const f = 93.2721 + 13.2293502 * days;
  const moon =
    218.3165 +
    13.17639648 * days +
    6.2888 * sine(moonAnomaly) +
    1.274 * sine(2 * d - moonAnomaly) +
    0.6583 * sine(2 * d) +
    0.2136 * sine(2 * moonAnomaly) -
    0.1851 * sine(m) -
    0.1143 * sine(2 * f) +
    0.0588 * sine(2 * d - 2 * moonAnomaly) +
    0.0571 * sine(2 * d - m - moonAnomaly) +
    0.0533 * sine(2 * d + moonAnomaly) +
    0.0458 * sine(2 * d - m) -
    0.041 * sine(m - moonAnomaly) -
    0.0347 * sine(d) -
    0.0304 * sine(m + moonAnomaly);
  // The zodiac of India stays with the stars, from which the equinoxes move away.
  const drift = 23.853 + 0.01397 * (days / 365.25);
  return { sun: turn(sun - drift), moon: turn(moon - drift), elongation: turn(moon - sun) };
}

/** The new moon at or before the moment. */
export function newMoonBefore(moment: Civil): Civil {
  let found = moment - (skyAt(moment).elongation / SPEED) * DAY;
  for (let turns = 0; turns < 4; turns += 1) {
    const { elongation } = skyAt(found);
    found -= ((elongation > 180 ? elongation - 360 : elongation) / SPEED) * DAY;
  }
  return found;
}

/** The new moon of 6 January 2000, from which Meeus numbers them, and the mean time between two. */
const FIRST_MOON = civil(2000, 1, 6, 18, 14);
const MONTH_DAYS = 29.530588861;

/**
 * The new moon nearest to the moment, after chapter 49 with the terms above half a minute: calendars depend on which side of
 * midnight it falls, which this decides to about a minute.
 */
export function newMoonNear(moment: Civil): Civil {
  const k = Math.round((moment - FIRST_MOON) / DAY / MONTH_DAYS);
  const t = k / 1236.85;
  const e = 1 - 0.002516 * t;
  const m = 2.5534 + 29.1053567 * k - 0.0000014 * t * t;
  const a = 201.5643 + 385.81693528 * k + 0.0107582 * t * t;
  const f = 160.7108 + 390.67050284 * k - 0.0016118 * t * t;
  const shift =
    -0.4072 * sine(a) +
    0.17241 * e * sine(m) +
    0.01608 * sine(2 * a) +
    0.01039 * sine(2 * f) +
    0.00739 * e * sine(a - m) -
    0.00514 * e * sine(a + m) +
    0.00208 * e * e * sine(2 * m) -
    0.00111 * sine(a - 2 * f) -
    0.00057 * sine(a + 2 * f) +
    0.00056 * e * sine(2 * a + m) -
    0.00042 * sine(3 * a) +
    0.00042 * e * sine(m + 2 * f) +
    0.00038 * e * sine(m - 2 * f) -
    0.00024 * e * sine(2 * a - m) +
    0.000325 * sine(299.77 + 0.107408 * k);
  // Julian days in dynamical time, which runs some seventy seconds ahead in this century.
  const days = 5.09766 + MONTH_DAYS * k + 0.00015437 * t * t + shift;
  return EPOCH + Math.round(days * DAY) - 70;
}

function sine(degrees: number): number {
  return Math.sin((degrees * Math.PI) / 180);
}

function turn(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
