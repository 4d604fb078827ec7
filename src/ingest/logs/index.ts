import { apacheError } from './apache-error.js';
import { awsElb } from './aws-elb.js';
import { commonLog, timelessAccess } from './common-log.js';
import { eventlet } from './eventlet.js';
import { gin } from './gin.js';
import { goServer } from './go-server.js';
import { gunicornServer } from './gunicorn.js';
import { haproxy } from './haproxy.js';
import { jsonLog } from './json-log.js';
import { julOneLine, julTwoLines } from './jul.js';
import { jvmServer } from './jvm.js';
import { listeningLine } from './listening-line.js';
import type { LogPattern } from './log-pattern.js';
import { logfmt } from './logfmt.js';
import { julMessage, jvmTrace, logger, springBoot } from './loggers.js';
import { ltsv } from './ltsv.js';
import { morgan } from './morgan.js';
import { nginxError } from './nginx-error.js';
import { ownAccess } from './own-access.js';
import { ownLine } from './own-line.js';
import { phpFpmAccess, phpFpmError } from './php-fpm.js';
import { puma } from './puma.js';
import { pythonServer } from './python-server.js';
import { pythonWarning } from './python-warning.js';
import { rails } from './rails.js';
import { sleepingHandler } from './sleeping-handler.js';
import { turnedAway } from './turned-away.js';
import { unicorn } from './unicorn.js';
import { uvicornAccess, uvicornServer } from './uvicorn.js';
import { uwsgiRequest } from './uwsgi.js';
import { uwsgiServer } from './uwsgi-server.js';
import { w3c } from './w3c.js';
import { waitress } from './waitress.js';
import { flaskBanner, werkzeugAccess } from './werkzeug.js';

/** Every kind of log line, in the order in which they are asked: what tells most of a request first. */
export const logPatterns: readonly LogPattern[] = [
  julTwoLines,
  sleepingHandler,
  werkzeugAccess,
  flaskBanner,
  uwsgiRequest,
  uwsgiServer,
  gunicornServer,
  uvicornAccess,
  uvicornServer,
  waitress,
  jsonLog,
  eventlet,
  gin,
  goServer,
  morgan,
  puma,
  rails,
  unicorn,
  phpFpmAccess,
  phpFpmError,
  haproxy,
  awsElb,
  nginxError,
  apacheError,
  jvmServer,
  springBoot,
  w3c,
  julOneLine,
  commonLog,
  timelessAccess,
  ownAccess,
  ltsv,
  pythonServer,
  pythonWarning,
  listeningLine,
  turnedAway,
  logfmt,
  ownLine,
  julMessage,
  jvmTrace,
  logger,
];

/** Those by whose lines it shows that access lines are stamped when requests end. */
export const endStampers: ReadonlySet<string> = new Set(
  logPatterns.filter(({ stampsEnds }) => stampsEnds).map(({ id }) => id),
);
