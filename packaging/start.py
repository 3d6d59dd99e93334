"""Where an installed Panoh begins: the window or panoh-cli, by the name of the program that was started."""

import sys
from pathlib import Path

if Path(sys.executable).stem == "panoh-cli":
    from panoh.cli import main
else:
    from panoh.app import main

if __name__ == "__main__":
    sys.exit(main())
