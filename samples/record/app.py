"""The server of the experiment: a handler that takes its time and says when it began and when it was done.

    python3 app.py [--port 8080] [--sleep 20] [--processes 10 | --single] [--view sync|async|awaiting] [--pid]

Under uWSGI the module's `app` is served instead, with SLEEP, VIEW and PID from the environment.
"""
import argparse
import asyncio
import itertools
import os
import sys
import threading
import time
from datetime import datetime

from flask import Flask, request


def who(with_pid):
    name = threading.current_thread().name
    return f'{os.getpid()}-{name}' if with_pid else name


def say(text):
    # One write per line, so that two workers that speak at once don't share a line.
    sys.stdout.write(f'{datetime.now()} - {text}\n')
    sys.stdout.flush()


def make_app(view, sleep, with_pid):
    app = Flask(__name__)
    numbers = itertools.count(1)

    def begin():
        request_id = request.args.get('id', '?')
        say(f'{who(with_pid)}: #{next(numbers)} processing request id[{request_id}], sleeping...')
        return request_id

    def end(request_id):
        say(f'{who(with_pid)}: done request id[{request_id}]')
        return 'done\n'

    async def doze():
        await asyncio.sleep(sleep)

    def sync_view():
        request_id = begin()
        time.sleep(sleep)
        return end(request_id)

    async def async_view():
        request_id = begin()
        time.sleep(sleep)
        return end(request_id)

    async def awaiting_view():
        request_id = begin()
        await doze()
        return end(request_id)

    views = {'sync': sync_view, 'async': async_view, 'awaiting': awaiting_view}
    app.add_url_rule('/', 'index', views[view])
    return app


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=8080)
    parser.add_argument('--sleep', type=float, default=20)
    parser.add_argument('--view', choices=['sync', 'async', 'awaiting'], default='sync')
    parser.add_argument('--processes', type=int, default=1)
    parser.add_argument('--single', action='store_true', help='one process, one thread')
    parser.add_argument('--pid', action='store_true', help='say the process id, too')
    options = parser.parse_args()
    threaded = not options.single and options.processes == 1
    make_app(options.view, options.sleep, options.pid).run(
        host='127.0.0.1', port=options.port, threaded=threaded, processes=options.processes)
else:
    app = make_app(os.environ.get('VIEW', 'sync'), float(os.environ.get('SLEEP', '1')), 'PID' in os.environ)
