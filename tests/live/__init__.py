"""Tests with real servers, terminals and windows, each in its own process.

These processes share compiled modules. Where Python does not write them beside the sources, they go to a
temporary folder: compiling everything takes each process longer than the rest of its start.
"""

import atexit
import os
import tempfile

if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in os.environ:
    _cache = tempfile.TemporaryDirectory(
        prefix="chatapp-bytecode-",
        ignore_cleanup_errors=True,  # a process that a test has left may write there
    )
    atexit.register(_cache.cleanup)
    os.environ["PYTHONPYCACHEPREFIX"] = _cache.name
