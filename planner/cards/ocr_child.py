"""The process that reads text from pictures: `python -m planner.cards.ocr_child`.

The text reader and its models take some 700 MB, so it lives here and ends with its parent's need for it. It is asked
and answers over pipes: a line of JSON, then, in a question, `width × height × 3` bytes of RGB. Nothing else of the
program is imported.

Question: `{"width": …, "height": …}`. Answer: `{"turn": 0 | 90 | 180 | 270, "lines": [{"text", "again", "score",
"box": [[x, y], …]}]}`, where the boxes lie on the picture turned clockwise by `turn` degrees, or `{"error": "…"}`.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

# Lines that are looked at to see which way is up, and pixels around a line for its second look.
_SAMPLES, _MARGIN = 3, 0.12


class Reader:
    """The text reader, loaded once."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        self._ocr: Any = RapidOCR(params={"Global.log_level": "critical", "Global.text_score": 0.3})

    def read(self, image: Any) -> dict[str, Any]:
        """The lines of a picture (an array of height × width × 3, BGR) and how it has to be turned to be upright."""
        import numpy as np

        turn = 0
        found = self._lines(image)
        if found and _sideways(found):
            image, turn = np.ascontiguousarray(np.rot90(image, 3)), 90
            found = self._lines(image)
        if found and self._upside_down(image, found):
            image, turn = np.ascontiguousarray(np.rot90(image, 2)), turn + 180
            found = self._lines(image)
        return {"turn": turn, "lines": [self._seen_again(image, line) for line in found]}

    def _lines(self, image: Any) -> list[dict[str, Any]]:
        result = self._ocr(image, use_det=True, use_cls=True, use_rec=True)
        if result.boxes is None or result.txts is None or result.scores is None:
            return []
        return [
            {"text": text, "score": round(float(score), 4), "box": [[round(float(x)), round(float(y))] for x, y in box]}
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        ]

    def _upside_down(self, image: Any, found: list[dict[str, Any]]) -> bool:
        import numpy as np

        longest = sorted(found, key=lambda line: -len(line["text"]))[:_SAMPLES]
        as_is = turned = 0.0
        for line in longest:
            crop = _crop(image, line["box"], 0.0)
            if crop is None:
                continue
            as_is += self._recognised(crop)[1] * len(line["text"])
            turned += self._recognised(np.ascontiguousarray(np.rot90(crop, 2)))[1] * len(line["text"])
        return turned > as_is * 1.1

    def _seen_again(self, image: Any, line: dict[str, Any]) -> dict[str, Any]:
        """The line with what a second look reads: cut wider, in grey, with evened contrast."""
        import cv2

        crop = _crop(image, line["box"], _MARGIN)
        if crop is None:
            return {**line, "again": None}
        grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
        evened = cv2.createCLAHE(clipLimit=2.0, tileGridSize=(4, 4)).apply(grey)
        height = 64
        factor = height / max(evened.shape[0], 1)
        width = max(16, min(4000, round(evened.shape[1] * factor)))
        scaled = cv2.resize(evened, (width, height), interpolation=cv2.INTER_CUBIC)
        text, score = self._recognised(cv2.cvtColor(scaled, cv2.COLOR_GRAY2BGR))
        return {**line, "again": text if score > 0.5 else None}

    def _recognised(self, crop: Any) -> tuple[str, float]:
        result = self._ocr(crop, use_det=False, use_cls=False, use_rec=True)
        if not result.txts:
            return "", 0.0
        return str(result.txts[0]), float(result.scores[0])


def _sideways(found: list[dict[str, Any]]) -> bool:
    """Whether most of the text runs up or down the picture."""
    tall = wide = 0
    for line in found:
        (ax, ay), (bx, by), _, (dx, dy) = line["box"]
        sides = sorted(((bx - ax, by - ay), (dx - ax, dy - ay)), key=lambda side: -(side[0] ** 2 + side[1] ** 2))
        if len(line["text"]) >= 4:
            length = len(line["text"])
            tall += length if abs(sides[0][1]) > abs(sides[0][0]) else 0
            wide += length if abs(sides[0][1]) <= abs(sides[0][0]) else 0
    return tall > wide


def _crop(image: Any, box: list[list[int]], margin: float) -> Any | None:
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
    import numpy as np

    reader: Reader | None = None
    while line := questions.readline():
        try:
            asked = json.loads(line)
            width, height = int(asked["width"]), int(asked["height"])
            pixels = questions.read(width * height * 3)
            if len(pixels) < width * height * 3:
                return
            image = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)[:, :, ::-1]
            reader = reader or Reader()
            answer = reader.read(np.ascontiguousarray(image))
        except ImportError:
            answer = {"error": "missing"}
        # Whatever the libraries raise on a picture made to hurt, the next one is answered.
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def main() -> int:
    """Keep the pipe for answers to ourselves: what the libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(5)  # the window comes first
    serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
