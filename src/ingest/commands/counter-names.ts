/**
 * What `netstat -s` calls the kernel's TCP counters in words, over the years and systems (`retransmited`, `dropped` and
 * `ignored`, `connections openings`), as the kernel's own names. Counters that it prints as `Name: value` need no entry.
 */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^times the listen queue of a socket overflowed$/, 'ListenOverflows'],
  [/^listen queue overflows?$/, 'ListenOverflows'],
  [/^SYNs to LISTEN sockets (?:dropped|ignored)$/, 'ListenDrops'],
  [/^(?:active connections? openings?|connection requests?)$/, 'ActiveOpens'],
  [/^(?:passive connections? openings?|connection accepts?)$/, 'PassiveOpens'],
  [/^(?:failed connection attempts?|bad connection attempts?)$/, 'AttemptFails'],
  [/^connection resets received$/, 'EstabResets'],
  [/^connections established$/, 'CurrEstab'],
  [/^segments received$/, 'InSegs'],
  [/^segments sen[dt] out$/, 'OutSegs'],
  [/^segments retransmitt?ed$/, 'RetransSegs'],
  [/^resets sent$/, 'OutRsts'],
  [/^SYN cookies sent$/, 'SyncookiesSent'],
  [/^SYN cookies received$/, 'SyncookiesRecv'],
  [/^invalid SYN cookies received$/, 'SyncookiesFailed'],
  [/^resets received for embryonic SYN_RECV sockets$/, 'EmbryonicRsts'],
  [/^connections reset due to unexpected data$/, 'TCPAbortOnData'],
  [/^connections reset due to early user close$/, 'TCPAbortOnClose'],
  [/^connections aborted due to memory pressure$/, 'TCPAbortOnMemory'],
  [/^connections aborted due to timeout$/, 'TCPAbortOnTimeout'],
  [/^Active Opens$/, 'ActiveOpens'],
  [/^Passive Opens$/, 'PassiveOpens'],
  [/^Failed Connection Attempts$/, 'AttemptFails'],
  [/^Reset Connections$/, 'EstabResets'],
  [/^Current Connections$/, 'CurrEstab'],
];

/** The kernel's name of a counter that is told in words, if it is one that matters. */
export function counterName(phrase: string): string | undefined {
  return PHRASES.find(([pattern]) => pattern.test(phrase))?.[1];
}
