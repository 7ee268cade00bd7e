import { parseArgs } from 'node:util';
import { startProvider } from './start-provider.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const port = Number(values.port);
if (!/^\d{1,5}$/.test(values.port) || port > 65_535) {
  console.error(`--port is 0 to 65535, not ${values.port}`);
  process.exit(2);
}

try {
  const provider = await startProvider({ port });
  console.log(JSON.stringify({ url: provider.url }));
  const end = () => void provider.stop().then(() => process.exit(0));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  // A parent that started it with a channel has ended when the channel closes.
  if (process.channel) process.once('disconnect', end);
} catch (error) {
  console.error(`the fake provider cannot listen: ${error instanceof Error ? error.message : 'unknown'}`);
  process.exit(1);
}
