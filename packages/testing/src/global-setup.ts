import { mkdtemp, rm } from 'node:fs/promises';
import { migrate } from '@tenantry/db/migrate';
import { seedReference } from '@tenantry/db/seed';
import { launchPostgres } from '@tenantry/embedded-postgres/launch';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { roleUrl, roleUrls } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    socketFolder: string;
  }
}

/** Starts one real PostgreSQL for the whole run and migrates the template that test databases are copied from. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp('/tmp/tenantry-test-');
  const postgres = await launchPostgres({
    folder,
    fsync: false,
    programs: process.env['TENANTRY_POSTGRES_FOLDER'],
  });
  const superuser = new pg.Client({ connectionString: postgres.superuserUrl('postgres') });
  await superuser.connect();
  await superuser.query('create role tenantry_owner login nosuperuser createrole nobypassrls');
  await superuser.query('create database tenantry_template owner tenantry_owner');
  await superuser.end();
  const ownerUrl = roleUrl(postgres.socketFolder, 'tenantry_owner', 'tenantry_template');
  await migrate(ownerUrl, roleUrls(postgres.socketFolder, 'tenantry_template'));
  await seedReference(ownerUrl);
  project.provide('socketFolder', postgres.socketFolder);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
