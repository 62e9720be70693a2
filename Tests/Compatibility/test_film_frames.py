"""Frames of films: counted, timed, and brought to an even rate by the tools of the system."""

import json
import subprocess
import time

import numpy
import pytest


@pytest.fixture(scope="module")
def films(media_root):
    folder = media_root / "films"
    folder.mkdir()

    def make(name, *options):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=25:duration=4", *options,
                        folder / name], check=True, timeout=120)
        return f"/data/local-files/?d=films/{name}"

    return make


def made(api, path, **query):
    for _ in range(1200):
        answer = api.get(path, params=query)
        if answer.status_code != 200 or answer.json()["state"] == "ready":
            return answer
        time.sleep(0.05)
    raise AssertionError("it was never ready")


def times(api, source):
    answer = api.get("/api/media/frames/data", params={"src": source})
    assert answer.ok, answer.text
    return numpy.frombuffer(answer.content, "<f8")


@pytest.mark.parametrize("name, codec", [("even.mp4", "libx264"), ("even.webm", "libvpx-vp9"), ("even.avi", "mpeg4")])
def test_even_frames_are_counted(admin, films, name, codec):
    source = films(name, "-c:v", codec)
    frames = made(admin, "/api/media/frames", src=source).json()["frames"]
    assert frames["count"] == 100 and frames["is_constant"], frames
    assert frames["rate"] == pytest.approx(25, rel=1e-3)
    assert numpy.diff(times(admin, source)) == pytest.approx(0.04, abs=2e-3)


def test_uneven_frames_are_told_with_their_times(admin, films):
    source = films("uneven.mp4", "-vf", "select='lt(n,20)+not(mod(n,5))'", "-vsync", "vfr", "-c:v", "libx264")
    frames = made(admin, "/api/media/frames", src=source).json()["frames"]
    assert not frames["is_constant"] and frames["count"] == 36
    kept = [n for n in range(100) if n < 20 or n % 5 == 0]
    assert times(admin, source) == pytest.approx([n / 25 for n in kept], abs=2e-3)
    # Its version with an even rate has a frame for each beat.
    assert made(admin, "/api/media/proxy", src=source, rate=25).json()["proxy"] == {"rate": 25}
    film = admin.get("/api/media/proxy/data", params={"src": source, "rate": 25})
    assert film.ok and film.headers["Content-Type"] == "video/mp4"
    probed = subprocess.run(["ffprobe", "-v", "error", "-count_packets", "-show_entries",
                             "stream=codec_name,nb_read_packets,r_frame_rate", "-of", "json", "-"],
                            input=film.content, capture_output=True, check=True, timeout=60)
    (stream,) = json.loads(probed.stdout)["streams"]
    assert stream["codec_name"] == "h264" and stream["r_frame_rate"] == "25/1"
    assert int(stream["nb_read_packets"]) == pytest.approx(96, abs=1)  # the last kept frame is the ninety-sixth
    part = admin.get("/api/media/proxy/data", params={"src": source, "rate": 25}, headers={"Range": "bytes=0-99"})
    assert part.status_code == 206 and part.content == film.content[:100]


@pytest.mark.parametrize("name, content", [
    ("text.mp4", b"this is no film"), ("zip.mp4", b"PK\x03\x04" + bytes(200)),
    ("list.m3u8", b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n"),
    ("concat.txt", b"ffconcat version 1.0\nfile /etc/passwd\n"),
])
@pytest.mark.parametrize("path", ["/api/media/frames", "/api/media/proxy"])
def test_what_is_no_film_is_refused_with_the_reason(admin, films, media_root, name, content, path):
    films("some.mp4", "-t", "0.2")
    (media_root / "films" / name).write_bytes(content)
    refused = made(admin, path, src=f"/data/local-files/?d=films/{name}")
    assert refused.status_code == 400 and refused.json()["code"] == "film_unreadable", refused.text
    assert "root:" not in refused.text


@pytest.mark.parametrize("rate", ["0", "1e9", "nan", "fast"])
def test_a_rate_that_is_none_is_refused(admin, films, rate):
    refused = admin.get("/api/media/proxy", params={"src": films("some.mp4", "-t", "0.2"), "rate": rate})
    assert refused.status_code == 400 and "rate" in refused.text
