#!/bin/sh
# JMeter as Debian packages it (2.13), started so that it runs on its present Java. Arguments are JMeter's own.
here=$(cd "$(dirname "$0")" && pwd)
home=${JMETER_HOME:-/usr/share/jmeter}
jars="$home/bin/*:$home/lib/*:$home/lib/ext/*:/usr/share/java/*"
exec java -Xmx512m -Xss256k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Djmeter.home="$home" \
  -cp "$jars" "$here/StartJMeter.java" "$@"
