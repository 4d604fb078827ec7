import { servicePort } from './services.js';

/** One end of a connection as a command prints it. */
export interface Endpoint {
  /** Normalised: no brackets or zone, wildcards are `*`, mapped IPv4 is IPv4. A name stays a name. */
  readonly address: string;
  /** Absent for `*` and for a service name that is not known. */
  readonly port: number | undefined;
}

const HIGHEST_PORT = 65_535;
const COLON = 58;

/** `127.0.0.1:8080`, `[::1]:8080`, `:::8080`, `*:http`, `0.0.0.0%lo:53`: the last colon parts the port. */
export function colonEndpoint(text: string): Endpoint {
  const at = text.lastIndexOf(':');
  if (at < 0) return { address: normalAddress(text), port: undefined };
  return { address: normalAddress(text.slice(0, at)), port: portOf(text.slice(at + 1)) };
}

/** BSD and macOS: `127.0.0.1.8080`, `*.80`, `fe80::1%lo0.3000`: the last dot parts the port. */
export function dotEndpoint(text: string): Endpoint {
  const at = text.lastIndexOf('.');
  if (at < 0) return { address: normalAddress(text), port: undefined };
  return { address: normalAddress(text.slice(0, at)), port: portOf(text.slice(at + 1)) };
}

/** A port by number or by its usual name. */
export function portOf(text: string): number | undefined {
  const length = text.length;
  if (length === 0) return undefined;
  let port = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return servicePort(text);
    port = port * 10 + digit;
    if (port > HIGHEST_PORT) return undefined;
  }
  return port;
}

/** The address without brackets, zone and mapping; any spelling of "all addresses" is `*`. */
export function normalAddress(text: string): string {
  if (isPlainIpv4(text)) return text === '0.0.0.0' ? '*' : text;
  let address = text.startsWith('[') ? text.slice(1, text.endsWith(']') ? -1 : closing(text)) : text;
  const zone = address.indexOf('%');
  if (zone >= 0) address = address.slice(0, zone);
  const mapped = /^(?:::|0:0:0:0:0:)ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) address = mapped[1] as string;
  return address === '' || address === '::' || address === '0.0.0.0' || address === '::0' ? '*' : address;
}

/** Where `]` closes a bracket that is followed by more, as in `[fe80::1]%eth0`. */
function closing(text: string): number {
  const at = text.indexOf(']');
  return at < 0 ? text.length : at;
}

function isPlainIpv4(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON || !((code >= 48 && code <= 57) || code === 46)) return false;
  }
  return text !== '';
}

/**
 * `/proc/net/tcp`: `0100007F:1F90` is 127.0.0.1:8080. The address is the kernel's words in the machine's byte order, which is
 * little-endian wherever such files are kept; the port is plain hexadecimal.
 */
export function hexEndpoint(address: string, port: string): Endpoint {
  const bytes: number[] = [];
  for (let word = 0; word + 8 <= address.length; word += 8) {
    for (let byte = 6; byte >= 0; byte -= 2)
      bytes.push(Number.parseInt(address.slice(word + byte, word + byte + 2), 16));
  }
  return {
    address: normalAddress(bytes.length === 4 ? bytes.join('.') : ipv6(bytes)),
    port: Number.parseInt(port, 16),
  };
}

/** Sixteen bytes in the usual spelling: mapped IPv4 with dots, the longest run of zeros as `::`. */
function ipv6(bytes: readonly number[]): string {
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255) {
    return bytes.slice(12).join('.');
  }
  const groups: string[] = [];
  for (let i = 0; i < bytes.length; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  const zeros = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return groups.join(':');
  const text = groups.join(':');
  return `${text.slice(0, zeros.index)}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, '')}`;
}
