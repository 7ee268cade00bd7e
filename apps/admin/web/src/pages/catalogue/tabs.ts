/** The tabs of the catalogue, as the URL names them, in their order. */
export const catalogueTabs = ['plans', 'operations', 'packages', 'rates', 'issuer', 'file'] as const;
export type CatalogueTab = (typeof catalogueTabs)[number];
