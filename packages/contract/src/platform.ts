import { z } from 'zod';
import { time, units } from './fields.ts';
import { named, sample } from './named.ts';

/** A figure of the whole platform. */
export const platformMetric = named(
  'PlatformMetric',
  'A figure of the whole platform.',
  z.object({
    name: z.string().describe('What is counted, such as `accounts.active`.'),
    value: units.describe('The figure.'),
    measuredAt: time.describe('When it was counted.'),
  }),
  { name: 'accounts.active', value: 128, measuredAt: sample.createdAt },
);
