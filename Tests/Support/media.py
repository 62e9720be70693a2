"""Sound, film, tables and documents for the tests, made when they are needed."""

from __future__ import annotations

import math
import struct
import subprocess
import wave
from pathlib import Path

from PIL import Image, ImageDraw


def make_image(path: Path, text: str = "postil", size: tuple[int, int] = (320, 200)) -> None:
    image = Image.new("RGB", size, "#dfe8d8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 140, 120), fill="#b65c3a")
    draw.ellipse((190, 60, 280, 150), fill="#3a6fb6")
    draw.text((50, 140), text, fill="#222222")
    image.save(path)


def make_sound(path: Path, seconds: float = 4, rate: int = 8000, channels: int = 1) -> None:
    """Tones with pauses between them: one second on, half a second off."""
    frames = bytearray()
    for i in range(int(seconds * rate)):
        time = i / rate
        loud = 0.6 if time % 1.5 < 1 else 0.0
        for channel in range(channels):
            sample = loud * math.sin(2 * math.pi * (330 + 220 * channel) * time)
            frames += struct.pack("<h", int(sample * 32767))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(bytes(frames))


def make_film(path: Path, seconds: int = 3, rate: int = 24) -> None:
    """Frames that tell their own number: 8 bars at the top, white for a 1, the highest bit first."""
    width, height = 160, 96
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray",
               "-s", f"{width}x{height}", "-r", str(rate), "-i", "-",
               "-f", "lavfi", "-t", str(seconds), "-i", "sine=440",
               "-c:v", "libvpx", "-b:v", "600k", "-g", str(rate), "-pix_fmt", "yuv420p",
               "-c:a", "libopus", "-shortest", str(path)]
    frames = bytearray()
    for number in range(1, seconds * rate + 1):
        row = bytearray()
        for bit in range(8):
            row += bytes([235 if number >> (7 - bit) & 1 else 16]) * (width // 8)
        frames += row * (height // 2)
        x = number * 2 % (width - 20)
        low = bytearray([90]) * width
        low[x:x + 20] = b"\xd0" * 20
        frames += low * (height - height // 2)
    subprocess.run(command, input=bytes(frames), check=True, timeout=120)


def make_series(path: Path, rows: int = 400) -> None:
    lines = ["time,velocity,acceleration,value"]
    for i in range(rows):
        minute, second = divmod(i, 60)
        gap = "" if 100 <= i < 110 else f"{20 + 10 * math.sin(i / 20):.3f}"
        lines.append(f"2024-03-05 {10 + minute // 60:02}:{minute % 60:02}:{second:02}.250000,"
                     f"{gap},{math.cos(i / 20):.4f},{100 + i / 7:.2f}")
    path.write_text("\n".join(lines) + "\n")


def make_pdf(path: Path, pages: int = 3) -> None:
    """A small document with a text layer, written by hand so that the test knows its words."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(pages))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number in range(1, pages + 1):
        text = (f"BT /F1 24 Tf 60 700 Td (Invoice page {number}) Tj 0 -40 Td "
                f"(Total amount 12{number}.50) Tj ET").encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font "
            f"<< /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for i, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, start)
    path.write_bytes(bytes(out))


def make_media(root: Path) -> dict[str, str]:
    """All of them in `root/media`; gives the addresses that tasks name."""
    folder = root / "media"
    folder.mkdir(parents=True, exist_ok=True)
    make_image(folder / "a.png", "first")
    make_image(folder / "b.png", "second")
    make_sound(folder / "talk.wav")
    make_sound(folder / "two.wav", channels=2)
    make_film(folder / "film.webm")
    make_series(folder / "series.csv")
    make_pdf(folder / "paper.pdf")
    return {path.name: f"/data/local-files/?d=media/{path.name}" for path in folder.iterdir()}
