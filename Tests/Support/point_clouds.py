"""Makes a street with cars as a laser scanner sees it, in every format that the point cloud tag reads."""

from __future__ import annotations

import math
import random
import struct
from pathlib import Path

from PIL import Image, ImageDraw

#: Center, size and yaw of the cars; the ground is 1.7 m below the scanner.
CARS = [((10.0, 4.0, -0.95), (4.2, 1.8, 1.5), 0.0), ((18.0, -5.0, -0.9), (4.5, 1.9, 1.6), 0.6),
        ((-9.0, 6.0, -0.95), (4.0, 1.7, 1.5), math.pi / 2)]
GROUND = -1.7


def street(count=30_000, seed=7):
    """x, y, z, intensity of each point: most of them ground, then walls, and the cars' sides."""
    rng = random.Random(seed)
    points = []
    for _ in range(count * 6 // 10):
        distance, angle = 3 + 27 * rng.random() ** 1.6, rng.random() * 2 * math.pi
        points.append((distance * math.cos(angle), distance * math.sin(angle) * 0.5,
                       GROUND + rng.gauss(0, 0.01), 0.2 + 0.1 * rng.random()))
    for _ in range(count * 2 // 10):
        side = rng.choice((-1, 1))
        points.append((rng.uniform(-30, 30), side * (15 + rng.gauss(0, 0.03)), rng.uniform(GROUND, 4),
                       0.45 + 0.1 * rng.random()))
    while len(points) < count:
        (cx, cy, cz), (length, width, height), yaw = CARS[len(points) % len(CARS)]
        u, v, w = (rng.uniform(-0.5, 0.5) for _ in range(3))
        face = rng.randrange(5)  # what is below is not seen
        if face < 2:
            u = 0.5 if face else -0.5
        elif face < 4:
            v = 0.5 if face == 2 else -0.5
        else:
            w = 0.5
        x, y = u * length, v * width
        points.append((cx + x * math.cos(yaw) - y * math.sin(yaw), cy + x * math.sin(yaw) + y * math.cos(yaw),
                       cz + w * height, 0.8 + 0.2 * rng.random()))
    return points


def kitti(points):
    return b"".join(struct.pack("<4f", *point) for point in points)


def _pcd_header(count, data):
    return (f"# .PCD v0.7\nVERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\n"
            f"WIDTH {count}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS {count}\nDATA {data}\n").encode()


def pcd_text(points):
    lines = "".join("{:.4f} {:.4f} {:.4f} {:.3f}\n".format(*point) for point in points)
    return _pcd_header(len(points), "ascii") + lines.encode()


def pcd_binary(points):
    return _pcd_header(len(points), "binary") + kitti(points)


def lzf(plain):
    """LZF of bytes: repetitions that a table of three bytes finds, literals between them."""
    out, literal, seen, at = bytearray(), bytearray(), {}, 0

    def flush():
        for start in range(0, len(literal), 32):
            part = literal[start:start + 32]
            out.append(len(part) - 1)
            out.extend(part)
        literal.clear()

    while at < len(plain):
        key = plain[at:at + 3]
        before = seen.get(key, -1) if len(key) == 3 else -1
        seen[key] = at
        if before >= 0 and at - before <= 8192:
            length = 3
            while length < 264 and at + length < len(plain) and plain[before + length] == plain[at + length]:
                length += 1
            flush()
            distance, code = at - before - 1, length - 2
            out.append((min(code, 7) << 5) | (distance >> 8))
            if code >= 7:
                out.append(code - 7)
            out.append(distance & 255)
            at += length
        else:
            literal.append(plain[at])
            at += 1
    flush()
    return bytes(out)


def pcd_compressed(points):
    plain = b"".join(struct.pack(f"<{len(points)}f", *(point[i] for point in points)) for i in range(4))
    packed = lzf(plain)
    return _pcd_header(len(points), "binary_compressed") + struct.pack("<2I", len(packed), len(plain)) + packed


def ply(points):
    head = (f"ply\nformat binary_little_endian 1.0\nelement vertex {len(points)}\nproperty float x\n"
            "property float y\nproperty float z\nproperty uchar red\nproperty uchar green\n"
            "property uchar blue\nend_header\n")
    body = b"".join(struct.pack("<3f3B", x, y, z, round(255 * i), round(200 * (1 - i)), 120)
                    for x, y, z, i in points)
    return head.encode() + body


#: A camera on the scanner that looks along x: 640 × 360 pixels, from space to pixels times depth.
CAMERA = [[320, -400, 0, 0], [180, 0, -400, 0], [1, 0, 0, 0]]


def camera_image(path: Path):
    """The street and its cars as that camera sees them: sky, ground, and a box for each car before it."""
    image = Image.new("RGB", (640, 360), (168, 190, 214))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 205, 640, 360), fill=(92, 94, 98))
    for (cx, cy, cz), (_, width, height), _ in sorted(CARS, reverse=True):
        if cx > 1:
            left, right = (320 - 400 * (cy + s * width / 2) / cx for s in (1, -1))
            top, bottom = (180 - 400 * (cz + s * height / 2) / cx for s in (1, -1))
            draw.rounded_rectangle((left, top, right, bottom), 4, fill=(150, 52, 48))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)


def write(folder: Path, name: str, data: bytes) -> str:
    """Puts a file below the media root; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return f"/data/local-files/?d={folder.name}/{name}"
