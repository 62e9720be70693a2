"""Waveforms of long recordings: made once by ffmpeg, read in ranges, and refused in words."""

import shutil
import time
import wave

import numpy
import pytest
from installation import API, Daemon

RATE = 8000


def record(path, seconds, channels=1, rate=RATE):
    """Each second has an amplitude of its own; the second channel is silent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    levels = numpy.repeat(1000 + 300 * (numpy.arange(seconds) % 100), rate)
    tone = (levels * numpy.sin(numpy.arange(seconds * rate) * 2 * numpy.pi * 440 / rate)).astype("<i2")
    samples = numpy.stack([tone, numpy.zeros_like(tone)][:channels], axis=1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return f"/data/local-files/?d={path.parent.name}/{path.name}"


def made(api, source, **query):
    for _ in range(600):
        answer = api.get("/api/media/peaks", params={"src": source, **query})
        if answer.status_code != 200 or answer.json()["state"] == "ready":
            return answer
        assert answer.json()["seconds"] >= 0
        time.sleep(0.05)
    raise AssertionError("the waveform was never ready")


def level(api, source, peaks, number, **query):
    one = peaks["levels"][number]
    size = 2 * peaks["channels"]
    first, last = one["offset"], one["offset"] + one["count"] * size - 1
    answer = api.get("/api/media/peaks/data", params={"src": source, **query}, headers={"Range": f"bytes={first}-{last}"})
    assert answer.status_code == 206, answer.status_code
    return numpy.frombuffer(answer.content, "i1").reshape(-1, peaks["channels"], 2)


def test_each_level_holds_the_lowest_and_highest_of_its_stretch(admin, media_root):
    source = record(media_root / "sound" / "long.wav", 130, channels=2)
    peaks = made(admin, source, channels=2).json()["peaks"]
    assert peaks["channels"] == 2 and peaks["entries_per_second"] == 1000
    finest = level(admin, source, peaks, 0, channels=2)
    assert len(finest) == pytest.approx(130_000, abs=30)
    for second in (0, 7, 64, 129):
        # Not at its ends, where the neighbor's samples are mixed in.
        part = finest[second * 1000 + 50:second * 1000 + 950, 0]
        amplitude = (1000 + 300 * (second % 100)) / 256
        assert part[:, 1].max() == pytest.approx(amplitude, abs=1.5)
        assert part[:, 0].min() == pytest.approx(-amplitude, abs=1.5)
    assert not finest[:, 1].any()
    folds = [one["fold"] for one in peaks["levels"]]
    assert folds == [4 ** i for i in range(len(folds))] and peaks["levels"][-1]["count"] <= 1024
    below = finest
    for number in range(1, len(folds)):
        coarse = level(admin, source, peaks, number, channels=2)
        assert len(coarse) == -(-len(below) // 4)
        for i in (0, len(coarse) // 2, len(coarse) - 1):
            part = below[4 * i:4 * i + 4]
            assert (coarse[i, :, 0] == part[:, :, 0].min(axis=0)).all()
            assert (coarse[i, :, 1] == part[:, :, 1].max(axis=0)).all()
        below = coarse


def test_a_changed_file_has_another_waveform(admin, media_root):
    path = media_root / "sound" / "changed.wav"
    source = record(path, 3)
    first = made(admin, source).json()["peaks"]["levels"][0]["count"]
    record(path, 5)
    assert made(admin, source).json()["peaks"]["levels"][0]["count"] > first


@pytest.mark.parametrize("name, content", [
    ("text.wav", b"this is no sound"),
    ("cut.wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ("zip.mp3", b"PK\x03\x04" + bytes(200)),
    ("list.m3u8", b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n#EXT-X-ENDLIST\n"),
    ("web.m3u8", b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"),
    ("concat.txt", b"ffconcat version 1.0\nfile /etc/passwd\n"),
])
def test_what_is_no_sound_is_refused_with_the_reason(admin, media_root, name, content):
    folder = media_root / "sound"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    refused = made(admin, f"/data/local-files/?d=sound/{name}")
    assert refused.status_code == 400 and refused.json()["code"] == "sound_unreadable", refused.text
    assert "root:" not in refused.text
    assert admin.get("/health").ok


def test_only_files_that_may_be_seen_have_one(admin, media_root):
    assert admin.get("/api/media/peaks", params={"src": "/data/local-files/?d=../etc/passwd"}).status_code == 404
    assert admin.get("/api/media/peaks", params={"src": "http://127.0.0.1/a.wav"}).status_code == 400
    source = record(media_root / "sound" / "some.wav", 1)
    assert admin.get("/api/media/peaks", params={"src": source, "channels": 7}).json()["code"] == "channels_invalid"
    assert API(admin.url, "none").get("/api/media/peaks", params={"src": source}).status_code == 401


def test_a_missing_tool_is_named_and_the_daemon_lives(tmp_path):
    source = record(tmp_path / "media" / "sound" / "a.wav", 1)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "prlimit").symlink_to(shutil.which("prlimit"))
    daemon = Daemon(tmp_path / "data", ["--media-root", str(tmp_path / "media")],
                    environment={"PATH": str(tmp_path / "bin")})
    token = daemon.make_user("admin@example.org", "administrator")
    daemon.start()
    try:
        refused = made(API(daemon.url, token), source)
        assert refused.status_code == 409 and "apt-get install ffmpeg" in refused.json()["hint"], refused.text
    finally:
        daemon.stop()
