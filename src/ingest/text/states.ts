import type { TcpState } from '../../model/snapshot.js';

/**
 * Every spelling of a TCP state that has been met: net-tools, ss (`FIN-WAIT-1`), BSD and lsof (`FIN_WAIT_1`, `CLOSED`,
 * `SYN_RCVD`), Windows (`LISTENING`, `SYN_RECEIVED`), and the translations that net-tools and Windows print.
 */
const SPELLINGS: Readonly<Record<TcpState, string>> = {
  ESTABLISHED: 'ESTABLISHED ESTAB HERGESTELLT VERBUNDEN ESTABLECIDO ESTABLECIDA ESTABELECIDA ESTABELECIDO USTANOWIONO',
  SYN_SENT: 'SYN_SENT SYN-SENT SYN_GESENDET SYN_ENVIADO',
  SYN_RECV: 'SYN_RECV SYN-RECV SYN_RCVD SYN_RECEIVED SYN-RECEIVED NEW_SYN_RECV SYN_EMPFANGEN',
  FIN_WAIT1: 'FIN_WAIT1 FIN-WAIT-1 FIN_WAIT_1 FIN-WAIT1 FIN_WARTEN_1',
  FIN_WAIT2: 'FIN_WAIT2 FIN-WAIT-2 FIN_WAIT_2 FIN-WAIT2 FIN_WARTEN_2',
  TIME_WAIT: 'TIME_WAIT TIME-WAIT WARTEND CZAS_OCZEKIWANIA',
  CLOSE: 'CLOSE CLOSED GESCHLOSSEN',
  CLOSE_WAIT: 'CLOSE_WAIT CLOSE-WAIT SCHLIESSEN_WARTEN SCHLIESSEND_WARTEN',
  LAST_ACK: 'LAST_ACK LAST-ACK LETZTE_ACK LETZTES_ACK',
  LISTEN: 'LISTEN LISTENING ABHÖREN ABHOEREN ESCUCHAR ESCUCHANDO OUÇA NASŁUCHIWANIE',
  CLOSING: 'CLOSING SCHLIESSEND',
};

const STATES: ReadonlyMap<string, TcpState> = new Map(
  Object.entries(SPELLINGS).flatMap(([state, words]) => words.split(' ').map((word) => [word, state as TcpState])),
);

/** The state that a word means in any command's spelling, `undefined` for any other word (`UNCONN` included). */
export function tcpState(word: string): TcpState | undefined {
  return STATES.get(word);
}

/** The kernel's numbers of the states as `/proc/net/tcp` has them; 12 is a SYN_RECV that has no socket yet. */
export const KERNEL_STATES: readonly (TcpState | undefined)[] = [
  undefined,
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'SYN_RECV',
];
