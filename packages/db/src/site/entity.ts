import { defineEntity, p } from '@mikro-orm/core';
import { tenantFilter } from '../tenancy.ts';

const SiteSchema = defineEntity({
  name: 'Site',
  tableName: 'site',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    domain: p.text().nullable(),
    createdAt: p.datetime(),
    archivedAt: p.datetime().nullable(),
    deletedAt: p.datetime().nullable(),
    version: p.integer().version(),
  },
});
/** A web site of an account. */
export class Site extends SiteSchema.class {}
SiteSchema.setClass(Site);

const SectorSchema = defineEntity({
  name: 'Sector',
  tableName: 'sector',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    siteId: p.uuid(),
    name: p.text(),
    createdAt: p.datetime(),
    version: p.integer().version(),
  },
});
/** A topic area of a site. */
export class Sector extends SectorSchema.class {}
SectorSchema.setClass(Sector);
