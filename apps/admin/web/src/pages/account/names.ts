import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';

/** What ids of an account are called: sites, keys and members by their names, and what is not known by a short id. */
export interface Names {
  site(id: string): string;
  key(id: string): string;
  user(id: string): string;
  /** An actor such as `api_key:0190…`. */
  actor(name: string): string;
}

const short = (id: string) => `${id.slice(0, 8)}…`;

/** Reads the names once for the whole page. */
export function useNames(accountId: string): Names {
  const sites = useQuery(api.site.list.queryOptions({ accountId, limit: 100 }));
  const keys = useQuery(api.apiKey.list.queryOptions({ accountId, limit: 100 }));
  const members = useQuery(api.member.list.queryOptions({ accountId }));
  const site = (id: string) => sites.data?.items.find((one) => one.id === id)?.name ?? short(id);
  const key = (id: string) => keys.data?.items.find((one) => one.id === id)?.name ?? short(id);
  const user = (id: string) => members.data?.items.find(({ userId }) => userId === id)?.email ?? short(id);
  const actor = (name: string) => {
    const [kind = '', id = ''] = name.split(':');
    if (kind === 'api_key') return `Key ${key(id)}`;
    if (kind === 'user') return user(id);
    if (kind === 'staff') return `Staff ${short(id)}`;
    if (kind === 'service_key') return `Service key ${short(id)}`;
    return kind === 'system' ? `System: ${id}` : name;
  };
  return { site, key, user, actor };
}
