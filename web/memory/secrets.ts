import type { Fact } from '../../contracts/entities.ts';
import { factName, sayFact } from '../../contracts/fact-words.ts';

const SECRET = /\b(?:pass ?words?|pass ?codes?|pass ?phrases?|pins?|puk|cvv|cvc|codes?|combination)\b/i;
/** Codes that everybody may read. */
const OPEN = /\b(?:zip|post|postal|area|country|dress|colou?r|source|qr|promo|discount) ?codes?\b/i;

/** In the place of a secret: as long for each, so that it does not tell how long that is. */
export const MASK = '••••••••';

/** Whether a value is one that nobody else should read over somebody's shoulder. */
export const isSecret = ({ attribute }: Pick<Fact, 'attribute'>): boolean =>
  SECRET.test(attribute) && !OPEN.test(attribute);

/** A fact in a line about it, which stands in the open: of a secret its name only. */
export const sayOpenly = (fact: Fact): string => (isSecret(fact) ? factName(fact) : sayFact(fact));
