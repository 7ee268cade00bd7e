import type { GuaranteeGroup } from './guarantee.ts';

/** What is shown by numbers: how many attempts, faults and inputs a test takes. */
export const figures: GuaranteeGroup = {
  subject: 'Figures',
  guarantees: [
    {
      id: 'Q1',
      statement: 'Every procedure with an id is called with a foreign and a random id, by every caller.',
    },
    { id: 'Q4', statement: '3,000 attempts, fifty at once, on 1,000 credits make exactly 1,000 holds.' },
    {
      id: 'Q9',
      statement:
        'While Redis fails, each call is decided within a second, and each process lets its rate pass.',
    },
    {
      id: 'Q10',
      statement:
        'Thousands of generated requests to every operation cause no fault and match the OpenAPI document.',
    },
    { id: 'Q11', statement: 'Wrong-typed values in every mutation get one verdict over tRPC and REST.' },
    {
      id: 'Q12',
      statement:
        'Every state of an account is tried with every credential over both transports on every procedure.',
    },
    { id: 'Q15', statement: 'Fifty concurrent confirmations of one payment make one grant.' },
    { id: 'Q18', statement: 'Several processes on one store let exactly the rate of an account pass.' },
    {
      id: 'Q22',
      statement: 'Marked secrets of every kind pass through the product and are found nowhere afterwards.',
    },
    {
      id: 'Q24',
      statement: 'A failure is injected at every write of a confirmation, and nothing is left of it.',
    },
  ],
};
