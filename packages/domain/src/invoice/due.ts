/** How many days there are to pay an invoice that names no other day. */
export const paymentDays = 14;
