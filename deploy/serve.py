"""Starts the web server and the background worker together, and stops them together.

For the demo and small trials (`make run`). A real site gives each its own service: see
deploy/systemd/.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from lms.demo.cast import ACCOUNTS  # noqa: E402 - the project is not installed, only here

BIN = Path(sys.executable).parent


def commands(host, port):
    web = [BIN / "gunicorn", "lms.wsgi", "--bind", f"{host}:{port}", "--config", "deploy/gunicorn.conf.py"]
    worker = [BIN / "python", "manage.py", "work", "-v", "0"]
    return {"web": [*web, "--log-level", "warning"], "worker": worker}


def start(command):
    # Sessions of their own: Ctrl-C reaches this process alone, which stops both in order.
    return subprocess.Popen([str(part) for part in command], cwd=HERE, start_new_session=True)


def wait_until_open(host, port, web):
    for _ in range(300):
        if web.poll() is not None:
            sys.exit("The web server did not start; see above.")
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


def announce(host, port):
    print(f"\n  The demo is at http://{host}:{port}   (Ctrl-C stops it)\n")
    print(f"  Sign in with the password {os.environ.get('DEMO_PASSWORD', 'learn-and-protect')} as")
    for name, full_name, role, *_ in ACCOUNTS:
        print(f"    {name + '@example.org':<32}{full_name}, {role.replace('_', ' ')}")
    print(flush=True)


def stop(processes):
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings.development")
    os.environ.setdefault("SITE_URL", f"http://{args.host}:{args.port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    with socket.socket() as probe:
        if probe.connect_ex((args.host, args.port)) == 0:
            sys.exit(f"Port {args.port} is taken. Pick another: make run PORT=9000")

    def leave(signum, frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    running = {}
    try:
        running = {name: start(command) for name, command in commands(args.host, args.port).items()}
        wait_until_open(args.host, args.port, running["web"])
        announce(args.host, args.port)
        while True:
            time.sleep(1)
            if running["web"].poll() is not None:
                sys.exit("The web server stopped.")
            if running["worker"].poll() is not None:
                print("The worker stopped; starting it again.", flush=True)
                time.sleep(2)
                running["worker"] = start(commands(args.host, args.port)["worker"])
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
    finally:
        stop(running.values())


if __name__ == "__main__":
    main()
