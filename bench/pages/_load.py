"""A server, and readers who come at a steady rate, whether or not those before have been answered."""

import queue
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from bench.beside import ROOT

READERS = 64  # at once; one more waits, and its waiting counts


@dataclass(frozen=True, slots=True)
class Read:
    """A page asked for: milliseconds from when it was due to its last byte, and how it was answered (0: not at all)."""

    address: str
    took: float
    status: int


def get(port: int, address: str, cookie: str) -> tuple[int, str, str]:
    """Ask once: the status, the page, the cookie it sets."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", address, headers={"Cookie": cookie})
    answer = link.getresponse()
    page, given = answer.read().decode(errors="replace"), answer.headers.get_all("Set-Cookie") or []
    link.close()
    return answer.status, page, "; ".join(one.partition(";")[0] for one in given)


def load(port: int, addresses: Sequence[str], *, cookie: str, rate: float, seconds: float) -> list[Read]:
    """Ask for the addresses in turn, ``rate`` a second; a page that is due late has waited since it was due."""
    due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
    found: queue.SimpleQueue[Read] = queue.SimpleQueue()
    readers = [threading.Thread(target=_read, args=(port, cookie, due, found)) for _number in range(READERS)]
    for reader in readers:
        reader.start()
    begun = time.perf_counter()
    for number in range(round(rate * seconds)):
        at = begun + number / rate
        time.sleep(max(0.0, at - time.perf_counter()))
        due.put((at, addresses[number % len(addresses)]))
    for _reader in readers:
        due.put(None)
    for reader in readers:
        reader.join()
    return [found.get() for _number in range(found.qsize())]


def _read(
    port: int,
    cookie: str,
    due: "queue.SimpleQueue[tuple[float, str] | None]",
    found: "queue.SimpleQueue[Read]",
) -> None:
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    while (one := due.get()) is not None:
        at, address = one
        try:
            link.request("GET", address, headers={"Cookie": cookie})
            answer = link.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            status = 0
            link.close()
        found.put(Read(address, 1000 * (time.perf_counter() - at), status))
    link.close()


@contextmanager
def served(side: str, workers: int) -> Iterator[int]:
    """Serve a side on a port that is free, until left."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    before = _cpu()
    process = subprocess.Popen([sys.executable, "-m", "bench.pages.serve", side, str(port), str(workers)], cwd=ROOT)
    try:
        for _attempt in range(300):
            try:
                get(port, "/units/", "")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()
        print(f"{side}: the server took {_cpu() - before:.1f} s of CPU in all", flush=True)


def _cpu() -> float:
    """Seconds of CPU of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
