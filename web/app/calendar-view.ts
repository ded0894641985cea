import { todayOf } from '../client/index.ts';
import { Store } from './store.ts';

/** What names an event in the calendar; of a series its day begins at `start`. */
export interface EventPlace {
  readonly id: string;
  readonly start: string;
}

export interface View {
  /** A day of what is shown. */
  readonly day: string;
  /** Null leaves it to the width of the page. */
  readonly span: 'day' | 'week' | null;
  /** The event whose details are open. */
  readonly open: EventPlace | null;
}

/** Where in the calendar a person is; kept while they are elsewhere. */
export class CalendarView extends Store<View> {
  constructor() {
    super({ day: todayOf(new Date()), span: null, open: null });
  }

  go(day: string): void {
    this.set({ ...this.get(), day, open: null });
  }

  show(span: 'day' | 'week', day = this.get().day): void {
    this.set({ ...this.get(), span, day });
  }

  open(event: EventPlace | null): void {
    this.set({ ...this.get(), open: event });
  }
}
