"""Makes scans as DICOM files: slices of a phantom, plain, and packed by DCMTK as JPEG, JPEG-LS and RLE."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

ROWS, COLUMNS = 96, 128
#: Millimeters between rows and between columns.
SPACING = (0.5, 0.8)
#: Hounsfield units of air, water, and the bone of slice n: a disc that moves to the right.
AIR, WATER, BONE = -1000, 0, 700
INTERCEPT = -1024

LONG = {b"OB", b"OW", b"SQ", b"UN", b"UT"}
PROGRAMS = {"jpeg-lossless": ["dcmcjpeg", "+e1"], "jpeg-ls": ["dcmcjpls"], "rle": ["dcmcrle"]}


def element(group, number, kind, value):
    if isinstance(value, str):
        value = value.encode()
    if len(value) % 2:
        value += b"\0" if kind in (b"UI", b"OB") else b" "
    head = struct.pack("<HH2s", group, number, kind)
    return head + (struct.pack("<HI", 0, len(value)) if kind in LONG else struct.pack("<H", len(value))) + value


def short(group, number, value):
    return element(group, number, b"US", struct.pack("<H", value))


def unit(x, y, n):
    """Hounsfield units at a pixel of slice n."""
    if (x - 40 - 10 * n) ** 2 + (y - 48) ** 2 <= 100:
        return BONE
    return WATER if 16 <= x < 112 and 16 <= y < 80 else AIR


def dataset(pixels, n, series="1.2.3.4.5", modality="CT", window=(40, 400), **other):
    colors = other.get("colors", False)
    bits = 8 if colors else 16
    uid = f"{series}.{n + 1}"
    center = "" if window is None else str(window[0])
    parts = [
        element(0x0008, 0x0016, b"UI", "1.2.840.10008.5.1.4.1.1.2"),
        element(0x0008, 0x0018, b"UI", uid),
        element(0x0008, 0x0060, b"CS", modality),
        element(0x0008, 0x103E, b"LO", "Phantom"),
        element(0x0010, 0x0010, b"PN", "Doe^Jane"),
        element(0x0020, 0x000E, b"UI", series),
        element(0x0020, 0x0013, b"IS", str(100 - n)),
        element(0x0020, 0x0032, b"DS", f"0\\0\\{5 * n}"),
        element(0x0020, 0x0037, b"DS", "1\\0\\0\\0\\1\\0"),
        short(0x0028, 0x0002, 3 if colors else 1),
        element(0x0028, 0x0004, b"CS", "RGB" if colors else "MONOCHROME2"),
        *([short(0x0028, 0x0006, 0)] if colors else []),
        short(0x0028, 0x0010, ROWS),
        short(0x0028, 0x0011, COLUMNS),
        *([element(0x0028, 0x0030, b"DS", f"{SPACING[0]}\\{SPACING[1]}")] if other.get("spacing", True) else []),
        short(0x0028, 0x0100, bits),
        short(0x0028, 0x0101, 8 if colors else 12),
        short(0x0028, 0x0102, 7 if colors else 11),
        short(0x0028, 0x0103, 0),
        *([element(0x0028, 0x1050, b"DS", center), element(0x0028, 0x1051, b"DS", str(window[1]))]
          if window else []),
        *([] if colors else [element(0x0028, 0x1052, b"DS", str(INTERCEPT)), element(0x0028, 0x1053, b"DS", "1")]),
        element(0x7FE0, 0x0010, b"OB" if colors else b"OW", pixels),
    ]
    return uid, b"".join(parts)


def file_of(pixels, n, **more):
    uid, body = dataset(pixels, n, **more)
    meta = (element(0x0002, 0x0001, b"OB", b"\0\1")
            + element(0x0002, 0x0002, b"UI", "1.2.840.10008.5.1.4.1.1.2")
            + element(0x0002, 0x0003, b"UI", uid)
            + element(0x0002, 0x0010, b"UI", "1.2.840.10008.1.2.1")
            + element(0x0002, 0x0012, b"UI", "1.2.3.4"))
    return b"\0" * 128 + b"DICM" + element(0x0002, 0x0000, b"UL", struct.pack("<I", len(meta))) + meta + body


def gray(n):
    return struct.pack(f"<{ROWS * COLUMNS}H",
                       *(unit(x, y, n) - INTERCEPT for y in range(ROWS) for x in range(COLUMNS)))


def phantom(folder: Path, slices=3, packing=None, **more):
    """A series; `packing` is one of PROGRAMS, or None for plain pixels."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(slices):
        # Named against the order in which they lie, so that names cannot be what sorts them.
        path = folder / f"slice-{slices - n}.dcm"
        path.write_bytes(file_of(gray(n), n, **more))
        if packing:
            subprocess.run([*PROGRAMS[packing], path, path], check=True)
    return folder


def photograph(folder: Path, is_jpeg=False):
    """One color image, red on the left and blue on the right."""
    folder.mkdir(parents=True, exist_ok=True)
    pixels = b"".join(b"\xc8\x14\x14" if x < COLUMNS // 2 else b"\x14\x14\xc8"
                      for _ in range(ROWS) for x in range(COLUMNS))
    path = folder / "photograph.dcm"
    path.write_bytes(file_of(pixels, 0, series="1.2.9", modality="XC", window=None, colors=True))
    if is_jpeg:
        subprocess.run(["dcmcjpeg", "+eb", path, path], check=True)
    return folder
