import type { Habit } from './habits.ts';

/** Something that happens to an account so many days before the end of the history. */
export type Act =
  | { kind: 'change'; plan: 'starter' | 'growth'; pays?: Habit }
  | { kind: 'package'; slug: 'small' | 'large'; pays?: Habit }
  | { kind: 'cancel' }
  | { kind: 'suspend'; reason: string }
  | { kind: 'reactivate'; reason: string }
  | { kind: 'close' }
  | { kind: 'goodwill'; credits: number; reason: string }
  | { kind: 'refund_charge'; reason: string }
  | { kind: 'return'; reason: string }
  | { kind: 'refund'; amount: number | 'all'; reason: string }
  | { kind: 'void'; reason: string }
  | { kind: 'endpoint'; path: string };

/** One account of the demo and its life, counted back from the end of the history. */
export interface Story {
  name: string;
  domain: string;
  owner: string;
  /** What it registers for at once; left out for the trial. */
  registersFor?: 'starter' | 'growth';
  /** How many days ago it registered; left out where `paid` says when. */
  joinedDays?: number;
  /** The plan that it pays for: the anchor is so many months and days ago. */
  paid?: {
    plan: 'starter' | 'growth' | 'legacy';
    months: number;
    days: number;
    /** How many renewals are paid. */
    renewals: number;
  };
  /** How it pays the invoices that are not usual, by their number from 0. */
  pays?: Readonly<Record<number, Habit>>;
  /** How many people, sites, keys and runs it has: 0 to 3. */
  size: 0 | 1 | 2 | 3;
  acts?: readonly (Act & { daysAgo: number })[];
}
