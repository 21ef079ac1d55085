import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { hostNameIn } from '../../http/server/host-name.js';
import { ConfigInvalid } from './config-invalid.js';
import type { Environment } from './environment.js';

export function hostsIn(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    const isBare = isIP(name) === 6;
    const host = hostNameIn(isBare ? `[${name}]` : domainToASCII(name) || name);
    if (host === undefined || (!isBare && /:\d+$/.test(name)))
      throw new ConfigInvalid(
        'TOPOUT_HOSTS',
        name,
        'names or addresses such as topout.example.org, without ports, with commas between',
      );
    return host;
  });
}

/** The name or address to listen on; undefined for all. */
export function boundName(host: string): string[] {
  if (host === '0.0.0.0' || host === '::') return [];
  const name = hostNameIn(isIP(host) === 6 ? `[${host}]` : host);
  return name === undefined ? [] : [name];
}

export function publicUrlIn(env: Environment): string | undefined {
  const publicUrl = env.TOPOUT_PUBLIC_URL?.replace(/\/+$/, '') || undefined;
  const url = publicUrl === undefined ? undefined : URL.parse(publicUrl);
  if (url === undefined) return undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  // Links in notices append a path to this.
  if (isHttp && `${url.username}${url.password}${url.search}${url.hash}` === '') return publicUrl;
  throw new ConfigInvalid('TOPOUT_PUBLIC_URL', publicUrl ?? '', 'an http or https address');
}

/** Addresses, or networks, of which none is that of everybody. */
export function proxiesOf(text: string): string[] {
  const proxies = text.split(',').map((proxy) => proxy.trim());
  for (const proxy of proxies.filter(Boolean)) {
    const [address = '', bits] = proxy.split('/');
    const most = isIP(address) === 4 ? 32 : 128;
    const isSize =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
    if (isIP(address) === 0 || !isSize)
      throw new ConfigInvalid(
        'TOPOUT_PROXIES',
        proxy,
        'addresses or networks of proxies such as 172.18.0.0/16, with commas between',
      );
  }
  return proxies.filter(Boolean);
}

export function networksOf(text: string): string[] {
  const networks = text.split(',').map((network) => network.trim());
  for (const network of networks.filter(Boolean)) {
    const [address = '', bits = ''] = network.split('/');
    const version = isIP(address);
    if (version === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (version === 4 ? 32 : 128))
      throw new ConfigInvalid(
        'TOPOUT_WEBHOOK_NETWORKS',
        network,
        'networks such as 10.1.0.0/16, with commas between',
      );
  }
  return networks.filter(Boolean);
}
