import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

// IANA's special-purpose registries (RFC 6890), and what carries an IPv4 address inside an IPv6 one.
const RESERVED = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3
  ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16
  fc00::/7 fe80::/10 fec0::/10 ff00::/8`
const reserved = new BlockList()
for (const range of RESERVED.trim().split(/\s+/)) {
  const [network = '', bits] = range.split('/')
  reserved.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4')
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Whether an address of the network is one that anybody reaches: neither private, nor local, nor reserved. */
export function isPublicAddress(address: string): boolean {
  return isIP(address) !== 0 && !isIn(reserved, address)
}

/** Whether an address is this machine. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && isIn(loopback, address)
}

/** Name of a host without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

/** Whether a list of hosts, with or without their port, names the host of an address. */
export function isNamed(url: URL, hosts: readonly string[]): boolean {
  return hosts.includes(url.hostname) || hosts.includes(url.host) || hosts.includes(bareHost(url))
}

/** Names of this machine, any of which allows the others. */
const OWN_NAMES = ['localhost', '127.0.0.1', '::1', '[::1]']

/** Whether an address is this machine, and the list of hosts says under any of its names that it may be asked. */
export function isNamedLoopback(url: URL, hosts: readonly string[]): boolean {
  if (url.hostname !== 'localhost' && !isLoopback(bareHost(url))) return false
  return (
    isNamed(url, hosts) ||
    OWN_NAMES.some(name => hosts.includes(name) || hosts.includes(`${name}:${url.port}`))
  )
}

/** Whether an address may be asked as far as its text tells: https, or this machine when the list of hosts names it. */
export function mayAsk(url: URL, hosts: readonly string[]): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (isNamedLoopback(url, hosts)) return url.protocol === 'http:' || url.protocol === 'https:'
  const host = bareHost(url)
  return url.protocol === 'https:' && (isIP(host) === 0 ? host.includes('.') : isPublicAddress(host))
}
