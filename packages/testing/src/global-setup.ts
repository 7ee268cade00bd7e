import type { TestProject } from 'vitest/node';
import { launchCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketFolder: string;
  }
}

/** Starts one real PostgreSQL for the whole run and migrates the template that test databases are copied from. */
export default async function setup(project: TestProject) {
  const cluster = await launchCluster('tenantry_template', {
    programs: process.env['TENANTRY_POSTGRES_FOLDER'],
  });
  project.provide('socketFolder', cluster.socketFolder);
  return async () => {
    await cluster.stop();
    await cluster.discard();
  };
}
