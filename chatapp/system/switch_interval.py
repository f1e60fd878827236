"""How long a thread may use the interpreter while other threads wait for it.

A thread that waits for the interpreter wakes once in each interval to ask for it. When thousands wait at the
same time, because their clients have disconnected together, these wakes take all the time of the processors
and little else is done. So the interval grows with the number of threads.

Measured on two cores, while 2,700 of 3,000 clients disconnected at the same time and another client sent
PINGs: with Python's interval of 5 ms the longest answer took 10 to 31 seconds, with 50 ms 2 seconds.
"""

from __future__ import annotations

import sys

LEAST_SECONDS = sys.getswitchinterval()  # Python's own, 5 ms
SECONDS_PER_THREAD = 20e-6  # a wake takes about 10 µs, so all of them take about half of a core


def fit_to(threads: int) -> None:
    """Set the interval for so many threads that may wait at the same time. Thread: any."""
    sys.setswitchinterval(max(LEAST_SECONDS, threads * SECONDS_PER_THREAD))
