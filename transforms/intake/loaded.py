"""All a reader needs, loaded once in the process that readers are forked off; see `worker.readers`.

What no reader needs is missing only meanwhile: a process forked off for anything else finds it again.
"""

from __future__ import annotations

import gc
import importlib
import sys

from transforms.intake.worker import Absent

sys.meta_path.insert(0, Absent)
gc.disable()  # nothing of what is being loaded is to be freed
try:
    importlib.import_module("transforms.intake.cache")
finally:
    sys.meta_path.remove(Absent)
    gc.freeze()  # nor looked through, here or by a reader
    gc.enable()
