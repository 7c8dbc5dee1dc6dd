"""Comparing how the page looks with a kept picture, region by region: another font must not matter, another look must.

A region is the same when its box lies about where it lay, its colour is about the same, and about as much of it is
inked. Text that breaks elsewhere changes none of the three much; a panel that is gone, moved or repainted does.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page

FOLDER = Path(__file__).parent / "looks"
WORLD = ("header", "nav", ".log", ".workbench", "form:has([role=combobox])")
REGIONS = (".bar", ".try", *(f"section.{name} {part}" for name in ("slack", "discord") for part in WORLD))
MOVED, COLOUR, INK = 0.05, 10.0, 2.0  # share of the picture, steps of 255, factor

_BOXES = """(selectors) => Object.fromEntries(selectors.map((selector) => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return [selector, box ? [box.x, box.y, box.width, box.height] : [0, 0, 0, 0]];
}))"""
_READ = """async ([picture, boxes]) => {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return Object.fromEntries(Object.entries(boxes).map(([name, [x, y, w, h]]) => {
    const left = Math.max(0, Math.round(x)), top = Math.max(0, Math.round(y));
    const wide = Math.min(image.width - left, Math.round(w)), high = Math.min(image.height - top, Math.round(h));
    if (wide < 1 || high < 1) return [name, null];
    const data = pen.getImageData(left, top, wide, high).data, sum = [0, 0, 0];
    const step = (at) => (data[at] + data[at + 1] + data[at + 2]) / 3;
    let edges = 0;
    for (let at = 0; at < data.length; at += 4) {
      for (let part = 0; part < 3; part++) sum[part] += data[at + part];
      if (at % (4 * wide) && Math.abs(step(at) - step(at - 4)) > 24) edges++;
    }
    return [name, { colour: sum.map((part) => part * 4 / data.length), ink: edges * 4 / data.length }];
  }));
}"""


@dataclass(frozen=True)
class Look:
    """A picture and where its regions lie: CSS selector -> x, y, width, height in pixels."""

    picture: bytes
    boxes: Mapping[str, tuple[float, float, float, float]]
    size: Mapping[str, int]

    def keep(self, name: str) -> None:
        """Writes it down."""
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.png").write_bytes(self.picture)
        boxes = {selector: [round(part) for part in box] for selector, box in self.boxes.items()}
        about = json.dumps({"size": self.size, "boxes": boxes}, indent=1)
        (FOLDER / f"{name}.json").write_text(about + "\n", encoding="utf-8")


def kept(name: str) -> Look:
    """The look of that name."""
    about = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    boxes = {selector: (box[0], box[1], box[2], box[3]) for selector, box in about["boxes"].items()}
    return Look((FOLDER / f"{name}.png").read_bytes(), boxes, about["size"])


async def look(page: Page) -> Look:
    """How a page looks now."""
    boxes = await page.evaluate(_BOXES, list(REGIONS))
    size = page.viewport_size
    assert size is not None
    picture = await page.screenshot()
    measures = {"width": size["width"], "height": size["height"]}
    return Look(picture, {name: (b[0], b[1], b[2], b[3]) for name, b in boxes.items()}, measures)


async def differences(page: Page, before: Look, now: Look) -> list[str]:
    """What looks different, one sentence a region. `page` is any without a content policy, such as about:blank."""
    if before.size != now.size:
        return [f"the picture was {before.size}, is {now.size}"]
    told: list[str] = []
    seen = [
        await page.evaluate(_READ, ["data:image/png;base64," + base64.b64encode(one.picture).decode(), dict(one.boxes)])
        for one in (before, now)
    ]
    for name in REGIONS:
        was, is_ = seen[0].get(name), seen[1].get(name)
        if (was is None) != (is_ is None):
            told.append(f"{name} {'appeared' if was is None else 'is gone'}")
            continue
        if was is None:
            continue
        scale = (now.size["width"], now.size["height"]) * 2
        moved = max(abs(a - b) / s for a, b, s in zip(before.boxes[name], now.boxes[name], scale, strict=True))
        shade = max(abs(a - b) for a, b in zip(was["colour"], is_["colour"], strict=True))
        ink = max(was["ink"], is_["ink"], 0.001) / max(min(was["ink"], is_["ink"]), 0.001)
        if moved > MOVED or shade > COLOUR or ink > INK:
            told.append(f"{name}: moved by {moved:.1%}, colour by {shade:.0f}, ink by a factor of {ink:.1f}")
    return told
