const page = (text, link) => ({ text, link: `/${link}` });

/** The site of the documentation. It loads nothing from another host, and its search needs no server. */
export default {
  title: 'Tenantry',
  description: 'The tenant core of an AI SaaS',
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'dist/cache',
  ignoreDeadLinks: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    sidebar: [
      {
        text: 'Start',
        items: [
          page('What it is', ''),
          page('Ten minutes', '#your-own-product-in-ten-minutes'),
          page('A front end in a browser', 'browsers'),
          page('The client', 'client'),
        ],
      },
      {
        text: 'Use it',
        items: [
          page('API reference', 'reference'),
          page('Procedures', 'procedures'),
          page('Errors', 'errors'),
          page('The gate', 'gate'),
          page('Catalogue', 'catalogue'),
          page('Bank statements', 'statements'),
          page('Credits', 'credits'),
          page('Runs', 'runs'),
          page('Sessions', 'sessions'),
          page('People', 'people'),
          page('Proxies', 'proxies'),
        ],
      },
      {
        text: 'Operate it',
        items: [
          page('Operating', 'operate'),
          page('Reference of the admin app', 'admin-reference'),
          page('Throughput', 'scale'),
        ],
      },
      {
        text: 'Know it',
        items: [
          page('One request', 'request'),
          page('Tenancy', 'tenancy'),
          page('Guarantees', 'guarantees'),
          page('Contributing', 'contributing'),
          page('Decisions', 'adr/'),
        ],
      },
    ],
  },
};
