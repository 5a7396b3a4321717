"""The process that reads text from pictures: `python -m planner.cards.ocr_child`.

The text reader and its models take some 700 MB, so it lives here and ends with its parent's need for it. It is asked
and answers over pipes: a line of JSON, then, in a question, `width × height × 3` bytes of RGB. Nothing else of the
program is imported.

Question: `{"width": …, "height": …}`. Answer: `{"turn": 0 | 90 | 180 | 270, "left": …, "lines": [{"text", "again",
"score", "box": [[x, y], …]}]}`, where the boxes lie on the picture turned clockwise by `turn` degrees and begin where
their text begins, and `left` counts the lines there was no time for; or `{"error": "…"}`.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from dataclasses import dataclass, field
from typing import Any, BinaryIO

#: Longest side at which text is looked for, first and again where it is small; the time goes with the square of it.
FIRST_SIDE, SECOND_SIDE = 1_024, 2_000
#: Seconds after which no more lines are read, also counted in the processor's own; and lines of one round.
BUDGET, ROUND = 3.5, 12
#: Seconds after which it ends in any case.
AT_MOST = 12.0

# Lines lower than this, in pixels at the first side, are looked for again at a side that makes them as high as that.
_SMALL, _GOOD = 16, 22
# Pixels around a line for its second look, by its height.
_MARGIN = 0.12
# What must be right or marked as doubtful, and therefore is looked at again before the rest.
_REACH = re.compile(r"[@©®]|\d{2}\D{0,3}\d{2}|www|://|[a-z]\.[a-z]{2}", re.IGNORECASE)

Corners = list[list[float]]


@dataclass
class Found:
    """A line on the picture: its corners clockwise from where its text begins, and what was read."""

    box: Corners
    text: str = ""
    score: float = 0.0
    again: str | None = None
    flipped: float = 0.0  # how sure the classifier is that it stands on its head, less than 0 that it does not
    read: bool = field(default=False)

    @property
    def sides(self) -> tuple[float, float]:
        """Its length and height in pixels."""
        (ax, ay), (bx, by), _, (dx, dy) = self.box
        return ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5, ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5

    def flip(self) -> None:
        """Let it begin at its other end."""
        self.box = self.box[2:] + self.box[:2]


class _End:
    """When to stop reading a picture: a machine that is busy with other things has less done by then."""

    def __init__(self, seconds: float) -> None:
        # Two threads work: the processor's seconds pass twice as fast.
        self._wall, self._own = time.monotonic() + seconds, time.process_time() + 2 * seconds
        self._last = time.monotonic() + AT_MOST

    @property
    def reached(self) -> bool:
        now = time.monotonic()
        return now > self._last or (now > self._wall and time.process_time() > self._own)


class Reader:
    """The text reader, loaded once."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        limits = {"Global.max_side_len": 4_096, "Det.limit_type": "max", "Det.limit_side_len": 4_096}
        self._ocr: Any = RapidOCR(params={"Global.log_level": "critical", "Global.text_score": 0.0, **limits})

    def read(self, image: Any, budget: float = BUDGET) -> dict[str, Any]:
        """The lines of a picture (an array of height × width × 3, BGR) and how it has to be turned to be upright."""
        end = _End(budget)
        found = self._found(image)
        _lay(found)
        self._set_upright(image, found)
        self._first_look(image, found, end)
        seen = [line for line in found if line.read and line.score >= 0.3 and line.text.strip()]
        self._more_looks(image, seen, end)
        turn = _turn(seen)
        height, width = image.shape[:2]
        return {
            "turn": turn,
            "left": sum(not line.read for line in found),
            "lines": [
                {
                    "text": line.text,
                    "again": line.again,
                    "score": round(line.score, 4),
                    "box": [_turned(corner, turn, width, height) for corner in line.box],
                }
                for line in seen
            ],
        }

    def _found(self, image: Any) -> list[Found]:
        """Where text stands, from coarse to fine and, on a faint picture, with evened contrast."""
        found, factor = self._boxes(image, FIRST_SIDE)
        heights = sorted(min(line.sides) for line in found)
        small = heights[len(heights) // 3] * factor if heights else _GOOD
        if factor < 1.0 and small < _SMALL:
            found, _ = self._boxes(image, min(SECOND_SIDE, round(FIRST_SIDE * _GOOD / max(small, 1))))
        elif len(found) < 3:
            more, _ = self._boxes(_evened(image), FIRST_SIDE)
            found = more if len(more) > len(found) else found
        return found

    def _boxes(self, image: Any, side: int) -> tuple[list[Found], float]:
        import cv2

        # A small picture is magnified: else the ends of its lines are missed.
        factor = min(2.0, side / max(image.shape[:2]))
        how = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_CUBIC
        small = image if factor == 1.0 else cv2.resize(image, None, fx=factor, fy=factor, interpolation=how)
        boxes = self._ocr(small, use_det=True, use_cls=False, use_rec=False).boxes
        if boxes is None:
            return [], factor
        return [Found([[float(x) / factor, float(y) / factor] for x, y in box]) for box in boxes], factor

    def _set_upright(self, image: Any, found: list[Found]) -> None:
        """Let each line begin where its text begins: most of a picture agrees, and single lines are tried both ways."""
        long = [(line, crop) for line in found if (crop := _crop(image, line.box, 0.0)) is not None and _long(line)]
        if not long:
            return
        told = self._ocr.cls_and_rotate([crop for _, crop in long])[1].cls_res
        for (line, _), (label, score) in zip(long, told, strict=True):
            line.flipped = float(score) if "180" in label else -float(score)
        for upright in (True, False):
            group = [line for line in found if (_direction(line) % 180 == 0) is upright]
            weights = [min(line.sides[0] / max(line.sides[1], 1), 10.0) * line.flipped for line in group]
            most = sum(weights) > 0
            if sum(abs(weight) for weight in weights) * 0.4 > abs(sum(weights)):
                most = self._stands_on_head(image, group)
            odd = [line for line in group if abs(line.flipped) > 0.9 and (line.flipped > 0) is not most]
            for line in group:
                if most:
                    line.flip()
            for line in odd[:8]:
                self._try_both(image, line)

    def _stands_on_head(self, image: Any, group: list[Found]) -> bool:
        as_is = turned = 0.0
        for line in sorted(group, key=lambda line: -line.sides[0])[:3]:
            crop = _crop(image, line.box, 0.0)
            if crop is not None:
                (text, score), (other, its) = self._recognised([crop, _on_head(crop)])
                as_is, turned = as_is + score * len(text), turned + its * len(other)
        return turned > as_is * 1.1

    def _try_both(self, image: Any, line: Found) -> None:
        crop = _crop(image, line.box, 0.0)
        if crop is not None:
            (text, score), (other, its) = self._recognised([crop, _on_head(crop)])
            if its * len(other) > score * len(text) * 1.15:
                line.flip()

    def _first_look(self, image: Any, found: list[Found], end: _End) -> None:
        # Lines of like length together: the shorter ones of a round are filled up to the longest.
        order = sorted(found, key=lambda line: line.sides[0] / max(line.sides[1], 1))
        for at in range(0, len(order), ROUND):
            if end.reached and at:
                return
            cropped = [(line, _crop(image, line.box, 0.0)) for line in order[at : at + ROUND]]
            there = [(line, crop) for line, crop in cropped if crop is not None]
            for (line, _), (text, score) in zip(there, self._recognised([crop for _, crop in there]), strict=True):
                line.text, line.score, line.read = text, score, True
            for line, crop in cropped:
                line.read = line.read or crop is None

    def _more_looks(self, image: Any, seen: list[Found], end: _End) -> None:
        """What a second look reads, cut wider, in grey, with evened contrast; a third decides where they differ."""
        order = sorted(seen, key=lambda line: not _REACH.search(line.text))
        for at in range(0, len(order), ROUND):
            lines = order[at : at + ROUND]
            if end.reached:
                for line in lines:
                    # Nobody has confirmed it.
                    line.again = "" if _REACH.search(line.text) else None
                continue
            for line, (text, score) in zip(lines, self._looked(image, lines, _plain_grey), strict=True):
                line.again = text if score > 0.5 else None
            torn = [line for line in lines if line.again is not None and _packed(line.again) != _packed(line.text)]
            for line, (text, score) in zip(torn, self._looked(image, torn, _sharpened), strict=True):
                if score > 0.5 and line.again is not None and _packed(text) == _packed(line.again):
                    line.text, line.again = line.again, line.text

    def _looked(self, image: Any, lines: list[Found], change: Any) -> list[tuple[str, float]]:
        crops = [_crop(image, line.box, _MARGIN) for line in lines]
        told = iter(self._recognised([change(crop) for crop in crops if crop is not None]))
        return [("", 0.0) if crop is None else next(told) for crop in crops]

    def _recognised(self, crops: list[Any]) -> list[tuple[str, float]]:
        if not crops:
            return []
        result = self._ocr.recognize_txt(crops)
        return [(str(text), float(score)) for text, score in zip(result.txts, result.scores, strict=True)]


def _packed(text: str) -> str:
    return "".join(text.split())


def _long(line: Found) -> bool:
    length, height = line.sides
    return length > 2.0 * height


def _direction(line: Found) -> int:
    """Where a line runs: 0 to the right, 90 down, 180 to the left, 270 up."""
    (ax, ay), (bx, by), *_ = line.box
    dx, dy = bx - ax, by - ay
    if abs(dx) >= abs(dy):
        return 0 if dx >= 0 else 180
    return 90 if dy >= 0 else 270


def _lay(found: list[Found]) -> None:
    """Let lines that stand on end begin at an end, and short ones run as most do."""
    tall = sum(line.sides[1] for line in found if line.sides[1] > 1.8 * line.sides[0])
    wide = sum(line.sides[0] for line in found if line.sides[0] > 1.8 * line.sides[1])
    for line in found:
        length, height = line.sides
        on_end = height > 1.8 * length and (tall > 0.1 * wide or height > 4 * length)
        if on_end or (tall > wide and length <= 1.8 * height):
            line.box = line.box[1:] + line.box[:1]


def _turn(seen: list[Found]) -> int:
    """By how many degrees clockwise the picture has to be turned for most of its letters to be upright."""
    votes = dict.fromkeys((0, 90, 180, 270), 0)
    for line in seen:
        votes[_direction(line)] += len(line.text)
    return (360 - max(votes, key=lambda way: (votes[way], -way))) % 360


def _turned(corner: list[float], turn: int, width: int, height: int) -> list[int]:
    x, y = round(corner[0]), round(corner[1])
    return {0: [x, y], 90: [height - 1 - y, x], 180: [width - 1 - x, height - 1 - y], 270: [y, width - 1 - x]}[turn]


def _on_head(crop: Any) -> Any:
    import numpy as np

    return np.ascontiguousarray(np.rot90(crop, 2))


def _evened(image: Any) -> Any:
    import cv2

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    return cv2.cvtColor(cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(grey), cv2.COLOR_GRAY2BGR)


def _scaled(grey: Any) -> Any:
    import cv2

    factor = 64 / max(grey.shape[0], 1)
    width = max(16, min(4_000, round(grey.shape[1] * factor)))
    return cv2.resize(grey, (width, 64), interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)


def _plain_grey(crop: Any) -> Any:
    import cv2

    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    evened = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(4, 4)).apply(grey)
    return cv2.cvtColor(_scaled(evened), cv2.COLOR_GRAY2BGR)


