"""`python -m content [folder]`: what a pack holds, or everything that is wrong with it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from content.library import load
from content.read import PackError

try:
    library = load(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
except PackError as error:
    print(error)
    sys.exit(1)
print(f"{library.slug} {library.version}: {len(library.prompts)} prompts, {len(library.roles)} roles")
for topic, count in sorted(Counter(prompt.topic for prompt in library.prompts.values()).items()):
    print(f"  {topic}: {count}")
