import type { Range } from '../text.ts';
import type { Form } from './beside-others.ts';
import type { Shares } from './sides.ts';

/** One request of a message that holds several, with what it takes from those around it. */
export interface Segment extends Range {
  shares: Shares;
  form: Form;
  /** Where the words stand that are read behind its own though they were said before them. */
  moved?: Range;
}