def _sharpened(crop: Any) -> Any:
    import cv2

    scaled = _scaled(crop)
    return cv2.addWeighted(scaled, 1.8, cv2.GaussianBlur(scaled, (0, 0), 2.0), -0.8, 0)


def _crop(image: Any, box: Corners, margin: float) -> Any | None:
    """The part of a picture inside four corners, made straight."""
    import cv2
    import numpy as np

    a, b, c, d = (np.array(corner, dtype=np.float32) for corner in box)
    width = int(max(np.linalg.norm(b - a), np.linalg.norm(c - d)))
    height = int(max(np.linalg.norm(d - a), np.linalg.norm(c - b)))
    if width < 4 or height < 4 or width > 12_000:
        return None
    edge = margin * height
    along, down = (b - a) / max(width, 1) * edge, (d - a) / max(height, 1) * edge
    corners = np.array([a - along - down, b + along - down, c + along + down, d - along + down], dtype=np.float32)
    width, height = width + int(2 * edge), height + int(2 * edge)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer questions until there are no more."""
    reader: Reader | None = None
    try:
        # Loaded while the first picture is still being opened.
        import numpy as np

        reader = Reader()
    except ImportError:
        pass  # said to each question
    while line := questions.readline():
        try:
            asked = json.loads(line)
            width, height = int(asked["width"]), int(asked["height"])
            pixels = questions.read(width * height * 3)
            if len(pixels) < width * height * 3:
                return
            if reader is None:
                answer: dict[str, Any] = {"error": "missing"}
            else:
                image = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)[:, :, ::-1]
                answer = reader.read(np.ascontiguousarray(image))
        # Whatever the libraries raise on a picture made to hurt, the next one is answered.
        except Exception as error:  # noqa: BLE001 - told to the parent, whatever it is
            answer = {"error": f"{type(error).__name__}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def main() -> int:
    """Keep the pipe for answers to ourselves: what the libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(3)  # the window comes first
    serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
