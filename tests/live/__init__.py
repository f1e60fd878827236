"""Tests with real servers, terminals and windows, each a process of its own.

These processes share compiled modules. Where Python is told not to write them beside the sources, a temporary
folder takes them: compiling everything anew takes each process longer than the rest of its start.
"""

import atexit
import os
import tempfile

if os.environ.pop("PYTHONDONTWRITEBYTECODE", "") and "PYTHONPYCACHEPREFIX" not in os.environ:
    _cache = tempfile.TemporaryDirectory(prefix="chatapp-bytecode-")
    atexit.register(_cache.cleanup)
    os.environ["PYTHONPYCACHEPREFIX"] = _cache.name
