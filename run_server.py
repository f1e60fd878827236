"""Start the chat server: see `python run_server.py --help`."""

import sys

from chatapp.server.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
