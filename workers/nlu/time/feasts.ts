import { countryOf } from './countries.ts';
import type { DayRule } from './feast-rules.ts';
import type { FeastLine } from './feast-table.ts';
import { FEAST_LINES } from './feast-table.ts';
import { dayRule } from './feast-rules.ts';

/** A feast with the rule of its day, by country where that matters, and how many days it lasts. */
export interface Feast {
  name: string;
  rules: ReadonlyMap<string, DayRule>;
  days: number;
}

const CITIES: Record<string, string> = {
  'Australia/Sydney': 'SYDNEY',
  'Australia/Canberra': 'SYDNEY',
  'Australia/Adelaide': 'SYDNEY',
  'Australia/Melbourne': 'MELBOURNE',
  'Australia/Hobart': 'MELBOURNE',
  'Australia/Brisbane': 'BRISBANE',
  'Australia/Darwin': 'BRISBANE',
  'Australia/Perth': 'PERTH',
};

const FEASTS: ReadonlyMap<string, Feast> = new Map(FEAST_LINES.flatMap(readLine));

/** As many words as the longest name has. */
export const LONGEST_NAME = Math.max(...[...FEASTS.keys()].map((name) => name.split(' ').length));

function readLine({ names, rest }: FeastLine): [string, Feast][] {
  const lasting = / for (?<days>\d+)$/.exec(rest);
  const rules = new Map(
    rest
      .replace(/ for \d+$/, '')
      .split('; ')
      .flatMap((rule, index): [string, DayRule][] => {
        if (index === 0) return [['', dayRule(rule)]];
        const [places = '', ...words] = rule.split(' ');
        return places.split(',').map((place) => [place, dayRule(words.join(' '))]);
      }),
  );
  const days = Number(lasting?.groups?.['days'] ?? 1);
  return names.map((name) => [name, { name, rules, days }]);
}

export function feastNamed(name: string): Feast | undefined {
  return FEASTS.get(name);
}

/** The rule that holds where the clocks are; without a country that is known the one that is marked for it. */
export function ruleAt({ rules }: Feast, timezone: string): DayRule {
  const country = countryOf(timezone);
  const city = CITIES[timezone];
  const place = (city && rules.get(city)) ?? rules.get(country ?? 'DEFAULT') ?? rules.get('');
  return place || (() => []);
}
