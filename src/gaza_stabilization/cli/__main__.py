"""Run the command as `python -m gaza_stabilization.cli`."""

import sys

from . import main

sys.exit(main())
