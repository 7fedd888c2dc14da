"""Take the picture of the page that the README shows: picture.py [output/graph.html [#node=ID]] (needs Chromium)"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent


def main() -> int:
    page_file = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "output" / "graph.html").resolve()
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not page_file.exists() or not browser:
        print("picture.py: needs output/graph.html (./scripts/demo makes it) and Chromium", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = running.new_page(viewport={"width": 1400, "height": 860})
        page.goto(page_file.as_uri() + "".join(sys.argv[2:3]))
        page.wait_for_timeout(3000)
        page.screenshot(path=ROOT / "docs" / "page.png")
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
