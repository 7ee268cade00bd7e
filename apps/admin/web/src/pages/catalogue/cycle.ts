/** How often a price is paid, behind the price. */
export const cycleWord = { monthly: 'a month', annual: 'a year' } as const;
