/**
 * Names that `netstat`, `ss` and `lsof` print for ports when run without `-n`: the usual ones, and what IANA calls the
 * ports that development servers like. A name that two ports share stands for the likelier one.
 */
const NAMES =
  'ftp 21 ssh 22 telnet 23 smtp 25 domain 53 http 80 www 80 www-http 80 kerberos 88 pop3 110 sunrpc 111 rpcbind 111 ' +
  'imap 143 imap2 143 ldap 389 https 443 microsoft-ds 445 submission 587 ipp 631 ldaps 636 imaps 993 pop3s 995 ' +
  'search-agent 1234 menandmice-dns 1337 ms-sql-s 1433 nfs 2049 rockwell-csp2 2222 hbci 3000 redwood-broker 3001 ' +
  'exlm-agent 3002 mysql 3306 dec-notes 3333 terabase 4000 yo-main 4040 vrml-multi-use 4200 krb524 4444 tram 4567 ' +
  'commplex-main 5000 upnp 5000 commplex-link 5001 rfe 5002 postgresql 5432 postgres 5432 personal-agent 5555 amqp 5672 ' +
  'wsm-server 5006 x11 6000 redis 6379 afs3-fileserver 7000 afs3-callback 7001 font-service 7100 cbt 7777 irdmi 8000 ' +
  'vcom-tunnel 8001 teradataordbms 8002 mcreport 8003 mxi 8005 http-alt 8080 webcache 8080 http-proxy 8080 ' +
  'sunproxyadmin 8081 us-cli 8082 us-srv 8083 d-s-n 8086 simplifymedia 8087 radan-http 8088 jamlink 8091 ' +
  'patrol-snmp 8161 intermapper 8181 pcsync-https 8443 ultraseek-http 8765 sunwebadmin 8800 cddbp-alt 8880 ' +
  'ddi-tcp-1 8888 cslistener 9000 etlservicemgr 9001 dynamid 9002 websm 9090 xmltec-xmlmail 9091 hp-pdl-datastr 9100 ' +
  'wap-wsp 9200 armtechdaemon 9292 vrace 9300 distinct 9999 ndmp 10000 webmin 10000 memcache 11211 memcached 11211 ' +
  'mongod 27017 mongodb 27017';

const PORTS: ReadonlyMap<string, number> = new Map(
  [...NAMES.matchAll(/(\S+) (\d+)/g)].map(([, name, port]) => [name as string, Number(port)]),
);

/** The port that a service name stands for, if it is one of the usual names. */
export function servicePort(name: string): number | undefined {
  return PORTS.get(name);
}
