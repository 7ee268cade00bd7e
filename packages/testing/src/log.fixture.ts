import { pino } from 'pino';

/**
 * A process that logs as the apps do, more lines than its parent reads, and ends when it is disconnected from its
 * parent.
 */
const log = pino({ name: 'fixture' });
for (let line = 0; line < 9; line += 1) log.info('a line that waits to be read '.repeat(300));
process.once('disconnect', () => {
  for (const line of ['first', 'second', 'third']) log.error(line);
  process.exit(0);
});
process.send?.('ready');
