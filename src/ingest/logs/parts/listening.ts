import type { Notice } from '../../../model/events.js';

/** `http://127.0.0.1:8080/x`, `[::1]:8080`, `*:8080`, `:8080`, `unix:/run/x.sock`. */
export function listening(address: string): Notice {
  const text = address.replace(/^[a-z][\w+-]*:\/\//, '').replace(/[/)\],;"'.]+$/, '');
  const m = /^(.*):(\d{1,5})(?:[/?].*)?$/.exec(text);
  const port = m ? Number(m[2]) : 0;
  if (!m || port < 1 || port > 65_535) return { kind: 'listening', path: address.replace(/^unix:(?:\/\/)?/, '') };
  const host = (m[1] ?? '').replace(/^\[|\]$/g, '');
  return host === '' || host === '*' ? { kind: 'listening', port } : { kind: 'listening', host, port };
}
