/** How many days longer grace is while the payment of a renewal waits for staff. */
export const reviewDays = 3;
