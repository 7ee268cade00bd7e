import { ensureInstalled } from './ensure.mjs';

// Installs what Tenantry needs to run, and no more.
ensureInstalled('start');
console.log('The packages are installed.');
