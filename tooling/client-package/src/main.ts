import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clone } from '@tenantry/source/files';
import { packClientPackage } from './build.ts';

const { values } = parseArgs({ options: { repository: { type: 'string' } } });
const archive = await packClientPackage(join(clone, 'packages/client/dist'), values.repository);
console.log(`packed: ${archive}`);
