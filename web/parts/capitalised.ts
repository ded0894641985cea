/** Words that head something begin with a capital, however they were typed. */
export const capitalised = (text: string): string => text.slice(0, 1).toLocaleUpperCase('en') + text.slice(1);
