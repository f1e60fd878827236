"""Start the chat window: see `python run_gui.py --help`."""

import sys

from chatapp.gui.app import main

if __name__ == "__main__":
    sys.exit(main())
