/** The encoder can't answer now: its thread keeps failing, failed twice over this very text, or has been closed. */
export class EncoderUnavailable extends Error {
  override readonly name = 'EncoderUnavailable';
}

/** Nothing is left of a text when white space and invisible characters are gone; there is no vector of nothing. */
export class EmptyText extends Error {
  override readonly name = 'EmptyText';
  constructor() {
    super('An empty text has no vector');
  }
}

/** A head was asked for that this encoder has not loaded, or whose manifest is not there. */
export class NoSuchHead extends Error {
  override readonly name = 'NoSuchHead';
  constructor(readonly head: string) {
    super(`There is no head "${head}"`);
  }
}
