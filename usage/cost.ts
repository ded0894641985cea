/** USD to twelve places, as the books keep them: adding and multiplying in binary leaves traces below. */
export const roundCost = (usd: number): number => Number(usd.toFixed(12));
