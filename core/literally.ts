/**
 * A pattern that fits just this text. A dash stays as it is: outside of a class it means itself, and where it is escaped a
 * unicode pattern is refused as a whole.
 */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
