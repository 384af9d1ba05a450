"""``python -m vested.config.cli COMMAND``."""

import sys

from vested.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
