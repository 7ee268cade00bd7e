import { join } from 'node:path';
import { launchCluster } from '@tenantry/testing/cluster';
import { openDatabaseAt } from '@tenantry/testing/database';
import { desktop, openConsole, phone } from '../console/console.fixture.ts';
import { fillWithDemo } from './demo.ts';
import { pathsOfRoutes } from './pages.ts';
import { takeAll } from './take.ts';

/** `npm run screenshots [FOLDER]`: a picture of every page of the console over the demo's data, wide and narrow, light and dark. */
const folder = process.argv[2] ?? join(import.meta.dirname, '../../../../.tenantry/screenshots');
const signInPath = '/sign-in';

const cluster = await launchCluster('screenshots');
const opened = await openConsole({}, await openDatabaseAt(cluster.socketFolder, 'screenshots'));
const faults: string[] = [];
try {
  await fillWithDemo(opened.app);
  const paths = pathsOfRoutes();
  for (const scheme of ['light', 'dark'] as const)
    for (const size of [desktop, phone]) {
      const round = { url: opened.url, folder, suffix: `${size.width}-${scheme}` };
      const outside = await opened.page({ size, scheme });
      faults.push(...(await takeAll(outside, [signInPath], round)));
      await outside.context().close();
      const page = await opened.signedIn('platform_admin', { size, scheme });
      const signedIn = paths.filter((path) => path !== signInPath);
      faults.push(...(await takeAll(page, signedIn, round)));
      await page.context().close();
    }
} finally {
  await opened.close();
  await cluster.stop();
  await cluster.discard();
}
console.log(`The pictures are in ${folder}.`);
for (const fault of faults) console.log(fault);
if (faults.length > 0) process.exitCode = 1;
