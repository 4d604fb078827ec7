/**
 * Switches of the browser, beyond those that puppeteer sets (no extensions, no sync, no background networking, no first-run
 * pages, no crash reports). It reads one document of our own making and must speak to nobody: what it would start by itself
 * is off, names don't resolve, and whatever is still sent goes to a proxy that isn't there (port 9, "discard").
 */
const FLAGS = [
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-field-trial-config',
  '--no-default-browser-check',
  '--no-pings',
  '--no-service-autorun',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,DialMediaRouteProvider,NetworkTimeServiceQuerying',
  // Pages are drawn by the processor, and glyphs stand where the font says: the same on every machine.
  '--disable-gpu',
  '--font-render-hinting=none',
  '--lang=en-US',
];

/** The sandbox stays on, except for root, as whom Chromium refuses to start with one. */
export function browserFlags(isRoot: boolean): readonly string[] {
  return isRoot ? [...FLAGS, '--no-sandbox'] : FLAGS;
}
