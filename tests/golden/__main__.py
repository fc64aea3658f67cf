"""Write the golden results anew."""

from __future__ import annotations

import sys

from tests.golden import main

sys.exit(main())
